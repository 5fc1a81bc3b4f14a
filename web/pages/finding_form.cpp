// `/findings/new`: registering a finding; and what forms on its item's page send: groups and self-checks.

#include <algorithm>

#include "web/findings.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/parts.hpp"
#include "web/problem.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;

constexpr char const* unit_prefix = "unit.";
/// What a county mostly hears from; any other may be written.
constexpr char const* known_sources[] = {"中央专项巡视", "省委巡视“回头看”", "省市验收考核", "市委专项巡察",
                                         "省市督查",     "第三方评估",       "专项检查",     "审计"};

std::string typed(Request const& request, std::string const& field) {
  if (request.method == "POST") return request.field(field);
  auto const found = request.query.find(field);
  return found == request.query.end() ? std::string() : found->second;
}

class Form {
 public:
  Form(Visit const& visit, Refusal const* refusal) : visit_(visit), t_(visit.t), refusal_(refusal) {}

  Html all() const {
    Html linked;
    if (auto const board = visit_.board())
      for (decision::Standing const& standing : board->standings)
        if (standing.item.definition.kind == ItemKind::Task)
          linked += label(cls("choice"), checkbox("linked." + std::to_string(standing.item.id().value())),
                          " ", standing.item.definition.number, " ", standing.item.definition.title);
    return post_form(
        visit_, "/findings", cls("stacked sheet"), other_faults(),
        group(text("source", t_("问题来源", "Source"), true,
                   t_("如 中央专项巡视、省市验收考核、审计", "such as 审计"), "sources"),
              element("datalist",
                      {id("sources"),
                       each(known_sources, [](char const* source) { return option(value(source)); })})),
        text("reference", t_("来源文件中的编号", "Its number in the source's list"), false,
             t_("同一来源不重复；导入时据此识别", "one of each; imports know it by this")),
        day("fed_back", t_("反馈日期", "Fed back on")),
        text("title", t_("问题名称", "Title"), true,
             t_("简短、不写个人姓名：名称进入永久记录，不能删除",
                "short, and without the name of a private person: it stays in the record for ever")),
        words("problem", t_("问题描述", "Problem"), true), words("goal", t_("整改目标", "Goal"), false),
        words("measures", t_("整改措施", "Measures"), false), unit(), person(),
        text("deadline", t_("整改时限", "Deadline"), true,
             t_("时限用语：立行立改、6月底、长期坚持", "a phrase: 立行立改, 6月底, 长期坚持")),
        kind(),
        div(cls("field"), label(cls("choice"), checkbox("common"), " ",
                                t_("共性问题（其他单位也可能存在）", "Common: other units may have it too"))),
        details(summary(t_("关联任务", "Tasks that serve to put it right")), faults("linked"),
                div(cls("choices"), linked)),
        text("similar_to", t_("与哪个问题同类（事项编号）", "Is the like of (item)"), false,
             t_("同单位的同类问题已销号的，登记后标为反弹",
                "if that unit has closed it before, this is marked as a relapse")),
        div(cls("buttons"), button(type("submit"), cls("primary"), t_("登记并交办", "Register and issue"))));
  }

 private:
  Visit const& visit_;
  Say const& t_;
  Refusal const* refusal_;

  std::string now(std::string const& field) const { return typed(visit_.request, field); }

