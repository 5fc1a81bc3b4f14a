#include "engine/decision/delays.hpp"

#include <charconv>

namespace xiaohao::decision {
namespace {

enum class Anchor { Due, Start, Entry, Redo };

/// A named delay but `publicity`, taken apart.
struct NamedDelay {
  Anchor anchor = Anchor::Entry;
  int days = 0;
  bool working_days = false;
};

bool take(std::string_view& rest, std::string_view prefix) {
  if (!rest.starts_with(prefix)) return false;
  rest.remove_prefix(prefix.size());
  return true;
}

/// `3wd` or `5d`; at most three digits, which is more than a year of working days.
bool take_days(std::string_view& rest, NamedDelay& delay) {
  std::size_t const digits = rest.find_first_not_of("0123456789");
  if (digits == 0 || digits > 3) return false;
  std::from_chars(rest.data(), rest.data() + digits, delay.days);
  rest.remove_prefix(digits);
  delay.working_days = take(rest, "wd");
  return delay.working_days || take(rest, "d");
}

std::optional<NamedDelay> named(std::string_view name) {
  NamedDelay delay;
  std::string_view rest = name;
  if (rest == "redo") return NamedDelay{Anchor::Redo};
  if (take(rest, "due"))
    delay.anchor = Anchor::Due;
  else if (take(rest, "start"))
    delay.anchor = Anchor::Start;
  if (delay.anchor == Anchor::Entry) {
    bool const read = take_days(rest, delay) && rest.empty() && delay.working_days && delay.days > 0;
    return read ? std::optional(delay) : std::nullopt;  // calendar days are P3D
  }
  if (rest.empty()) return delay;
  bool const earlier = rest.front() == '-';
  if (!earlier && rest.front() != '+') return std::nullopt;
  rest.remove_prefix(1);
  if (!take_days(rest, delay) || !rest.empty()) return std::nullopt;
  if (earlier) delay.days = -delay.days;
  return delay;
}

Instant end_of_publicity(Instant now, Rules const& rules) {
  Settings const& settings = rules.settings;
  if (settings.publicity_days == 0) return now;
  if (!settings.publicity_working_days) return now + std::chrono::days{settings.publicity_days};
  return end_of_day(rules.calendar.add_working_days(local_date(now), settings.publicity_days));
}

Date shifted(Date from, NamedDelay const& delay, Rules const& rules) {
  return delay.working_days ? rules.calendar.add_working_days(from, delay.days) : add_days(from, delay.days);
}

}  // namespace

std::vector<std::pair<std::string_view, Text>> delay_forms() {
  return {
      {"redo",
       {"退回时所定补正时限当日结束", "the end of the day by which a return asked to be handed in again"}},
      {"due, due-3wd, due+5d",
       {"自完成时限当日结束起，前后若干工作日（wd）或日（d）",
        "from the end of the day that is due, so many working days (wd) or days (d) before or after"}},
      {"start, start+3wd", {"自开始日起", "from the beginning of the day the item starts"}},
      {"3wd", {"进入该状态后若干工作日", "so many working days after the state was entered"}},
      {"publicity", {"公示期", "the county's days of publicity"}}};
}

bool is_named_delay(std::string_view name) { return name == "publicity" || named(name).has_value(); }

bool follows_due_date(statechart::Delay const& delay) {
  auto const* name = std::get_if<std::string>(&delay);
  auto const read = name ? named(*name) : std::nullopt;
  return read && read->anchor == Anchor::Due;
}

std::optional<Instant> end_of_delay(statechart::Delay const& delay, Instant now,
                                    ItemDefinition const& definition, ItemStatus const& status,
                                    Rules const& rules) {
  if (auto const* fixed = std::get_if<Duration>(&delay)) return now + *fixed;
  auto const& name = std::get<std::string>(delay);
  if (name == "publicity") return end_of_publicity(now, rules);
  auto const read = named(name);
  if (!read) return std::nullopt;
  if (read->anchor == Anchor::Entry) return end_of_day(shifted(local_date(now), *read, rules));
  if (read->anchor == Anchor::Redo)
    return status.redo_by ? std::optional(std::max(now, end_of_day(*status.redo_by))) : std::nullopt;
  auto const date = read->anchor == Anchor::Due ? status.due : definition.schedule.start;
  if (!date) return std::nullopt;
  Date const day = shifted(*date, *read, rules);
  return std::max(now, read->anchor == Anchor::Due ? end_of_day(day) : start_of_day(day));
}

}  // namespace xiaohao::decision
