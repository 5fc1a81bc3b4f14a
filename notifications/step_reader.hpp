#pragma once

// Reads one step of a ladder, and the words that steps share with the rest of a policy. Faults are left in
// the fields they belong to.

#include "engine/json/reader.hpp"
#include "notifications/policy.hpp"

namespace xiaohao::notifications {

std::chrono::minutes time_of_day(json::Fields& fields, std::string_view name, std::chrono::minutes otherwise);
std::vector<std::string> channels_of(json::Fields& fields);
Pace pace_of(json::Fields& fields);
/// `text`, or `otherwise`; one of the policy's texts.
std::string text_of(json::Fields& fields, std::string_view otherwise, Policy const& policy);
std::string no_audience(std::string_view name);  ///< what is wrong with a name that is no audience

/// The step, followed by its repeats: a repeat is a step of its own, later by as much, and needless once the
/// first is acknowledged. Needs the policy's quiet hours and texts.
std::vector<Step> read_steps(json::Fields& fields, Policy const& policy);

}  // namespace xiaohao::notifications
