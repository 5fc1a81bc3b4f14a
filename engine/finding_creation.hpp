#pragma once

// What registering a finding and pushing a self-check have in common: reading the deadline, making the item,
// telling of it.

#include <string>
#include <vector>

#include "engine/execution.hpp"
#include "engine/findings.hpp"

namespace xiaohao {

inline constexpr std::size_t finding_words_bytes_max = 4000;  ///< of problem, goal, measures
inline constexpr std::size_t finding_name_bytes_max = 240;    ///< of title, source, reference

/// Malformed faults at `pointer`, appended.
void expect_plain_name(std::string const& text, std::string const& pointer, bool may_be_empty,
                       std::vector<Fault>& faults);
void expect_words(std::string const& text, std::string const& pointer, bool may_be_empty,
                  std::vector<Fault>& faults);

/// The schedule that `phrase` means for a finding registered today. A fault at `/deadline` otherwise.
calendar::Schedule read_finding_deadline(std::string const& phrase, PlanYear plan,
                                         std::optional<Rectification> rectification, Asking const& asking,
                                         std::vector<Fault>& faults);

Rectification rectification_of(calendar::Schedule const& schedule);

/// Writes the item of `finding` (whose id it fills in), the finding, and its entry; tells the unit by
/// `occasion`. Returns the item.
WorkItem create_finding(store::Transaction& transaction, Execution& execution, Finding& finding,
                        ItemDefinition definition, char const* occasion, Asking const& asking);

/// One more entry about `item`, in the asker's name. Returns its index.
std::int64_t tell_of_finding(store::Transaction& transaction, ItemId item, char const* type,
                             nlohmann::json payload, Asking const& asking);

/// Marks `finding` as a relapse of the latest finding of its unit and group that was closed before it was
/// registered, if there is one and it has not been marked; journals it and tells coordinators and leaders.
void recognise_relapse(store::Transaction& transaction, Execution& execution, Finding& finding,
                       Asking const& asking);

/// Forbidden unless the permission table lets the asker send `event` at large.
Result<void> may_about_findings(Asking const& asking, char const* event);

}  // namespace xiaohao
