// The clock buttons of the demonstration's banner.

#include "web/http/target.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/parts.hpp"
#include "web/time_machine.hpp"

namespace xiaohao::web::pages {
namespace {

/// The same day of the next month, or that month's last day when it is shorter.
Date next_month(Date date) {
  using namespace std::chrono;
  year_month_day const same = date + months{1};
  return same.ok() ? same : year_month_day{same.year() / same.month() / last};
}

Result<Instant> step_from(Instant now, std::string const& step) {
  using namespace std::chrono;
  if (step == "day") return now + days{1};
  if (step == "week") return now + weeks{1};
  if (step == "month") {
    Date const today = local_date(now);
    return now + days{days_between(today, next_month(today))};
  }
  if (step == "first") {
    Date const today = local_date(now);
    Date const first = next_month(today.year() / today.month() / 1);
    return now + days{days_between(today, first)};
  }
  return refuse(
      Reason::Malformed, "/advance",
      {"只能拨快一天、一周、一个月或到下月 1 日", "a day, a week, a month, or to the first of the next"});
}

void advance_clock(Application& application, std::shared_ptr<Request const> const& request,
                   Respond const& respond) {
  std::string const back = local_path(request->field("back")).value_or("/");
  walk_clock(
      application, request->visitor->username,
      [step = request->field("advance")](Instant now) { return step_from(now, step); },
      [&application, request, respond, back](Result<Instant> const& now) {
        Visit const visit(application, *request);
        if (!now) return respond(refusal_page(visit, now.error()));
        std::string const today = day(visit.t, local_date(*now), 0);
        respond(see_other_with(
            back, {false, visit.t.english() ? "It is now " + today + "." : "时钟已拨到 " + today + "。"}));
      });
}

}  // namespace

void add_demonstration_actions(Router& router, Application& application) {
  router.add("POST", "/demo/clock", Access::SignedIn,
             [&application](std::shared_ptr<Request const> request, Respond respond) {
               advance_clock(application, request, respond);
             });
}

}  // namespace xiaohao::web::pages
