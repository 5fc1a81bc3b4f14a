// `/admin/policy`: the escalation policy as it is in force; another one is shown for what it would mean, on a
// real item and on everything that is open, before a leader puts it in force.

#include <set>

#include "web/coming_steps.hpp"
#include "web/pages/item/history.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/parts.hpp"
#include "web/policy_desk.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;

constexpr char const* path = "/admin/policy";
constexpr std::size_t rows_max = 20;
constexpr std::size_t steps_shown = 12;

/// What the form holds, and what came of it.
struct Trial {
  std::string document;
  std::string item;  ///< number of an item, as it was typed
  std::optional<Refusal> refusal;
  std::optional<PolicyDesk::Proposal> proposal;
};

Result<void> expect_reader(Visit const& visit) {
  if (visit.application.policy_desk && (visit.may("rules.change") || visit.may("rehearse"))) return {};
  return refuse(Reason::Forbidden, "",
                {"只有领导小组和统筹人员可以查看督办策略", "only leaders and coordinators see the policy"});
}

std::string item_words(Visit const& visit, WorkItem const& item) {
  std::string const unit = item.definition.unit ? visit.unit_name(*item.definition.unit) + " · " : "";
  return unit + std::to_string(item.definition.number) + " " + item.definition.title;
}

std::string when_words(Say const& t, std::optional<Instant> const& at) {
  return at ? moment(t, *at) : std::string(t("无", "never"));
}

Html faults(Say const& t, Refusal const& refusal) {
  return div(cls("message error"), attr("role", "alert"),
             p(t("策略有误，未生效：", "The policy is wrong; nothing was changed:")),
             ul(each(refusal.faults, [&](Fault const& fault) {
               return li(when(!fault.pointer.empty(), [&] { return group(code(fault.pointer), " "); }),
                         t(fault.detail));
             })));
}

Html step_rows(Visit const& visit, std::vector<StepChange> const& steps) {
  Say const& t = visit.t;
  Html rows;
  for (std::size_t at = 0; at < std::min(steps.size(), rows_max); ++at) {
    StepChange const& step = steps[at];
    rows += tr(td(data("label", t("事项", "Item")), item_words(visit, step.item)),
               td(data("label", t("步骤", "Step")),
                  step_name(t, step.step.substr(0, step.step.find_first_of("-#0123456789")))),
               td(data("label", t("原来", "Before")), when_words(t, step.before)),
               td(data("label", t("改为", "After")), when_words(t, step.after)));
  }
  return div(cls("table-frame"), table(cls("cards"),
                                       thead(tr(th(t("事项", "Item")), th(t("步骤", "Step")),
                                                th(t("原来", "Before")), th(t("改为", "After")))),
                                       tbody(rows)));
}

Html effects_section(Visit const& visit, Effects const& effects) {
  Say const& t = visit.t;
  std::set<UnitId> units;
  for (StepChange const& step : effects.steps)
    if (step.item.definition.unit) units.insert(*step.item.definition.unit);
  return section(
      cls("sheet"), id("effects"), h2(t("对在办事项的影响", "What it means for what is open")),
      p(effects.steps.size(), t(" 个待到期步骤、", " coming steps and "), effects.lights.size(),
        t(" 个灯色将改变，涉及 ", " lights would be others, of "), units.size(), t(" 个单位。", " units.")),
      when(!effects.steps.empty(), [&] { return step_rows(visit, effects.steps); }),
      when(effects.steps.size() > rows_max, [&] {
        return p(cls("hint"), t("其余 ", "and "), effects.steps.size() - rows_max, t(" 行从略", " more"));
      }));
}

Html item_steps(Visit const& visit, std::vector<ComingStep> const& steps) {
  Say const& t = visit.t;
  if (steps.empty()) return p(t("没有待到期的步骤。", "No step is to come."));
  return ol(each(steps, [&](ComingStep const& step) {
    std::vector<std::string> names;
    for (Username const& who : step.recipients) names.push_back(person_name(visit, who));
    return li(moment(t, step.at), " ", step.kind.empty() ? step.delay_event : step_name(t, step.kind),
              when(!names.empty(), [&] { return group(t("：", ": "), listed(t, names)); }));
  }));
}

