#pragma once

#include <string>
#include <vector>

#include "engine/statechart/property.hpp"
#include "engine/statechart/soundness/exploration.hpp"

namespace xiaohao::statechart::soundness {

/// A property's pattern with its names of states resolved.
class Matcher {
 public:
  Matcher(Definition const& definition, Pattern const& pattern);
  /// An empty pattern matches no step.
  bool operator()(Observation const& seen) const;

 private:
  Pattern const* pattern_;
  std::vector<bool> enters_, leaves_;  ///< by state; empty: not asked for
};

/// The states of that name, by state: `#id` or a tag. Empty when there is none.
std::vector<bool> states_named(Definition const& definition, std::vector<StateName> const& names);

/// Names that no state has.
std::vector<StateName> unknown_names(Definition const& definition, std::vector<StateName> const& names);

bool any_active(std::vector<bool> const& states, Configuration const& configuration);

}  // namespace xiaohao::statechart::soundness
