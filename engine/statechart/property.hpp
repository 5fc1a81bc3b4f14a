#pragma once

// What a county declares that its lifecycle must never do, as data beside the states: the `properties` of a
// lifecycle file. They are proved over all paths before an item may run the lifecycle (`soundness.hpp`).
//
//     {"id": "evidence", "text": {"zh": "没有佐证材料不得销号", "en": "Nothing closes without evidence"},
//      "when": {"enters": "closed"}, "demands_earlier": {"guard": "evidence_is_present"},
//      "since": {"action": "begin_next_cycle"}}

#include <string>
#include <vector>

#include "engine/json/document.hpp"
#include "engine/model/text.hpp"
#include "engine/statechart/call.hpp"

namespace xiaohao::statechart {

/// States by name: `#assignment.closeout.closed` is the state of that id, `closed` are those of that tag.
using StateName = std::string;

/// What one step of a machine may look like, from its event to its rest. Every condition that is given must
/// hold; of several names in one condition, one is enough.
struct Pattern {
  std::vector<std::string> events;  ///< the event that set the step off
  std::vector<std::string> delays;  ///< the delay that set it off, as its `after` writes it
  std::vector<std::string> guards;  ///< a transition with this guard was taken
  std::vector<Call> actions;        ///< this action ran; the parameters that are given are equal
  std::vector<StateName> enters;    ///< not active before, active after
  std::vector<StateName> leaves;    ///< active before, not active after

  bool empty() const {
    return events.empty() && delays.empty() && guards.empty() && actions.empty() && enters.empty() &&
           leaves.empty();
  }
};

enum class PropertyKind {
  Demands,         ///< every step that matches `when` also matches `demands`
  DemandsEarlier,  ///< … or a step before it did, after the last one that matched `since`
  StaysReachable,  ///< from every rest outside `unless`, some path leads into `reachable`
};

/// In one file. The proof remembers a bit for each, and needs some for the house's own.
inline constexpr std::size_t properties_max = 48;

struct Property {
  PropertyKind kind;
  std::string id;
  Text text;  ///< why the county wants it; shown when it does not hold
  Pattern when;
  Pattern demands;
  Pattern since;
  std::vector<StateName> reachable;
  std::vector<StateName> unless;
  std::string pointer;  ///< into the lifecycle's file
};

}  // namespace xiaohao::statechart
