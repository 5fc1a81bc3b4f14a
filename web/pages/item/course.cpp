// Where an item stands, what may be done about it now, and what will happen if nobody does.

#include <algorithm>

#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"
#include "web/coming_steps.hpp"
#include "web/lifecycle/labels.hpp"
#include "web/pages/item/history.hpp"
#include "web/pages/item/sections.hpp"
#include "web/pages/lifecycle_picture.hpp"
#include "web/pages/parts.hpp"
#include "web/work.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;

constexpr std::size_t coming_steps_max = 12;

bool has_a_place_of_its_own(std::string_view event) {
  return event == "evidence.attach" || event == "evidence.withdraw";
}

/// What a delay's end is called: the label of the transition that it sets off.
std::string delay_name(ItemView const& view, std::string const& event) {
  statechart::Definition const* const lifecycle = view.lifecycle();
  if (!lifecycle) return event;
  for (statechart::Transition const* transition : lifecycle::transitions_of(*lifecycle))
    if (transition->event == event)
      return in(view.t().language(), lifecycle::label_of(*lifecycle, *transition));
  return event;
}

Html step_line(ItemView const& view, ComingStep const& step) {
  Say const& t = view.t();
  bool const is_delay = !step.delay_event.empty();
  return li(html::time(attr("datetime", to_string(step.at)), moment(t, step.at)),
            div(strong(is_delay ? delay_name(view, step.delay_event) : step_name(t, step.kind)),
                when(!step.recipients.empty(), [&] {
                  return group(t("，通知 ", ", told: "), told_whom(view.visit, step.recipients));
                })));
}

}  // namespace

Html picture_section(ItemView const& view) {
  Say const& t = view.t();
  statechart::Definition const* const lifecycle = view.lifecycle();
  if (!lifecycle) return {};
  Progress progress{{}, lifecycle::path_of(*lifecycle, view.history)};
  if (auto const stored = json::read(view.item.status.configuration))
    if (auto const present = statechart::from_json(*lifecycle, *stored)) progress.present = *present;
  std::string const& name_ = view.item.status.lifecycle;
  return section(cls("sheet"), id("lifecycle"), data("live", ""),
                 div(cls("heading"), h2(t("办到哪一步", "Where it stands")),
                     a(cls("aside"), href("/lifecycles/" + name_), t("流程说明", "About this lifecycle"))),
                 lifecycle_picture(t, *lifecycle, &progress, "picture"));
}

Html future_section(ItemView const& view) {
  Say const& t = view.t();
  if (!view.item.status.open()) return {};
  auto const reader = view.visit.application.engine.store().read();
  auto const steps = coming_steps(view.visit.application, *reader, view.item, coming_steps_max);
  if (steps.empty()) return {};
  return section(
      cls("sheet"), id("future"), data("live", ""), h2(t("如果没人处理", "If nobody acts")),
      ol(cls("future"), each(steps, [&](ComingStep const& step) { return step_line(view, step); })),
      when(view.visit.may("silence"), [&] {
        return p(a(href("/notices/silences?item=" + std::to_string(view.item.id().value())),
                   t("静默此事项的通知", "Silence its notices")));
      }));
}

Html actions_section(ItemView const& view, Attempt const* attempt) {
  Say const& t = view.t();
  Html expected, others;
  for (PossibleAction const& action : view.actions) {
    if (has_a_place_of_its_own(action.type)) continue;
    bool const waited_for = is_expected(action.type);
    FormShape const shape = waited_for ? FormShape::Open : FormShape::Folded;
    (waited_for ? expected : others) += event_form(view, action, shape, attempt, "");
  }
  if (expected.empty() && others.empty()) return {};
  return section(cls("sheet actions"), id("actions"), h2(t("现在可以做的", "What you may do now")), expected,
                 when(!expected.empty() && !others.empty(), element("hr", {})), others);
}

}  // namespace xiaohao::web::pages
