#include "tests/simulation/plain_year.hpp"

#include <algorithm>
#include <cstdio>

namespace xiaohao::simulation {
namespace {

constexpr Millis minute = 60'000, hour = 60 * minute, day_long = 24 * hour;

/// Civil days, by counting: no formula to get wrong twice in the same way.
bool leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }
int days_in(int year, int month) {
  static int const days[]{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && leap(year) ? 29 : days[month - 1];
}
Day date(int year, int month, int day) {
  Day count = 0;
  for (int y = 1970; y < year; ++y) count += leap(y) ? 366 : 365;
  for (int m = 1; m < month; ++m) count += days_in(year, m);
  return count + day - 1;
}
struct Civil {
  int year = 1970, month = 1, day = 1;
};
Civil civil(Day count) {
  Civil c;
  while (count >= (leap(c.year) ? 366 : 365)) count -= leap(c.year++) ? 366 : 365;
  while (count >= days_in(c.year, c.month)) count -= days_in(c.year, c.month++);
  c.day = count + 1;
  return c;
}

/// 国办发明电〔2023〕7号 and 〔2024〕12号, as far as the year needs them.
std::set<Day> const& holidays() {
  static std::set<Day> const days = [] {
    std::set<Day> all;
    auto const add = [&](int year, int month, int from, int to) {
      for (int day = from; day <= to; ++day) all.insert(date(year, month, day));
    };
    add(2024, 1, 1, 1), add(2024, 2, 10, 17), add(2024, 4, 4, 6), add(2024, 5, 1, 5), add(2024, 6, 10, 10);
    add(2024, 9, 15, 17), add(2024, 10, 1, 7), add(2025, 1, 1, 1), add(2025, 1, 28, 31), add(2025, 2, 1, 4);
    return all;
  }();
  return days;
}
std::set<Day> const& worked_weekends() {
  static std::set<Day> const days{date(2024, 2, 4),  date(2024, 2, 18), date(2024, 4, 7),  date(2024, 4, 28),
                                  date(2024, 5, 11), date(2024, 9, 14), date(2024, 9, 29), date(2024, 10, 12),
                                  date(2025, 1, 26), date(2025, 2, 8)};
  return days;
}

Day working_days_from(Day day, int count) {
  int const direction = count < 0 ? -1 : 1;
  for (int left = std::abs(count); left > 0;) {
    day += direction;
    if (works(day)) --left;
  }
  return day;
}

/// The instant, or the next working morning: nobody is disturbed from 20:00 to 08:00 and on days off.
Millis undisturbed(Millis instant) {
  Day day = day_of(instant);
  bool const quiet = !works(day) || instant >= clock_on(day, 20, 0) || instant < clock_on(day, 8, 0);
  if (!quiet) return instant;
  while (!works(day) || clock_on(day, 8, 37) < instant) ++day;
  return clock_on(day, 8, 37);
}
Millis next_working_morning(Millis instant) {
  Day day = day_of(instant);
  while (!works(day) || clock_on(day, 8, 37) < instant) ++day;
  return clock_on(day, 8, 37);
}

/// What a digest should have told days ago: with that morning's, or as soon as people may be disturbed.
Millis caught_up(Millis now) {
  Millis const morning = next_working_morning(now), soon = undisturbed(now);
  return day_of(morning) == day_of(soon) ? morning : soon;
}

struct State {
  std::optional<Day> due;
  bool open = true, accepted = false;
  std::optional<Millis> applied;
  std::optional<Day> asked;
  int progress = 0;
};

State state_after(PlainItem const& item, std::size_t events) {
  State s;
  s.due = item.due;
  for (std::size_t at = 0; at < events; ++at) {
    PlainEvent const& event = item.events[at];
    if (event.type == "accept") s.accepted = true;
    if (event.type == "report") s.progress = event.progress;
    if (event.type == "apply") s.applied = event.at;
    if (event.type == "return") s.applied.reset();
    if (event.type == "close") s.open = false, s.progress = 100;
    if (event.type == "cancel") s.open = false, s.applied.reset(), s.asked.reset();
    if (event.type == "ask") s.asked = event.due;
    if (event.type == "grant") s.due = s.asked, s.asked.reset();
    if (event.type == "refuse") s.asked.reset();
  }
  return s;
}
State state_at(PlainItem const& item, Millis at) {
  std::size_t events = 0;
  while (events < item.events.size() && item.events[events].at <= at) ++events;
  return state_after(item, events);
}

/// What is done at an instant is done after what the clock does then.
State state_before(PlainItem const& item, Millis at) { return state_at(item, at - 1); }

State state_for(PlainItem const& item, PlainRun const& run) {
  std::size_t events = 0;
  while (events < item.events.size() && item.events[events].entry < run.entries) ++events;
  return state_after(item, events);
}

enum class Light { None, Green, Yellow, Red };
Light light_at(PlainItem const& item, Millis now) {
  State const s = state_at(item, now);
  if (!s.open) return Light::None;
  Millis const unit_time = s.applied ? std::min(now, *s.applied) : now;
  if (s.due && unit_time >= clock_on(*s.due + 1, 0, 0)) return Light::Red;
  Day const start = date(2024, 1, 1);
  if (!s.accepted && unit_time >= clock_on(working_days_from(start, 3) + 1, 0, 0)) return Light::Yellow;
  if (s.applied || !s.due) return Light::Green;
  if (unit_time >= clock_on(*s.due - 7, 0, 0)) return Light::Yellow;
  Millis const from = clock_on(start, 0, 0), to = clock_on(*s.due + 1, 0, 0);
  Millis const planned = unit_time <= from ? 0 : (unit_time - from) * 10'000 / (to - from);
  return planned - s.progress * 100 >= 1000 ? Light::Yellow : Light::Green;
}

/// The bulletin of month `month`, counted from January 2024 as 1.
Millis bulletin(int month) {
  int const year = 2024 + (month - 1) / 12;
  Day day = date(year, (month - 1) % 12 + 1, 25);
  while (!works(day)) ++day;
  return clock_on(day, 17, 0);
}

struct PlainStep {
  std::string id, kind;
  int working_days;
  bool folds, stopped_by_acknowledgement, stopped_by_extension;
};
std::vector<PlainStep> const steps{
    {"remind-7", "remind", -7, true, false, true},      {"remind-3", "remind", -3, true, true, true},
    {"remind-1", "remind", -1, true, true, true},       {"urge", "urge", 1, false, true, true},
    {"supervise", "supervise", 3, false, false, false}, {"circulate", "circulate", 7, false, false, false}};
PlainStep const letter{"special_letter", "special_letter", 0, false, false, false};
PlainStep const summon{"summon", "summon", 0, false, false, false};

struct Decided {
  PlainStep const* step;
  Millis at;
  std::size_t run;
  Day due;
};

class Recomputation {
 public:
  explicit Recomputation(PlainYear const& year) : year_(year) {}

  std::set<std::string> lines() {
    for (PlainItem const& item : year_.items) {
      for (Decided const& decided : decisions_for(item)) tell(item, decided);
    }
    settle_mail();
    return std::move(lines_);
  }

 private:
  struct Mail {
    PlainItem const* item;
    Decided decided;
    std::string who, line;
    Millis planned;
    std::size_t run;  ///< that gathered it
  };
  PlainYear const& year_;
  std::set<std::string> lines_;
  std::vector<Mail> mail_;

  /// The first run at which something due at `at` was seen.
  std::optional<std::size_t> run_for(Millis at, std::size_t from = 0) const {
    for (std::size_t run = from; run < year_.runs.size(); ++run)
      if (year_.runs[run].clock >= at) return run;
    return std::nullopt;
  }

  /// The first run that gathered messages and may disturb people with what is planned for `at`; one in quiet
  /// hours puts it off.
  std::optional<std::size_t> undisturbed_run_for(Millis planned, std::size_t from) const {
    Millis at = planned;
    for (auto run = run_for(at, from); run; run = run_for(at, *run + 1)) {
      if (year_.runs[*run].entries == 0) continue;
      Millis const clock = year_.runs[*run].clock;
      Millis const may_go = day_of(clock) > day_of(planned) ? caught_up(clock) : undisturbed(clock);
      if (may_go <= clock) return run;
      at = std::max(at, may_go);
    }
    return std::nullopt;
  }

  /// Whether the item's ladder for `due` runs at `at`: set before, and neither paused nor ended.
  static bool climbs(PlainItem const& item, Millis at, Day due, Millis begins) {
    if (at <= begins) return false;
    State const s = state_before(item, at);
    return s.open && !s.applied && s.due == due;
  }

  std::vector<Decided> decisions_for(PlainItem const& item) const {
    std::vector<Decided> found;
    std::set<Day> dues;
    for (std::size_t events = 0; events <= item.events.size(); ++events)
      if (auto const due = state_after(item, events).due) dues.insert(*due);
    for (Day const due : dues) {
      for (PlainStep const& step : steps) {
        Millis const at = clock_on(working_days_from(due, step.working_days), 8, 37);
        if (!climbs(item, at, due, year_.begins)) continue;
        if (auto const run = run_for(at)) found.push_back({&step, at, *run, due});
      }
      watch(item, due, found);
    }
    return found;
  }

  void watch(PlainItem const& item, Day due, std::vector<Decided>& found) const {
    bool lettered = false, summoned = false;
    for (int month = 1; month <= 14; ++month) {
      Millis const at = bulletin(month);
      if (!climbs(item, at, due, year_.begins)) continue;
      auto const run = run_for(at);
      if (!run) continue;
      if (at < clock_on(due + 1, 0, 0)) {
        int yellow = 0;
        for (int m = (month - 1) / 3 * 3 + 1; m <= month; ++m)
          if (light_at(item, bulletin(m)) == Light::Yellow) ++yellow;
        if (yellow >= 2 && !lettered) found.push_back({&letter, at, *run, due}), lettered = true;
      } else {
        int red = 0;
        for (int m = std::max(1, month - 2); m <= month; ++m)
          if (light_at(item, bulletin(m)) == Light::Red) ++red;
        if (red == 3 && !summoned) found.push_back({&summon, at, *run, due}), summoned = true;
      }
    }
  }

  std::set<std::string> with_role(std::string const& role) const {
    std::set<std::string> names;
    for (PlainPerson const& person : year_.people)
      if (person.role == role) names.insert(person.name);
    return names;
  }
  std::set<std::string> owners(std::string const& unit) const {
    std::set<std::string> names;
    for (PlainPerson const& person : year_.people)
      if (person.role == "owner" && person.unit == unit) names.insert(person.name);
    return names;
  }
  std::set<std::string> one(std::string const& name) const {
    return name.empty() ? std::set<std::string>{} : std::set<std::string>{name};
  }

  std::set<std::string> recipients(PlainItem const& item, std::string const& kind) const {
    PlainUnit const& unit = year_.units.at(item.unit);
    auto const head_or_above = [&] {
      auto names = one(unit.head);
      if (names.empty()) names = one(unit.superior);
      if (names.empty()) names = with_role("coordinator");
      return names;
    };
    auto const owner_or_above = [&] {
      auto names = owners(item.unit);
      return names.empty() ? head_or_above() : names;
    };
    std::set<std::string> told;
    auto const also = [&](std::set<std::string> const& more) { told.insert(more.begin(), more.end()); };
    if (kind == "remind") also(owner_or_above());
    if (kind == "urge") also(owner_or_above()), also(one(unit.head));
    if (kind == "supervise") also(one(unit.head)), also(one(unit.superior)), also(with_role("coordinator"));
    if (kind == "circulate") also(with_role("leader"));
    if (kind == "special_letter") {
      also(owners(item.unit)), also(one(unit.head));
      if (told.empty()) also(head_or_above());
    }
    if (kind == "summon") also(head_or_above()), also(with_role("coordinator")), also(with_role("leader"));
    return told;
  }

  void add_substitutes(std::set<std::string>& told, Decided const& decided, Millis now) const {
    std::set<std::string> const first = told;
    Day const today = day_of(now);
    for (PlainAbsence const& absence : year_.absences)
      if (absence.before_run <= decided.run && absence.first <= today && today <= absence.last &&
          first.count(absence.away))
        told.insert(absence.substitute);
  }

  bool silenced(PlainItem const& item, std::string const& who, Decided const& decided, Millis now) const {
    std::string const& kind = decided.step->kind;
    return std::any_of(year_.silences.begin(), year_.silences.end(), [&](PlainSilence const& s) {
      return s.before_run <= decided.run && s.from <= now && now < s.until &&
             (!s.item || *s.item == item.id) && (s.unit.empty() || s.unit == item.unit) &&
             (s.who.empty() || s.who == who) && (s.kind.empty() || s.kind == kind);
    });
  }

  bool acknowledged(PlainItem const& item, std::string const& who, Decided const& decided) const {
    return std::any_of(year_.acknowledgements.begin(), year_.acknowledgements.end(),
                       [&](PlainAcknowledgement const& a) {
                         return a.before_run <= decided.run && a.who == who && a.item == item.id &&
                                a.kind == decided.step->kind && a.due == decided.due;
                       });
  }

  std::string withheld(PlainItem const& item, std::string const& who, Decided const& decided) const {
    Millis const now = std::max(decided.at, year_.runs[decided.run].counted);
    PlainStep const& step = *decided.step;
    if (step.id == "special_letter" && now - decided.at > day_long) return "late";
    if (step.folds)
      for (PlainStep const& later : steps) {
        Millis const at = clock_on(working_days_from(decided.due, later.working_days), 8, 37);
        if (at > decided.at && at <= now) return "folded";
      }
    if (silenced(item, who, decided, now)) return "silenced";
    if (step.stopped_by_acknowledgement && acknowledged(item, who, decided)) return "acknowledged";
    if (step.stopped_by_extension && state_before(item, decided.at).asked) return "extension_pending";
    return "";
  }

  void tell(PlainItem const& item, Decided const& decided) {
    Millis const now = std::max(decided.at, year_.runs[decided.run].counted);
    std::set<std::string> told = recipients(item, decided.step->kind);
    add_substitutes(told, decided, now);
    for (std::string const& who : told) {
      std::string const line =
          std::to_string(item.id) + " " + text_of(decided.due) + " " + decided.step->id + " " + who + " ";
      std::string const why = withheld(item, who, decided);
      if (!why.empty()) {
        lines_.insert(line + "inbox withheld:" + why);
        lines_.insert(line + "mail withheld:" + why);
        continue;
      }
      lines_.insert(line + "inbox sent");
      auto const person = std::find_if(year_.people.begin(), year_.people.end(),
                                       [&](PlainPerson const& p) { return p.name == who; });
      if (!person->has_mail) {
        lines_.insert(line + "mail withheld:no_address");
        continue;
      }
      bool const missed = day_of(now) > day_of(decided.at);
      Millis const planned = missed ? caught_up(now) : next_working_morning(decided.at);
      auto const run = undisturbed_run_for(planned, decided.run);
      if (run) mail_.push_back({&item, decided, who, line, planned, *run});
    }
  }

  /// What of the mails was still worth sending when the run that gathered them came.
  void settle_mail() {
    for (Mail const& mail : mail_) {
      State const s = state_for(*mail.item, year_.runs[mail.run]);
      std::string fate = "sent";
      if (!s.open || s.applied)
        fate = "withheld:settled";
      else if (s.due != mail.decided.due)
        fate = "withheld:due_changed";
      else if (mail.decided.step->working_days != 0)  // letters and summonses stand on their own
        for (Mail const& other : mail_)
          if (other.decided.step->working_days != 0 && other.who == mail.who && other.item == mail.item &&
              other.run == mail.run && other.decided.at > mail.decided.at)
            fate = "withheld:muted";
      lines_.insert(mail.line + "mail " + fate);
    }
  }
};

}  // namespace

Day day_of(Millis instant) { return static_cast<Day>((instant + 8 * hour) / day_long); }
Millis clock_on(Day day, int at_hour, int at_minute) {
  return static_cast<Millis>(day) * day_long - 8 * hour + at_hour * hour + at_minute * minute;
}
bool works(Day day) {
  if (holidays().count(day)) return false;
  if (worked_weekends().count(day)) return true;
  int const weekday = (day + 4) % 7;  // 1 January 1970 was a Thursday; 0 is Sunday
  return weekday != 0 && weekday != 6;
}
Day day_from(std::string const& text) {
  return date(std::stoi(text.substr(0, 4)), std::stoi(text.substr(5, 2)), std::stoi(text.substr(8, 2)));
}
std::string text_of(Day day) {
  Civil const c = civil(day);
  char buffer[48];  // room for any three ints, as the compiler wants it
  std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02d", c.year, c.month, c.day);
  return buffer;
}

std::set<std::string> recompute(PlainYear const& year) { return Recomputation(year).lines(); }

}  // namespace xiaohao::simulation
