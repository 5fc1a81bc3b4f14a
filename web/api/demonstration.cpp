// The time machine: moves the virtual clock of a demonstration.

#include "engine/json/reader.hpp"
#include "web/api/answers.hpp"
#include "web/time_machine.hpp"

namespace xiaohao::web::api {
namespace {

constexpr std::chrono::hours step_max{24 * 366 * 10};

/// Where `{"advance":"P1D"}` or `{"to":INSTANT}` leads from `now`.
Result<Instant> read_target(Request const& request, Instant now) {
  Result<nlohmann::json> const body = read_object(request);
  if (!body) return tl::unexpected(body.error());
  json::Fields fields(*body, "");
  std::string const advance = fields.text_or("advance", "");
  std::string const to = fields.text_or("to", "");
  if (auto finished = fields.finish(); !finished) return tl::unexpected(finished.error());
  if (advance.empty() == to.empty())
    return refuse(Reason::Malformed, "",
                  {"需要 advance 或 to，二者取一", "either advance or to is needed, and not both"});
  Instant target = now;
  if (!advance.empty()) {
    Result<Duration> const by = parse_duration(advance);
    if (!by) return refuse(Reason::Malformed, "/advance", by.error().first().detail);
    if (*by > step_max)
      return refuse(Reason::Malformed, "/advance", {"一次最多十年", "at most ten years at once"});
    target += *by;
  } else {
    Result<Instant> const instant = parse_instant(to);
    if (!instant) return refuse(Reason::Malformed, "/to", instant.error().first().detail);
    target = *instant;
  }
  if (target < now)
    return refuse(Reason::Malformed, advance.empty() ? "/to" : "/advance",
                  {"时钟不能倒退", "the clock never goes back"});
  return target;
}

}  // namespace

void add_demonstration_routes(Router& router, Application& application) {
  router.add("POST", std::string(base_path) + "/demo/clock", Access::SignedIn,
             [&application](std::shared_ptr<Request const> request, Respond respond) {
               walk_clock(
                   application, request->visitor->username,
                   [request](Instant now) { return read_target(*request, now); },
                   [request, respond](Result<Instant> const& now) {
                     respond(now ? json_response(200, Json{{"now", to_string(*now)}})
                                 : problem(now.error(), *request));
                   });
             });
}

}  // namespace xiaohao::web::api
