#pragma once

// The people of a rehearsal: what they will do with an item next by the scenario, when, and who of them may.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/decision/rules.hpp"
#include "engine/rehearsal/scenario.hpp"
#include "engine/rehearsal/stage.hpp"

namespace xiaohao::rehearsal {

struct Act {
  enum class What { Accept, Report, Apply, Decide };
  Instant at;
  ItemId item;
  std::int64_t version;  ///< the item's when it was planned; an act on another one is planned anew
  What what;
  std::string event;     ///< of the lifecycle: `accept`, `closeout.apply`, `confirm` …
  bool returns = false;  ///< a review that ends in a return
};

class Cast {
 public:
  Cast(Scenario const& scenario, std::uint64_t seed, decision::Rules const& rules, Stage const& stage)
      : scenario_(scenario), seed_(seed), rules_(rules), stage_(stage) {}

  /// None: nobody ever does anything with the item as it stands.
  std::optional<Act> next_act(WorkItem const& item, Instant now);

  /// Those who may send `event` to `item` by the permission table, by user name; owners of its unit first.
  std::vector<Participant const*> able(WorkItem const& item, std::string const& event) const;

 private:
  struct Intentions {
    bool accepts;
    bool applies;
    Instant accept_at;
    std::optional<Instant> apply_at;  ///< none: it has no due date, and is never done
  };
  Scenario const& scenario_;
  std::uint64_t seed_;
  decision::Rules const& rules_;
  Stage const& stage_;
  std::unordered_map<ItemId, Intentions> intentions_;
  std::map<std::pair<std::string, std::string>, std::string> expected_;  ///< event by lifecycle and state

  std::string const& expected_event(ItemStatus const& status);
  Intentions const& intentions_of(WorkItem const& item, Instant now);
  Instant within(Date date, class Chance& chance) const;
  std::optional<Act> act_of_owner(WorkItem const& item, Act act, Conduct const& conduct, Instant now);
};

/// The event that sends back what `event` would pass: `closeout.return` for `closeout.approve`.
std::string returning(std::string const& event);

}  // namespace xiaohao::rehearsal
