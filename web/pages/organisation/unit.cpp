// `/admin/organisation/units/ID`: one unit; its name, who heads it, and what becomes of its work.

#include <algorithm>

#include "web/organising.hpp"
#include "web/pages/item/history.hpp"
#include "web/pages/organisation/organisation.hpp"
#include "web/pages/parts.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;

Result<Unit const*> unit_of(Visit const& visit) {
  Unit const* const unit = visit.organisation->unit(UnitId{visit.request.path_parameters.at("id")});
  if (unit) return unit;
  return refuse(Reason::NotFound, "", {"没有这个单位", "there is no such unit"});
}

Html change_form(Visit const& visit, Unit const& unit) {
  Say const& t = visit.t;
  auto const heads_it = [&](Participant const& person) {
    return person.unit == unit.id && person.has(Role::Head);
  };
  auto const leads = [](Participant const& person) { return person.has(Role::Leader); };
  return section(
      cls("sheet"), h2(t("维护", "Change")),
      post_form(
          visit, unit_page(unit.id), cls("stacked"),
          input(type("hidden"), name("seen"), value(version_of(unit))),
          labelled(t("名称", "Name"),
                   input(name("name"), value(unit.name), attr("maxlength", 60), flag("required"))),
          labelled(t("类别", "Kind"),
                   select(name("kind"),
                          option(value("agency"), flag("selected", unit.kind == "agency"),
                                 t("县直单位", "Agency")),
                          option(value("township"), flag("selected", unit.kind == "township"),
                                 t("乡（镇、场）", "Township")))),
          labelled(t("负责人", "Head"), person_select(visit, "head", unit.head, t("无", "none"), heads_it)),
          labelled(
              t("分管领导", "Supervising leader"),
              person_select(visit, "supervising_leader", unit.supervising_leader, t("无", "none"), leads)),
          label(input(type("checkbox"), name("retired"), value("1"), flag("checked", unit.retired)), " ",
                t("撤并（须无在办事项、无在岗人员、不在单位组中）",
                  "Retired (needs no open item, no active person, and to be in no group)")),
          button(type("submit"), cls("primary"), t("保存", "Save"))));
}

Html hand_over_form(Visit const& visit, Unit const& unit, std::size_t open) {
  Say const& t = visit.t;
  return section(cls("sheet"), h2(t("移交全部在办事项", "Hand over all open items")),
                 p(cls("hint"), t("单位撤并时用：本单位的在办事项终止，接手单位得到同样的事项，时限不变，重新"
                                  "签收、反馈；须由领导办理。",
                                  "For a unit that is merged: its open items end, and the other unit gets "
                                  "the same with their due dates, "
                                  "to be accepted and reported anew. A leader decides it.")),
                 post_form(visit, unit_page(unit.id) + "/hand-over", cls("stacked"),
                           labelled(t("接手单位", "To"), unit_select(visit, "to", std::nullopt, "")),
                           labelled(t("原因", "Reason"), textarea(name("reason"), flag("required"))),
                           button(type("submit"), cls("danger"), t("移交 ", "Hand over "), open,
                                  t(" 个事项", " items"))));
}

Result<Response> show_unit(Visit const& visit) {
  Say const& t = visit.t;
  Result<Unit const*> const found = unit_of(visit);
  if (!found) return tl::unexpected(found.error());
  Unit const& unit = **found;
  store::ItemFilter filter;
  filter.unit = unit.id;
  filter.open = true;
  std::size_t const open = visit.application.engine.store().read()->items(filter).size();
  std::vector<std::string> groups;
  for (auto const& [id, group] : visit.organisation->groups)
    if (std::find(group.members.begin(), group.members.end(), unit.id) != group.members.end())
      groups.push_back(group.name);
  Html people;
  for (auto const& [username, person] : visit.organisation->participants)
    if (person.unit == unit.id)
      people += li(a(href(person_page(username)), person.name), " ",
                   small(roles_of(visit, person), when(!person.active, t("，已离岗", ", has left"))));
  return page(
      visit, {.title = {unit.name, unit.name}, .section = organisation_path},
      group(
          h1(unit.name, when(unit.retired, small(t("（已撤并）", " (retired)")))),
          p(a(href(organisation_path), t("返回组织机构", "Back to the organisation"))),
          section(
              cls("sheet"),
              element("dl",
                      {cls("organisation-facts"), dt(t("代码", "Id")), dd(code(unit.id.value())),
                       dt(t("负责人", "Head")), dd(unit.head ? person_name(visit, *unit.head) : "–"),
                       dt(t("分管领导", "Supervising leader")),
                       dd(unit.supervising_leader ? person_name(visit, *unit.supervising_leader) : "–"),
                       dt(t("单位组", "Groups")), dd(groups.empty() ? "–" : listed(t, groups)),
                       dt(t("在办事项", "Open items")), dd(a(href("/items?unit=" + unit.id.value()), open))}),
              h2(t("人员", "People")),
              people.empty() ? p(t("没有人员。", "Nobody.")) : ul(cls("plain"), people)),
          when(visit.may_administer("units.change"), [&] { return change_form(visit, unit); }),
          when(visit.may("work.hand_over") && open > 0, [&] { return hand_over_form(visit, unit, open); })));
}

std::optional<Username> chosen_person(Request const& request, char const* field) {
  std::string const username = request.field(field);
  return username.empty() ? std::nullopt : std::optional(Username{username});
}

void post_change(Application& application, std::shared_ptr<Request const> request, Respond respond) {
  UnitId const id{request->path_parameters.at("id")};
  auto const organisation = application.engine.organisation();
  Unit const* const known = organisation->unit(id);
  auto const told = told_on<Unit>(known ? unit_page(id) : organisation_path, request, respond);
  if (!known) return told(refuse(Reason::NotFound, "", {"没有这个单位", "there is no such unit"}));
  Unit wish = *known;
  wish.name = request->field("name");
  wish.kind = request->field("kind");
  wish.head = chosen_person(*request, "head");
  wish.supervising_leader = chosen_person(*request, "supervising_leader");
  wish.retired = !request->field("retired").empty();
  change_unit(application, std::move(wish), request->field("seen"), request->visitor->username, told);
}

}  // namespace

void add_unit_pages(Router& router, Application& application) {
  std::string const path = std::string(organisation_path) + "/units/{id}";
  add_page(router, application, path, show_unit);
  router.add("POST", path, Access::SignedIn,
             [&application](std::shared_ptr<Request const> request, Respond respond) {
               post_change(application, request, respond);
             });
  router.add("POST", path + "/hand-over", Access::SignedIn,
             [&application](std::shared_ptr<Request const> request, Respond respond) {
               UnitId const id{request->path_parameters.at("id")};
               hand_over_unit(application, id, UnitId{request->field("to")}, request->field("reason"),
                              request->visitor->username,
                              told_on<HandedOver>(unit_page(id), request, respond));
             });
}

}  // namespace xiaohao::web::pages