Html item_section(Visit const& visit, Trial const& trial) {
  Say const& t = visit.t;
  if (trial.item.empty() || !trial.proposal) return {};
  auto const reader = visit.application.engine.store().read();
  auto const item = reader->item(ItemId{whole_number(trial.item).value_or(0)});
  if (!item)
    return p(cls("message error"), t("没有编号为 ", "There is no item "), trial.item, t(" 的事项", ""));
  return section(cls("sheet"), h2(t("若无人办理：", "If nobody acts: "), item_words(visit, *item)),
                 h3(t("现行策略", "By the policy in force")),
                 item_steps(visit, coming_steps(visit.application, *reader, *item, steps_shown)),
                 h3(t("新策略", "By the new one")),
                 item_steps(visit, coming_steps(visit.application, *reader, *item, steps_shown,
                                                *trial.proposal->rules)));
}

Html trial_form(Visit const& visit, Trial const& trial) {
  Say const& t = visit.t;
  return post_form(
      visit, path, cls("stacked sheet no-print policy"),
      label(span(t("策略（JSON，字段说明见 docs/notifications.md）",
                   "Policy (JSON; docs/notifications.md explains it)")),
            textarea(name("policy"), cls("policy-text"), attr("spellcheck", "false"), flag("required"),
                     trial.document)),
      label(span(t("以哪个事项预览（事项页地址末尾的数字；可空）",
                   "Preview on item (the number at the end of its address; may be empty)")),
            input(name("item"), attr("inputmode", "numeric"), value(trial.item))),
      div(cls("buttons"),
          button(type("submit"), name("do"), value("preview"), cls("primary"), t("预览影响", "Preview")), " ",
          when(visit.may("rules.change"), [&] {
            return button(type("submit"), name("do"), value("adopt"), t("采用", "Put in force"));
          })));
}

Response show(Visit const& visit, Trial const& trial) {
  Say const& t = visit.t;
  return page(
      visit,
      {.title = {"督办策略", "Escalation policy"},
       .section = "/rehearsal",
       .status = trial.refusal ? 400 : 200},
      group(h1(t("督办策略", "Escalation policy")),
            p(cls("lead"),
              t("先预览，后采用。采用即对全部在办事项生效，入日志；已发生的不改变、不补发。",
                "Preview first. What is put in force counts for everything open and is journalled; what has "
                "happened stays, and nothing is made up for.")),
            when(trial.refusal.has_value(), [&] { return faults(t, *trial.refusal); }),
            when(trial.proposal.has_value(),
                 [&] {
                   return group(effects_section(visit, trial.proposal->effects), item_section(visit, trial));
                 }),
            trial_form(visit, trial)));
}

Result<Response> policy(Visit const& visit) {
  if (auto const may = expect_reader(visit); !may) return tl::unexpected(may.error());
  return show(visit, {visit.application.policy_desk->in_force(), "", std::nullopt, std::nullopt});
}

Response answer(Application& application, Request const& request) {
  Visit const visit(application, request);
  if (!visit.me)
    return refusal_page(visit, {Reason::Forbidden, {{"", {"您无权查看", "you may not see this"}}}});
  if (auto const may = expect_reader(visit); !may) return refusal_page(visit, may.error());
  Trial trial{request.field("policy"), request.field("item"), std::nullopt, std::nullopt};
  if (request.field("do") == "adopt") {
    Result<Effects> const done = application.policy_desk->adopt(trial.document, request.visitor->username);
    if (done)
      return see_other_with(path, {false, std::string(visit.t("已采用，即时生效", "It is in force now"))});
    if (done.error().reason != Reason::Malformed) return refusal_page(visit, done.error());
    trial.refusal = done.error();
  } else if (auto proposal = application.policy_desk->propose(trial.document)) {
    trial.proposal = std::move(*proposal);
  } else {
    trial.refusal = proposal.error();
  }
  return show(visit, trial);
}

}  // namespace

void add_policy_page(Router& router, Application& application) {
  add_page(router, application, path, policy);
  // Everything open is looked at: off the threads that answer others.
  router.add(
      "POST", path, Access::SignedIn,
      [&application](std::shared_ptr<Request const> request, Respond respond) {
        bool const taken = application.workers.run(
            [&application, request, respond] { respond(answer(application, *request)); });
        if (!taken)
          respond(refusal_page(
              Visit(application, *request),
              {Reason::Unavailable, {{"", {"服务器忙，请稍后再试", "the server is busy; try again soon"}}}}));
      });
}

}  // namespace xiaohao::web::pages
