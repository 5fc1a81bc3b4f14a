#pragma once

// Whether a lifecycle does harm, found out by acting it: a plain account of who did what, and every way of
// acting two people and the clock have. It shares the interpreter with the engine, and nothing with the proof
// of soundness that it judges.

#include <optional>
#include <string>

#include "engine/statechart/definition.hpp"

namespace xiaohao::mutants {

/// What goes wrong with an item that runs `lifecycle`: it closes by one person alone, without evidence,
/// without an application, a task with an open share, or it comes to where nobody can close or cancel it.
/// None: nothing does. Shares of tasks are acted by a person of the item's unit and one of another.
std::optional<std::string> harm_of(statechart::Definition const& lifecycle);

}  // namespace xiaohao::mutants
