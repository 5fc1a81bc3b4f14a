#include "engine/decision/delays.hpp"

namespace xiaohao::decision {

bool is_named_delay(std::string_view name) { return name == "publicity"; }

Instant end_of_delay(statechart::Delay const& delay, Instant now, Rules const& rules) {
  if (auto const* fixed = std::get_if<Duration>(&delay)) return now + *fixed;
  Settings const& settings = rules.settings;
  if (settings.publicity_days == 0) return now;
  if (!settings.publicity_working_days) return now + std::chrono::days{settings.publicity_days};
  return end_of_day(rules.calendar.add_working_days(local_date(now), settings.publicity_days));
}

}  // namespace xiaohao::decision
