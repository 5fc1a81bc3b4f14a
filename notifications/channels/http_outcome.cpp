#include "notifications/channels/http_outcome.hpp"

namespace xiaohao::notifications {

Outcome outcome_of_status(HttpAnswer const& answer) {
  int const status = answer.status;
  if (status == 0) return {Outcome::Kind::Unreachable, answer.fault};
  std::string const words = "HTTP " + std::to_string(status);
  if (status >= 200 && status < 300) return {Outcome::Kind::Taken, words};
  if (status < 400) return {Outcome::Kind::Unreachable, words + ": redirects are not followed"};
  if (status == 408 || status == 429) return {Outcome::Kind::Deferred, words};
  bool const about_channel = status >= 500 || status == 401 || status == 403 || status == 404;
  return {about_channel ? Outcome::Kind::Unreachable : Outcome::Kind::Refused, words};
}

}  // namespace xiaohao::notifications
