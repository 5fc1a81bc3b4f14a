// The time machine: moves the virtual clock of a demonstration.

#include <mutex>

#include "engine/json/reader.hpp"
#include "web/api/answers.hpp"

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
  if (target - now > step_max)
    return refuse(Reason::Malformed, "/to", {"一次最多十年", "at most ten years at once"});
  return target;
}

}  // namespace

void add_demonstration_routes(Router& router, Application& application) {
  auto const one_walk = std::make_shared<std::mutex>();
  router.add(
      "POST", std::string(base_path) + "/demo/clock", Access::SignedIn,
      [&application, one_walk](std::shared_ptr<Request const> request, Respond respond) {
        auto const refuse_with = [&](Reason reason, Text detail) {
          Refusal const refusal{reason, {Fault{"", std::move(detail)}}};
          respond(problem(refusal, *request));
        };
        VirtualClock const* const clock = application.settings.virtual_clock;
        if (!application.settings.demonstration || !clock)
          return refuse_with(Reason::NotFound, {"只有演示模式的虚拟时钟可以拨动",
                                                "only a demonstration with a virtual clock has this"});
        auto const organisation = application.boards.organisation();
        Participant const* const me = organisation->participant(request->visitor->username);
        if (!me || !me->has(Role::SystemAdministrator))
          return refuse_with(Reason::Forbidden, {"只有系统管理员可以拨动时钟",
                                                 "only the system administrator may move the clock"});
        auto walk = [&application, one_walk, clock, request, respond] {
          std::lock_guard const lock(*one_walk);
          Result<Instant> const target = read_target(*request, clock->now());
          if (!target) return respond(problem(target.error(), *request));
          application.advance(*target);
          respond(json_response(200, Json{{"now", to_string(clock->now())}}));
        };
        if (!application.workers.run(std::move(walk)))
          refuse_with(Reason::Unavailable, {"服务器正忙，请稍后再试", "the server is busy; try again"});
      });
}

}  // namespace xiaohao::web::api
