#pragma once

// Findings 反馈问题: registering one, grouping those that are similar, sending a self-check 举一反三 to
// sister units, and recognising a relapse. Each runs inside one work of the store and writes nothing when it
// refuses; what it writes of `finding` rows it tells in the journal by the same commit.
//
//     finding.registered  of the new item: where it comes from, and in erasable words what is wrong
//     finding.grouped     of every item whose group changes: {"group": item or null}
//     finding.pushed      of the first finding: {"units", "items", "deadline"} and what is to be looked for
//     finding.relapsed    of the item that is back: {"of": the closed one}

#include "engine/domain/finding.hpp"
#include "engine/silencing.hpp"

namespace xiaohao {

inline constexpr char const* registering_event = "finding.registered";
inline constexpr char const* grouping_event = "finding.grouped";
inline constexpr char const* pushing_event = "finding.pushed";
inline constexpr char const* relapsing_event = "finding.relapsed";

struct FindingWish {
  PlanYear plan{0};
  std::string source;
  std::string reference;         ///< may be empty
  std::optional<Date> fed_back;  ///< not in the future
  std::string title;             ///< a designation that names no private person: it cannot be erased
  std::string problem;
  std::string goal;      ///< may be empty
  std::string measures;  ///< may be empty: the unit adds them
  UnitId unit{""};
  std::optional<Username> person;              ///< somebody of the unit
  std::string deadline;                        ///< a deadline phrase; what is relative counts from today
  std::optional<Rectification> rectification;  ///< none: as the phrase says
  bool common = false;
  std::vector<ItemId> linked;        ///< tasks of the same plan
  std::optional<ItemId> similar_to;  ///< a finding whose group it joins
};

/// Creates the item and the finding; tells the unit's owners, and of a relapse those who run the plan. A
/// relapse is a finding of a unit that has closed a similar one (of the same group) before. A long-term
/// finding whose phrase names no day is due at the plan year's end.
///
/// Refuses: Forbidden by the permission table, event `finding.register`; Malformed, every fault at once with
/// its pointer (`/source`, `/title`, `/unit`, `/deadline` …): texts that are missing, too long or not plain,
/// a plan, unit, person or item that is not there, a phrase that cannot be read or names no single day, a day
/// before the finding was fed back; NotPossible at `/reference`, the source's number is registered already,
/// or at `/title`, the unit has an open finding of that source and title.
Result<Finding> register_finding(store::Transaction& transaction, FindingWish const& wish,
                                 Asking const& asking);

/// Another finding of the plan that may be the like of this one, and why.
struct SimilarFinding {
  Finding finding;
  int percent = 0;                  ///< `likeness_percent` of titles and problems
  std::vector<std::string> shared;  ///< words that both have
};

/// The most alike first, at most `limit`; self-checks and those of its own group are left out.
std::vector<SimilarFinding> similar_findings(store::Reader const& reader, Finding const& finding,
                                             std::size_t limit);

/// Makes `item` and `with`, and the groups they are in, one group; with nothing, takes `item` out of its own.
/// Relapses that show only now are recognised. Returns `item` as it then is. Refuses: Forbidden by the
/// permission table, event `finding.group`; NotFound; Malformed at `/with/0` …: no finding of the plan, a
/// self-check, itself; NotPossible: nothing would change.
Result<Finding> group_findings(store::Transaction& transaction, ItemId item, std::vector<ItemId> const& with,
                               Asking const& asking);

struct SelfCheck {
  ItemId of{0};
  std::vector<UnitId> units;
  std::string deadline;  ///< a phrase
  std::string text;      ///< what is to be looked for
};

/// Gives each unit a finding of its own, 举一反三自查, that points to the first. Refuses: Forbidden by the
/// permission table, event `finding.push`; NotFound; Malformed, every fault at once: no unit, one that is not
/// there, twice, the finding's own, or has been sent this check; a text or phrase as when registering;
/// NotPossible: it is a self-check itself.
Result<std::vector<Finding>> push_self_check(store::Transaction& transaction, SelfCheck const& wish,
                                             Asking const& asking);

/// Of `finding`, or of a self-check's first one: in the words of the source; what erased texts became.
std::string problem_of(store::Reader const& reader, Finding const& finding);

}  // namespace xiaohao
