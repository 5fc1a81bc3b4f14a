#pragma once

// Everything that a machine can come to: all configurations at rest, by whatever events, with every guard
// answered both ways. Found breadth first, so that the way back from each is a shortest one.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "engine/statechart/interpreter.hpp"

namespace xiaohao::statechart::soundness {

/// One step that could be taken.
struct Observation {
  std::string event;  ///< as it is sent; `xstate.after.…` for a delay; empty: the machine begins
  std::string delay;  ///< of a delay: as its `after` writes it
  std::vector<StateIndex> const& before;
  Step const& step;
};

/// What watchers know on the way to a rest; two rests that differ in nothing else are two.
using Memory = std::uint64_t;
inline constexpr int memory_bits = 64;

struct Rest {
  Configuration configuration;
  Memory memory = 0;
  std::optional<std::size_t> from;  ///< the rest before it; none for the first
  std::string cause;                ///< the event that led here, as it is shown
};

/// Why not everything was looked at.
enum class Trouble {
  None,
  Endless,   ///< from the last of `rests`, `cause` sets off eventless transitions that never come to rest
  TooLarge,  ///< more rests or steps than the bounds allow
  TooManyGuards,  ///< one event asks more guards than can be answered in all ways
};

struct Explored {
  std::vector<Rest> rests;
  std::vector<std::vector<std::size_t>> origins;  ///< by rest: from which it is reached in one step
  std::vector<bool> entered;                      ///< by state: active at some time
  std::unordered_set<Transition const*> taken;
  Trouble trouble = Trouble::None;
  std::string cause;    ///< of `Endless` and `TooManyGuards`: the event
  std::string pointer;  ///< of `Endless`: a transition that is taken for ever
};

/// Enough for any procedure, and explored within a second.
inline constexpr std::size_t rests_max = 50'000;
inline constexpr std::size_t effort_max =
    600'000;  ///< steps, each counted once for every state active before it
inline constexpr std::size_t answers_max = 1 << 12;

/// `watch` sees every possible step, with the rest it starts from (none: the machine begins) and the memory
/// there, and says what is remembered after it. The first rest's memory begins with 0.
using Watch = std::function<Memory(Memory, Observation const&, std::optional<std::size_t> from)>;
Explored explore(Definition const& definition, Watch const& watch);

/// A configuration by the keys of its innermost states: `in_progress, none`.
std::string shown(Definition const& definition, Configuration const& configuration);

/// `issued —accept→ in_progress —closeout.apply→ first_review`.
std::string path_to(Definition const& definition, Explored const& explored, std::size_t rest);

}  // namespace xiaohao::statechart::soundness
