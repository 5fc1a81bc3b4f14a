#pragma once

// What is wrong with a machine that loads: nobody can come here, nothing leads out, this never comes to rest,
// that closes without evidence. Proved by looking at every configuration it can come to, not by trying some.
//
//     for (Flaw const& flaw : flaws(definition)) …
//     /states/a/on/e/1: is never taken; an earlier alternative always is
//
// A guard is taken to hold or not as it pleases, but in one way within a step. So a machine without flaws has
// none whatever its guards say, and a flaw may be one that its guards never let happen.

#include <span>
#include <string>
#include <vector>

#include "engine/model/result.hpp"
#include "engine/statechart/definition.hpp"

namespace xiaohao::statechart {

struct Flaw {
  std::string pointer;  ///< into the machine's file
  Text detail;
  std::string path;  ///< a shortest way there: `issued —accept→ in_progress`; empty where there is none
};

/// Looks for: transitions from one region of a parallel state into another, states that are never entered,
/// transitions that are never taken, configurations from which no final state can be reached any more,
/// eventless transitions that go on for ever, the machine's own properties and those of `also` where they do
/// not hold, names in them that mean nothing. A machine with more configurations than can be looked at within
/// a second has that as its one flaw. In the order of the file, properties last.
std::vector<Flaw> flaws(Definition const& definition, std::span<Property const> also = {});

/// As a refusal (Malformed), or nothing. The path stands at the end of the detail.
Result<void> refused_for(std::vector<Flaw> const& flaws);

}  // namespace xiaohao::statechart