  Html faults(std::string const& field) const {
    Html lines;
    if (refusal_)
      for (Fault const& fault : refusal_->faults)
        if (fault.pointer == "/" + field || fault.pointer.starts_with("/" + field + "/"))
          lines += p(cls("fault"), attr("role", "alert"), t_(fault.detail));
    return lines;
  }
  Html other_faults() const {
    if (!refusal_) return {};
    Html lines = p(strong(t_("没有登记。", "Not registered.")));
    for (Fault const& fault : refusal_->faults)
      if (fault.pointer.empty() || fault.pointer == "/plan") lines += p(t_(fault.detail));
    return div(cls("message error"), attr("role", "alert"), lines);
  }
  Html frame(std::string const& field, std::string_view words_, bool required, std::string_view hint,
             Html const& control) const {
    return div(cls("field"),
               label(attr("for", "finding-" + field), words_,
                     when(!required, [&] { return small(t_("（可不填）", " (optional)")); })),
               when(!hint.empty(), [&] { return small(cls("hint"), hint); }), faults(field), control);
  }
  Html text(std::string const& field, std::string_view words_, bool required, std::string_view hint,
            std::string_view list = "") const {
    return frame(field, words_, required, hint,
                 input(id("finding-" + field), name(field), value(now(field)), attr("maxlength", 80),
                       list.empty() ? flag("list", false) : attr("list", list), flag("required", required)));
  }
  Html words(std::string const& field, std::string_view words_, bool required) const {
    return frame(field, words_, required, {},
                 textarea(id("finding-" + field), name(field), attr("rows", 3), attr("maxlength", 1300),
                          flag("required", required), now(field)));
  }
  Html day(std::string const& field, std::string_view words_) const {
    return frame(field, words_, false, {},
                 input(type("date"), id("finding-" + field), name(field), value(now(field))));
  }
  Html checkbox(std::string const& field) const {
    return input(type("checkbox"), name(field), value("yes"), flag("checked", !now(field).empty()));
  }
  Html unit() const {
    std::string const chosen = now("unit");
    return frame("unit", t_("责任单位", "Unit"), true, {},
                 select(id("finding-unit"), name("unit"), flag("required"),
                        option(value(""), t_("请选择单位", "Choose a unit")),
                        each(visit_.organisation->units, [&](auto const& entry) {
                          return option(value(entry.first.value()),
                                        flag("selected", entry.first.value() == chosen), entry.second.name);
                        })));
  }
  Html person() const {
    std::string const chosen = now("person");
    return frame(
        "person", t_("责任人", "Person"), false, {},
        select(id("finding-person"), name("person"), option(value(""), t_("不指定", "nobody in particular")),
               each(visit_.organisation->participants, [&](auto const& entry) {
                 Participant const& who = entry.second;
                 return when(who.active && who.unit, [&] {
                   return option(value(entry.first.value()), flag("selected", entry.first.value() == chosen),
                                 who.name);
                 });
               })));
  }
  Html kind() const {
    std::string const chosen = now("rectification");
    auto const one = [&](Rectification each_) {
      return option(value(to_string(each_)), flag("selected", chosen == to_string(each_)),
                    in(t_.language(), rectification_name(each_)));
    };
    return frame(
        "rectification", t_("类别", "Kind"), false, t_("不选则按时限用语", "else as the deadline says"),
        select(
            id("finding-rectification"), name("rectification"),
            option(value(""), t_("按时限用语", "as the deadline says")),
            group(one(Rectification::Immediate), one(Rectification::Dated), one(Rectification::LongTerm))));
  }
};

Response show_form(Visit const& visit, Refusal const* refusal) {
  Say const& t = visit.t;
  return page(visit,
              {.title = {"登记问题", "Register a finding"},
               .section = "/findings",
               .status = refusal ? status_of(refusal->reason) : 200},
              group(p(a(href("/findings"), t("返回台账", "Back to the ledger"))),
                    h1(t("登记反馈问题", "Register a finding")), Form(visit, refusal).all()));
}

/// The numbers after `prefix` in the names of the boxes that are ticked.
std::vector<std::string> ticked(Request const& request, std::string const& prefix) {
  std::vector<std::string> names;
  for (auto entry = request.form.lower_bound(prefix);
       entry != request.form.end() && entry->first.starts_with(prefix); ++entry)
    if (!entry->second.empty()) names.push_back(entry->first.substr(prefix.size()));
  return names;
}

Result<FindingWish> wish_in(Visit const& visit, Request const& request) {
  FindingWish wish;
  std::vector<Fault> faults;
  if (auto const board = visit.board()) wish.plan = board->plan.year;
  wish.source = request.field("source");
  wish.reference = request.field("reference");
  wish.title = request.field("title");
  wish.problem = request.field("problem");
  wish.goal = request.field("goal");
  wish.measures = request.field("measures");
  wish.unit = UnitId{request.field("unit")};
  wish.deadline = request.field("deadline");
  wish.common = !request.field("common").empty();
  if (std::string const who = request.field("person"); !who.empty()) wish.person = Username{who};
  if (std::string const day = request.field("fed_back"); !day.empty()) {
    if (auto const date = parse_date(day))
      wish.fed_back = *date;
    else
      faults.push_back({"/fed_back", {"不是日期", "must be a date, as 2024-03-15"}});
  }
  if (std::string const kind = request.field("rectification"); !kind.empty()) {
    wish.rectification = rectification_named(kind);
    if (!wish.rectification)
      faults.push_back({"/rectification", {"类别不认识", "must be immediate, dated or long_term"}});
  }
  for (std::string const& item : ticked(request, "linked."))
    wish.linked.emplace_back(whole_number(item).value_or(0));
  if (std::string const like = request.field("similar_to"); !like.empty())
    wish.similar_to = ItemId{whole_number(like).value_or(0)};
  if (!faults.empty()) return tl::unexpected(Refusal{Reason::Malformed, std::move(faults)});
  return wish;
}

