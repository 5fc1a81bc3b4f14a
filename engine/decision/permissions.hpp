#pragma once

// Who may do what: one table, as data (`workflows/permissions/default.json`), for every command and every
// read.

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "engine/domain/organisation.hpp"
#include "engine/domain/work_item.hpp"
#include "engine/model/result.hpp"

namespace xiaohao::decision {

/// How a participant stands to an item.
enum class Relation {
  Any,
  Own,     ///< the item is his unit's
  Leads,   ///< the item is a supporting share of a task that his unit leads
  NotLed,  ///< the item is a lead share, or no unit leads its task: nobody but the coordinator can review it
};

std::string_view to_string(Relation relation);  ///< as the file writes it: `own`

/// An item and those that lead its task, as permissions see it.
struct Subject {
  WorkItem const& item;
  std::vector<UnitId> const& leads;  ///< units with the lead role in the item's task
};

class Permissions {
 public:
  /// May `participant` send `event` to the item? The lifecycle may still refuse him for what he did before.
  bool may_send(Participant const& participant, std::string_view event, Subject const& subject) const;
  /// May he read it? `what` is `item`, `history` or `evidence`.
  bool may_read(Participant const& participant, std::string_view what, Subject const& subject) const;
  /// May he do what is about no single item: `rehearse`, `rules.change`, a silence of a whole unit?
  bool may_at_large(Participant const& participant, std::string_view event) const;

  /// May he do what is about `unit` as a whole? `Own` is his own unit; relations to an item's task are none.
  bool may_for_unit(Participant const& participant, std::string_view event, UnitId const& unit) const;

  /// May he read what is about items of many units: papers?
  bool may_read_at_large(Participant const& participant, std::string_view what) const;

  /// May he change who is who: units, people, accounts? The administrators' own table.
  bool may_administer(Participant const& participant, std::string_view what) const;

  /// One row of the table: who may send the event, or read the thing, that `what` names.
  struct Grant {
    std::string what;
    Role role;
    Relation relation;
  };
  std::vector<Grant> events() const { return grants(events_); }  ///< in the order of their names
  std::vector<Grant> reads() const { return grants(reads_); }
  std::vector<Grant> administration() const { return grants(administration_); }

  /// Refuses, with every fault and its pointer, also an event that an administrator or the auditor may send:
  /// they do not act on items (等保三级); and whoever acts on items has no part in administration.
  static Result<Permissions> read(nlohmann::json const& document);

 private:
  struct Rule {
    Role role;
    Relation relation;
  };
  using Rules = std::multimap<std::string, Rule, std::less<>>;
  Rules events_;
  Rules reads_;
  Rules administration_;

  static std::vector<Grant> grants(Rules const& rules);
  static bool allowed(Rules const& rules, Participant const& participant, std::string_view what,
                      Subject const& subject);
};

}  // namespace xiaohao::decision
