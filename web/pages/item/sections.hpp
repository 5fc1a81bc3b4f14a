#pragma once

// The parts of an item's page, each a function of what the visitor may see.

#include "web/pages/item/event_form.hpp"

namespace xiaohao::web::pages {

/// Whose it is, when it is due and why that date, how far it has come against the time schedule.
html::Html facts_section(ItemView const& view);
/// What is to be done, in the plan's words with their lines; the readings that a person should confirm.
html::Html content_section(ItemView const& view);
/// Of a finding: where it comes from, its like elsewhere, whether it is back. For whoever reads histories.
html::Html finding_section(ItemView const& view);
/// Of a task: its units' shares and its dated parts.
html::Html shares_section(ItemView const& view);
/// Whether the visitor decides on the application that waits, so that he should see claim and proof together.
bool is_reviewer(ItemView const& view);
/// What the unit applied with, its figures, and why it came back before.
html::Html claim_section(ItemView const& view);
/// Above the forms of a reinspection: who verified, so that another looks again (非原核查人).
html::Html verified_by(ItemView const& view);
html::Html evidence_section(ItemView const& view, Attempt const* attempt);
/// The files alone, as a list; those withdrawn are struck through.
html::Html evidence_list(ItemView const& view, std::vector<Evidence const*> const& pieces, bool may_withdraw);
/// Where it stands in its lifecycle.
html::Html picture_section(ItemView const& view);
/// What will happen by itself if nobody acts.
html::Html future_section(ItemView const& view);
html::Html actions_section(ItemView const& view, Attempt const* attempt);

/// `1.2 MB`.
std::string size_in_words(std::int64_t bytes);

}  // namespace xiaohao::web::pages
