#pragma once

// Refusals as RFC 9457 problem details. One table maps a reason to its HTTP status.

#include <string>

#include "web/http/message.hpp"

namespace xiaohao::web {

/// Malformed 400, Unauthenticated 401, Forbidden 403, NotFound 404, NotPossible 409, Stale 412, TooLarge 413,
/// GuardFailed 422, VersionMissing 428, TooOften 429, Unavailable 503, StorageFull 507.
int status_of(Reason reason);

/// `application/problem+json`: type, title, status, detail, instance; `errors` names each field at fault.
/// Texts are in `language`.
Response problem(Refusal const& refusal, std::string const& instance, Language language);
inline Response problem(Refusal const& refusal, Request const& request) {
  return problem(refusal, request.path, request.language);
}
Response problem(int status, Text const& detail, std::string const& instance, Language language);

}  // namespace xiaohao::web