void send_finding(Application& application, std::shared_ptr<Request const> const& request,
                  Respond const& respond) {
  auto const answer = [&application, request, respond](Result<Finding> const& finding) {
    Visit const visit(application, *request);
    if (!finding)
      return respond(finding.error().reason == Reason::Forbidden ? refusal_page(visit, finding.error())
                                                                 : show_form(visit, &finding.error()));
    respond(see_other_with(
        item_path(finding->item),
        {false,
         std::string(finding->relapse_of ? visit.t("已登记并交办；这是反弹问题，已报统筹人员和领导小组",
                                                   "Registered: a relapse; coordinator and "
                                                   "leadership are told")
                                         : visit.t("已登记并交办", "Registered and issued"))}));
  };
  Visit const visit(application, *request);
  Result<FindingWish> wish = wish_in(visit, *request);
  if (!wish) return answer(tl::unexpected(wish.error()));
  register_finding(application, std::move(*wish), request->visitor->username, answer);
}

/// Back to the item's page, with what was done or why not.
template <class Value>
Written<Value> back_to_item(std::shared_ptr<Request const> request, Respond respond, ItemId item,
                            std::string_view zh, std::string_view en) {
  return [request, respond, item, zh, en](Result<Value> const& written) {
    Say const t(request->language);
    std::string words(t(zh, en));
    if (!written) {
      words.clear();
      for (Fault const& fault : written.error().faults)
        words += (words.empty() ? "" : "；") + in(request->language, fault.detail);
    }
    respond(see_other_with(item_path(item) + "#finding", {!written, words}));
  };
}

void send_group(Application& application, std::shared_ptr<Request const> const& request,
                Respond const& respond) {
  ItemId const item{whole_number(request->path_parameters.at("id")).value_or(0)};
  std::vector<ItemId> with;
  if (std::string const other = request->field("with"); !other.empty())
    with.emplace_back(whole_number(other).value_or(0));
  group_findings(application, item, std::move(with), request->visitor->username,
                 back_to_item<Finding>(request, respond, item, "已归类", "Grouped"));
}

void send_self_checks(Application& application, std::shared_ptr<Request const> const& request,
                      Respond const& respond) {
  ItemId const item{whole_number(request->path_parameters.at("id")).value_or(0)};
  SelfCheck wish{item, {}, request->field("deadline"), request->field("text")};
  for (std::string& unit : ticked(*request, unit_prefix)) wish.units.emplace_back(std::move(unit));
  push_self_check(
      application, std::move(wish), request->visitor->username,
      back_to_item<std::vector<Finding>>(request, respond, item, "已推送自查", "Self-checks sent"));
}

}  // namespace

void add_finding_form(Router& router, Application& application) {
  add_page(router, application, "/findings/new", [](Visit const& visit) -> Result<Response> {
    if (visit.may("finding.register")) return show_form(visit, nullptr);
    return refuse(
        Reason::Forbidden, "",
        {"登记问题由统筹人员、核查人员和领导办理", "coordinators, inspectors and leaders register findings"});
  });
  for (auto const& [pattern, handle] : {std::pair{"/findings", &send_finding},
                                        {"/findings/{id}/group", &send_group},
                                        {"/findings/{id}/self-checks", &send_self_checks}})
    router.add("POST", pattern, Access::SignedIn,
               [&application, handle = handle](std::shared_ptr<Request const> request, Respond respond) {
                 handle(application, request, respond);
               });
}

}  // namespace xiaohao::web::pages
