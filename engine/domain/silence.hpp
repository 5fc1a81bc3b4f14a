#pragma once

// When somebody is not told: a silence that a person has set, and an absence during which a substitute is
// told and acts.

#include <cstdint>
#include <optional>
#include <string>

#include "engine/domain/notice.hpp"
#include "engine/domain/organisation.hpp"
#include "engine/domain/work_item.hpp"

namespace xiaohao {

/// 静默: steps of the ladder that fall due within it are decided, and withheld as `silenced`. Each condition
/// that is given must hold; one of item, unit and recipient always is, since nobody may silence the county.
struct Silence {
  std::int64_t id = 0;  ///< 0: not written yet
  std::optional<ItemId> item;
  std::optional<UnitId> unit;
  std::optional<Username> recipient;
  std::string step;    ///< `remind`, `urge` …; empty: every step
  std::string reason;  ///< never empty
  Instant from;
  Instant until;  ///< exclusive; a silence without an end would be a way of switching the ladder off
  Username set_by{""};
  std::optional<Instant> ended_at;  ///< ended early by a person
  std::optional<Username> ended_by;
  friend bool operator==(Silence const&, Silence const&) = default;

  bool runs(Instant at) const { return from <= at && at < until && (!ended_at || at < *ended_at); }
  bool covers(WorkItem const& of, Username const& told, std::string_view kind) const {
    return (!item || *item == of.id()) && (!unit || unit == of.definition.unit) &&
           (!recipient || *recipient == told) && (step.empty() || step == kind);
  }
};

/// 代理: somebody is away. What he is told his substitute is told too; what he may do the substitute may, in
/// his own name, and the entry says for whom.
struct Absence {
  std::int64_t id = 0;  ///< 0: not written yet
  Username away{""};
  Username substitute{""};
  Date first;
  Date last;  ///< inclusive
  std::string reason;
  Username set_by{""};
  std::optional<Instant> ended_at;  ///< came back early
  friend bool operator==(Absence const&, Absence const&) = default;

  bool runs(Instant at) const {
    Date const day = local_date(at);
    return first <= day && day <= last && (!ended_at || at < *ended_at);
  }
};

}  // namespace xiaohao
