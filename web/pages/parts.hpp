#pragma once

// Small pieces that many pages use: lights, progress, dates, links to items and units.

#include "web/pages/visit.hpp"

namespace xiaohao::web::pages {

/// 红/黄/绿/灰: shape and word beside the colour, which alone says nothing to one reader in twelve.
html::Html light_mark(Say const& t, decision::Light light);
std::string_view light_word(Say const& t, decision::Light light);
/// How many of each, worst first; those that are zero are left out.
html::Html light_counts(Say const& t, decision::LightCounts const& counts);
/// The same as one bar, for the eye only; say the figures beside it.
html::Html light_bar(Say const& t, decision::LightCounts const& counts);

html::Html progress_bar(Say const& t, BasisPoints progress);
std::string percent(BasisPoints progress);  ///< `60%`; what is short of a whole percent is not shown

/// `2月29日 周四`, `Thu 29 Feb`; with the year when it is not `plan_year`.
std::string day(Say const& t, Date date, int plan_year);
html::Html day_mark(Say const& t, Date date, int plan_year);  ///< in a `<time>`
std::string moment(Say const& t, Instant instant);            ///< `2024-02-29 17:30`, plan time
/// `还有 3 天`, `今天到期`, `逾期 5 天`; nothing for a closed item or one without a due date.
std::string due_in_words(Say const& t, decision::Standing const& standing, Instant now);

/// What the lifecycle calls the state: 办理中.
std::string state_name(Say const& t, decision::Rules const& rules, ItemStatus const& status);
std::string_view kind_name(Say const& t, ItemKind kind);
std::string_view role_name(Say const& t, UnitRole role);
std::string_view role_name(Say const& t, Role role);

/// `县住建局、嵩市镇`, `a, b`.
std::string listed(Say const& t, std::vector<std::string> const& names);

std::string item_path(ItemId item);  ///< `/items/7`
html::Html item_link(WorkItem const& item);
html::Html unit_link(Visit const& visit, UnitId const& unit);  ///< to its items; an example unit says so

}  // namespace xiaohao::web::pages
