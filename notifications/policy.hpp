#pragma once

// An escalation policy 督办阶梯 as a county writes it (`workflows/policies/*.json`): which steps an item
// climbs when nobody acts, whom each step tells by which channel, and in which words. Read once, strictly,
// and never changed; `ladder.hpp` decides by it.

#include <chrono>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/decision/light.hpp"
#include "engine/domain/work_item.hpp"
#include "notifications/wording.hpp"

namespace xiaohao::notifications {

using xiaohao::to_string;  // dates print beside audiences; the overload below would hide them

/// Who is told, by role and relation to the item. Lifecycles use the same names for the audience of an
/// occasion.
enum class Audience {
  Owner,              ///< the owners of the item's unit
  Head,               ///< 单位负责人: the head of the item's unit
  SupervisingLeader,  ///< 分管领导 of the item's unit
  Coordinator,        ///< 县扶贫办: every coordinator
  Leadership,         ///< 领导小组: every leader
  Inspector,          ///< every inspector
  FirstReviewer,      ///< owners of the units that lead the task, or the coordinators when none does
  AllOwners,          ///< the owners of all units: a bulletin
  Group,              ///< the owners of every unit of a named group: `group:xiangzhen`
  NamedUnit,          ///< the owners of a named unit: `unit:jijianwei`
};
std::string_view to_string(Audience audience);  ///< `owner`, `head`, …
std::optional<Audience> audience_named(std::string_view name);

/// An audience as a step names it; `name` is the group's or unit's id, where the audience needs one.
struct Addressee {
  Addressee(Audience who, std::string named = {}) : audience(who), name(std::move(named)) {}
  Audience audience;
  std::string name;
  friend bool operator==(Addressee const&, Addressee const&) = default;
};
/// Reads `owner`, `group:xiangzhen`; nothing for a word that is none.
std::optional<Addressee> addressee_named(std::string_view text);

/// How soon a message that disturbs people (mail, robots) goes out. The inbox is always filled at once.
enum class Pace {
  Morning,  ///< with the next working morning's digest
  Prompt,   ///< at once, but not in quiet hours
  Urgent,   ///< at once, whatever the hour
};

/// A distance from the due date; negative: before it.
struct Offset {
  enum class Unit { WorkingDays, Days, Hours };
  Unit unit = Unit::WorkingDays;
  int count = 0;
};

/// What becomes of a step that falls due while the program does not run.
enum class Misfire {
  Apply,  ///< carried out late, and says so
  Skip,   ///< left out when it is more than a day late
  Fold,   ///< left out when a later step has fallen due meanwhile, otherwise carried out late
};

/// What makes a step unnecessary. An application and the item's end always do.
enum class Stop {
  Acknowledged,  ///< its recipient has acknowledged an earlier step of the same kind for the same due date
  Reported,      ///< the unit has reported since the step before
  ExtensionPending,  ///< an extension has been asked for and not yet answered
};

/// Whose acknowledgement counts where a step is stopped by one.
enum class Acknowledge {
  Every,  ///< each for himself: whoever has not acknowledged is told again
  One,    ///< one is enough for all
};

/// What must hold for a step to be sent; whatever is left out holds.
struct Condition {
  std::vector<decision::Light> lights;
  std::vector<std::string> stages;  ///< states of the lifecycle: `issued`
  std::optional<BasisPoints> progress_below;
  std::optional<bool> accepted;
  std::optional<int> returns_at_least;
  bool empty() const {
    return lights.empty() && stages.empty() && !progress_below && !accepted && !returns_at_least;
  }
};

/// A rule over history: how often the item was of `light` on bulletin days.
struct Watch {
  decision::Light light = decision::Light::Red;
  int times = 3;
  bool in_a_row = true;  ///< in so many bulletins running; false: in so many bulletins of one quarter
};

struct Step {
  std::string id;    ///< unique in its ladder: `remind-7`; a repeat is `urge#2`
  std::string kind;  ///< what a notice shows as its step: `remind`, `urge`, `supervise`, `circulate`, …
  Offset offset;
  std::chrono::minutes time_of_day{};  ///< local; of no meaning for an offset in hours
  std::optional<Watch> watch;          ///< then it falls due on bulletin days, and `offset` is of no meaning
  std::vector<Addressee> to;
  std::vector<Addressee> copy;
  std::vector<std::string> channels;
  Pace pace = Pace::Morning;
  std::string text;  ///< one of the policy's texts
  Misfire misfire = Misfire::Apply;
  std::vector<Stop> stops;
  Acknowledge acknowledge = Acknowledge::Every;
  Condition only_if;
};

/// Steps in the order in which they outrank one another: of two that fall on the same instant the later one
/// counts.
struct LadderSteps {
  std::string name;
  std::vector<ItemKind> kinds;          ///< empty: every kind
  std::vector<std::string> campaigns;   ///< empty: every campaign, and items of none
  std::vector<std::string> importance;  ///< names of `Policy::importance`; empty: every item
  std::vector<UnitRole> roles;          ///< empty: every role, and items of none
  std::vector<Step> steps;
};

struct OccasionRule {
  std::vector<std::string> channels;
  Pace pace = Pace::Morning;
  std::string text;
};

/// When people are left alone.
struct Quiet {
  std::chrono::minutes from{20 * 60};  ///< local time of day
  std::chrono::minutes to{8 * 60};
  bool rest_days = true;                      ///< weekends and holidays by the calendar, 调休 counted
  std::chrono::minutes morning{8 * 60 + 37};  ///< when what was held goes out
};

/// When bulletins 通报 come out: rules over history look at the lights on these days.
struct Bulletins {
  int day_of_month = 25;               ///< a rest day: the next working day
  std::chrono::minutes time{17 * 60};  ///< local time of day
};

struct Policy {
  std::string name;
  Quiet quiet;
  Bulletins bulletins;
  std::map<std::string, std::vector<int>, std::less<>>
      importance;                      ///< names, and the checklist rows they hold
  std::map<Audience, Audience> climb;  ///< who is told instead when an audience is nobody
  std::vector<LadderSteps> ladders;    ///< the first that fits an item is its ladder
  std::map<std::string, Wording, std::less<>> texts;
  std::map<std::string, OccasionRule, std::less<>> occasions;
  OccasionRule heads{{"mail", "webhook"}, Pace::Morning, ""};  ///< how the journal's daily head is told

  bool is_important(WorkItem const& item, std::string_view importance_name) const;
  LadderSteps const* ladder_of(WorkItem const& item) const;
  OccasionRule const& occasion(std::string_view name) const;  ///< `other` for one that is not listed
};

/// The channels that a policy may name.
bool is_channel(std::string_view name);

/// Reads a document of `xiaohao-policy/1` with a section `escalation`; other sections belong to others.
/// Refuses, each with its pointer: unknown fields, audiences, channels, placeholders and texts; ids that
/// stand twice; a climb that goes round in a circle; times of day and offsets that cannot be.
Result<Policy> read_policy(nlohmann::json const& document);

}  // namespace xiaohao::notifications
