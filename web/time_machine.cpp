#include "web/time_machine.hpp"

#include <memory>
#include <mutex>

namespace xiaohao::web {
namespace {

constexpr std::chrono::hours step_max{24 * 366 * 10};

/// Two walks at once would each start from a present that the other has left.
std::mutex one_walk;

}  // namespace

void walk_clock(Application& application, Username const& username,
                std::function<Result<Instant>(Instant now)> target,
                std::function<void(Result<Instant>)> answer) {
  VirtualClock const* const clock = application.settings.virtual_clock;
  if (!application.settings.demonstration || !clock)
    return answer(
        refuse(Reason::NotFound, "",
               {"只有演示模式的虚拟时钟可以拨动", "only a demonstration with a virtual clock has this"}));
  auto const organisation = application.boards.organisation();
  Participant const* const participant = organisation->participant(username);
  if (!participant || !participant->has(Role::SystemAdministrator))
    return answer(refuse(Reason::Forbidden, "",
                         {"只有系统管理员可以拨动时钟", "only the system administrator may move the clock"}));
  auto walk = [&application, clock, target = std::move(target), answer] {
    std::lock_guard const lock(one_walk);
    Instant const now = clock->now();
    Result<Instant> const to = target(now);
    if (!to) return answer(to);
    if (*to < now)
      return answer(refuse(Reason::Malformed, "", {"时钟不能倒退", "the clock never goes back"}));
    if (*to - now > step_max)
      return answer(refuse(Reason::Malformed, "", {"一次最多十年", "at most ten years at once"}));
    application.advance(*to);
    answer(clock->now());
  };
  if (!application.workers.run(std::move(walk)))
    answer(refuse(Reason::Unavailable, "", {"服务器正忙，请稍后再试", "the server is busy; try again"}));
}

}  // namespace xiaohao::web
