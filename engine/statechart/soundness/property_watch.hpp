#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/statechart/soundness/patterns.hpp"
#include "engine/statechart/soundness/soundness.hpp"

namespace xiaohao::statechart::soundness {

/// Watches properties of steps while a machine is explored. For each that asks for something earlier it
/// remembers one bit: that it was there since the last step that undoes it.
class PropertyWatch {
 public:
  /// Both must outlive it.
  PropertyWatch(Definition const& definition, std::vector<Property> const& properties);

  Memory see(Memory before, Observation const& seen, std::optional<std::size_t> from);

  /// For each property that was broken the first way it was seen to be, which is a shortest.
  std::vector<Flaw> broken(Explored const& explored) const;

 private:
  struct Watched {
    Property const* property;
    Matcher when, demands, since;
    Memory bit;  ///< 0: nothing is remembered
    struct Broken {
      std::optional<std::size_t> from;
      std::string cause, to;
      std::string pointer;
    };
    std::optional<Broken> broken;
  };
  Definition const& definition_;
  std::vector<Watched> watched_;
};

/// Names of states in properties that no state has: such a property says nothing, which is a slip.
std::vector<Flaw> misnamed(Definition const& definition, std::span<Property const> properties);

}  // namespace xiaohao::statechart::soundness
