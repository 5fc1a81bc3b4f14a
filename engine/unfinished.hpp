#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/store/store.hpp"

namespace xiaohao {

/// What a share's unit should have brought about before it applies for close-out and has not: the milestones
/// of the task that the unit answers for and that are open, and the figures the task is measured by that its
/// reports have not told or that fall short. Empty for what is not a share. An application is possible all
/// the same: its summary explains what is missing (docs/decisions/0013-what-an-application-explains.md).
std::vector<Text> unfinished(store::Reader const& reader, WorkItem const& share);

/// The value last reported for each figure, by its name; `entries` are of one share, oldest first.
std::map<std::string, std::int64_t> reported_figures(std::vector<JournalEntry> const& entries);

}  // namespace xiaohao
