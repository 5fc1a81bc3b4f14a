#include "web/pages/item_filters.hpp"

#include <array>
#include <set>

#include "web/http/target.hpp"
#include "web/pages/parts.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;
using Choices = std::map<std::string, std::string>;

constexpr std::array<ItemKind, 5> kinds{ItemKind::Task, ItemKind::Assignment, ItemKind::Milestone,
                                        ItemKind::Occurrence, ItemKind::Finding};
constexpr std::array<decision::Light, 4> lights{decision::Light::Red, decision::Light::Yellow,
                                                decision::Light::Green, decision::Light::Grey};

std::string chosen(Choices const& query, std::string const& name) {
  auto const found = query.find(name);
  return found == query.end() ? std::string{} : found->second;
}

Html field_of(std::string_view field, std::string_view words, Html const& control) {
  return div(cls("filter"), label(attr("for", "filter-" + std::string(field)), words), control);
}

Html one_option(std::string const& now, std::string_view value_, std::string_view words) {
  return option(value(value_), flag("selected", now == value_), words);
}

/// A choice with "all" before the given options.
Html choice(Visit const& visit, Choices const& query, std::string const& field, std::string_view words,
            std::function<Html(std::string const& now)> const& options) {
  std::string const now = chosen(query, field);
  return field_of(
      field, words,
      select(id("filter-" + field), name(field), one_option(now, "", visit.t("全部", "All")), options(now)));
}

Html typed(Choices const& query, std::string const& field, std::string_view words, std::string_view type_) {
  return field_of(field, words,
                  input(id("filter-" + field), type(type_), name(field), value(chosen(query, field)),
                        attr("maxlength", 60)));
}

/// The states in which items rest, each once, in the order of the lifecycles.
std::vector<std::pair<std::string, std::string>> states(Visit const& visit) {
  std::vector<std::pair<std::string, std::string>> found;
  std::set<std::string> seen;
  decision::Rules const& rules = visit.application.engine.rules();
  for (auto const& [lifecycle, definition] : rules.lifecycles)
    for (statechart::State const& state : definition.states()) {
      if (!state.is_leaf() || !state.parent || !seen.insert(state.key).second) continue;
      ItemStatus status;
      status.lifecycle = lifecycle;
      status.stage = state.key;
      found.emplace_back(state.key, state_name(visit.t, rules, status));
    }
  return found;
}

Html unit_options(Visit const& visit, std::string const& now) {
  auto const of_kind = [&](std::string_view kind) {
    return each(visit.organisation->units, [&](auto const& entry) {
      return when(entry.second.kind == kind,
                  [&] { return one_option(now, entry.first.value(), entry.second.name); });
    });
  };
  return group(optgroup(attr("label", visit.t("县直单位", "Agencies")), of_kind("agency")),
               optgroup(attr("label", visit.t("乡（镇、场）", "Townships")), of_kind("township")));
}

Html campaign_options(Visit const& visit, std::string const& now) {
  auto const board = visit.board();
  return board ? each(board->plan.campaigns,
                      [&](Campaign const& campaign) { return one_option(now, campaign.name, campaign.name); })
               : Html{};
}

Html plan_choice(Visit const& visit, Choices const& query) {
  auto const years = visit.application.boards.years();
  if (years.size() < 2) return {};
  return choice(visit, query, "plan", visit.t("年度", "Year"), [&](std::string const& now) {
    return each(years, [&](PlanYear year) {
      return one_option(now, std::to_string(year.value()), std::to_string(year.value()));
    });
  });
}

}  // namespace

Html item_filters(Visit const& visit, Choices const& query) {
  Say const& t = visit.t;
  Html const fields = group(
      typed(query, "q", t("关键词", "Words"), "search"), plan_choice(visit, query),
      choice(visit, query, "kind", t("类别", "Kind"),
             [&](std::string const& now) {
               return each(kinds, [&](ItemKind kind) {
                 return one_option(now, to_string(kind), kind_name(t, kind));
               });
             }),
      choice(visit, query, "campaign", t("攻势", "Campaign"),
             [&](std::string const& now) { return campaign_options(visit, now); }),
      choice(visit, query, "unit", t("责任单位", "Unit"),
             [&](std::string const& now) { return unit_options(visit, now); }),
      choice(visit, query, "state", t("状态", "State"),
             [&](std::string const& now) {
               return each(states(visit),
                           [&](auto const& state) { return one_option(now, state.first, state.second); });
             }),
      choice(visit, query, "light", t("灯", "Light"),
             [&](std::string const& now) {
               return each(lights, [&](decision::Light light) {
                 return one_option(now, decision::to_string(light), light_word(t, light));
               });
             }),
      typed(query, "due_after", t("时限晚于", "Due after"), "date"),
      typed(query, "due_before", t("时限早于", "Due before"), "date"));
  return details(cls("filters sheet no-print"), flag("open", true), id("filters"),
                 summary(t("筛选", "Filters")),
                 form(attr("method", "get"), action("/items"), data("apply-at-once", ""), fields,
                      div(cls("filter apply"), button(type("submit"), cls("primary"), t("筛选", "Apply")),
                          a(href("/items"), t("清除", "Clear")))));
}

Html chosen_filters(Visit const& visit, Choices const& query) {
  Say const& t = visit.t;
  Html chips;
  for (auto const& [field, text] : query) {
    if (field != "parent" && field != "number") continue;  // the others show in the form
    if (text.empty()) continue;
    chips += a(cls("chip"), href(address_with(visit.request, {{field, ""}, {"cursor", ""}})),
               field == "parent" ? t("属于任务 ", "part of ") : t("序号 ", "number "), text,
               span(attr("aria-hidden", "true"), " ×"), span(cls("unseen"), t("（去掉）", " (take away)")));
  }
  return chips.empty() ? Html{} : p(cls("chips"), chips);
}

}  // namespace xiaohao::web::pages
