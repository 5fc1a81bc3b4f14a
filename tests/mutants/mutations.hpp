#pragma once

#include <string>
#include <vector>

#include "engine/json/document.hpp"

namespace xiaohao::mutants {

struct Mutant {
  std::string what;  ///< what was done to the lifecycle, in words
  nlohmann::ordered_json lifecycle;
};

/// Every way to break `lifecycle` in one place: guards dropped and exchanged, actions removed and exchanged,
/// transitions removed, led elsewhere and added, tags and types changed, other initial states, eventless
/// transitions. Its declared properties are taken away, so that the house's own have to do.
std::vector<Mutant> mutants_of(nlohmann::ordered_json const& lifecycle);

}  // namespace xiaohao::mutants
