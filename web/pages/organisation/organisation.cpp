// `/admin/organisation`: units by kind with their people, groups with their members, and those of no unit.

#include "web/pages/organisation/organisation.hpp"

#include <algorithm>

#include "web/http/target.hpp"
#include "web/organising.hpp"
#include "web/pages/item/history.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/parts.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;

std::string_view kind_words(Say const& t, std::string_view kind) {
  return kind == "township" ? t("乡（镇、场）", "Townships") : t("县直单位", "Agencies");
}

std::vector<Participant const*> people_of(Visit const& visit, std::optional<UnitId> const& unit) {
  std::vector<Participant const*> people;
  for (auto const& [username, person] : visit.organisation->participants)
    if (person.unit == unit) people.push_back(&person);
  return people;
}

bool holds(std::string const& text, std::string const& search) {
  return text.find(search) != std::string::npos;
}
bool is_found(Participant const& person, std::string const& search) {
  return holds(person.name, search) || holds(person.username.value(), search);
}

Html person_link(Visit const& visit, Participant const& person) {
  Say const& t = visit.t;
  return span(a(href(person_page(person.username)), person.name), " ",
              small(roles_of(visit, person), when(!person.active, t("，已离岗", ", has left"))));
}

Html people_cell(Visit const& visit, std::vector<Participant const*> const& people) {
  return ul(cls("plain"),
            each(people, [&](Participant const* person) { return li(person_link(visit, *person)); }));
}

Html unit_row(Visit const& visit, Unit const& unit) {
  Say const& t = visit.t;
  return tr(
      td(data("label", t("单位", "Unit")), span(a(href(unit_page(unit.id)), unit.name),
                                                when(unit.retired, small(t("（已撤并）", " (retired)"))))),
      td(data("label", t("负责人", "Head")), unit.head ? person_name(visit, *unit.head) : ""),
      td(data("label", t("分管领导", "Leader")),
         unit.supervising_leader ? person_name(visit, *unit.supervising_leader) : ""),
      td(data("label", t("人员", "People")), people_cell(visit, people_of(visit, unit.id))));
}

Html units_section(Visit const& visit, std::string_view kind, std::string const& search) {
  Say const& t = visit.t;
  Html rows;
  int count = 0;
  for (auto const& [id, unit] : visit.organisation->units) {
    if (unit.kind != kind) continue;
    auto const people = people_of(visit, id);
    bool const found = holds(unit.name, search) || holds(id.value(), search) ||
                       std::any_of(people.begin(), people.end(),
                                   [&](Participant const* person) { return is_found(*person, search); });
    if (!found) continue;
    ++count;
    rows += unit_row(visit, unit);
  }
  if (count == 0) return {};
  return section(cls("sheet"), h2(kind_words(t, kind), t("（", " ("), count, t("）", ")")),
                 div(cls("table-frame"),
                     table(cls("cards"),
                           thead(tr(th(t("单位", "Unit")), th(t("负责人", "Head")),
                                    th(t("分管领导", "Supervising leader")), th(t("人员", "People")))),
                           tbody(rows))));
}

Html groups_section(Visit const& visit, std::string const& search) {
  Say const& t = visit.t;
  Html rows;
  for (auto const& [id, group] : visit.organisation->groups) {
    if (!holds(group.name, search) && !holds(id.value(), search)) continue;
    std::vector<std::string> names;
    for (UnitId const& member : group.members) names.push_back(visit.unit_name(member));
    rows +=
        tr(td(data("label", t("单位组", "Group")), a(href(group_page(id)), group.name)),
           td(data("label", t("成员", "Members")),
              is_retired(group) ? std::string(t("已撤销", "retired"))
              : group.kind == "persons" ? std::string(t("（指人员，不分解任务）", "(people; has no shares)"))
              : !group.members_known ? std::string(t("方案未列明，待确定", "not named yet"))
                                     : listed(t, names)));
  }
  if (rows.empty()) return {};
  return section(
      cls("sheet"), id("groups"), h2(t("单位组", "Groups")),
      div(cls("table-frame"),
          table(cls("cards"), thead(tr(th(t("单位组", "Group")), th(t("成员", "Members")))), tbody(rows))));
}

Html others_section(Visit const& visit, std::string const& search) {
  Say const& t = visit.t;
  auto others = people_of(visit, std::nullopt);
  std::erase_if(others, [&](Participant const* person) { return !is_found(*person, search); });
  if (others.empty()) return {};
  return section(cls("sheet"), h2(t("不属单位的人员", "People of no unit")), people_cell(visit, others));
}

Html add_unit_form(Visit const& visit) {
  Say const& t = visit.t;
  return details(
      cls("sheet"), summary(t("新增单位", "Add a unit")),
      post_form(
          visit, std::string(organisation_path) + "/units", cls("stacked"),
          labelled(t("代码（小写字母、数字、连字符，定后不改）",
                     "Id (lower-case letters, digits, hyphens; for good)"),
                   input(name("id"), attr("maxlength", 40), flag("required"))),
          labelled(t("名称", "Name"), input(name("name"), attr("maxlength", 60), flag("required"))),
          labelled(t("类别", "Kind"), select(name("kind"), option(value("agency"), kind_words(t, "agency")),
                                             option(value("township"), kind_words(t, "township")))),
          button(type("submit"), t("新增", "Add"))));
}

Html add_group_form(Visit const& visit) {
  Say const& t = visit.t;
  return details(
      cls("sheet"), summary(t("新增单位组", "Add a group")),
      post_form(visit, std::string(organisation_path) + "/groups", cls("stacked"),
                labelled(t("代码（小写字母、数字、连字符，定后不改）",
                           "Id (lower-case letters, digits, hyphens; for good)"),
                         input(name("id"), attr("maxlength", 40), flag("required"))),
                labelled(t("名称", "Name"), input(name("name"), attr("maxlength", 60), flag("required"))),
                p(cls("hint"),
                  t("新组没有成员，建好后在它的页面加入。", "It begins empty; add members on its page.")),
                button(type("submit"), t("新增", "Add"))));
}

Html add_person_form(Visit const& visit) {
  Say const& t = visit.t;
  return details(
      cls("sheet"), summary(t("新增人员", "Add a person")),
      post_form(visit, std::string(organisation_path) + "/people", cls("stacked"),
                labelled(t("用户名（定后不改）", "User name (for good)"),
                         input(name("username"), attr("maxlength", 64), flag("required"))),
                labelled(t("姓名", "Name"), input(name("name"), attr("maxlength", 60), flag("required"))),
                labelled(t("单位", "Unit"), unit_select(visit, "unit", std::nullopt, t("无", "none"))),
                labelled(t("角色", "Role"), role_boxes(visit, {})),
                labelled(t("电子邮件", "E-mail"), input(name("email"), type("email"))),
                button(type("submit"), t("新增", "Add"))));
}

Result<Response> overview(Visit const& visit) {
  Say const& t = visit.t;
  std::string const search = visit.request.query.contains("q") ? visit.request.query.at("q") : "";
  Html const found = group(units_section(visit, "agency", search), units_section(visit, "township", search),
                           groups_section(visit, search), others_section(visit, search));
  return page(
      visit, {.title = {"组织机构", "Organisation"}, .section = organisation_path},
      group(h1(t("组织机构", "Organisation")),
            p(cls("lead"), t("单位由系统管理员维护，人员和角色由安全管理员维护，单位组成员由统筹人员和领导调"
                             "整；每次变更即时生效、记入日志。",
                             "The system administrator keeps the units, the security administrator people "
                             "and roles, leaders "
                             "and coordinators the groups. Each change counts at once and is journalled.")),
            form(attr("method", "get"), action(organisation_path), cls("find"),
                 label(span(cls("unseen"), t("查找", "Search")),
                       input(type("search"), name("q"), value(search),
                             attr("placeholder", t("单位、人员或单位组", "unit, person or group")))),
                 " ", button(type("submit"), t("查找", "Search"))),
            when(visit.may_administer("units.change"), [&] { return add_unit_form(visit); }),
            when(visit.may_administer("people.change"), [&] { return add_person_form(visit); }),
            when(visit.may("members.change"), [&] { return add_group_form(visit); }),
            found.empty() ? p(t("没有找到。", "Nothing found.")) : found));
}

void post_unit(Application& application, std::shared_ptr<Request const> request, Respond respond) {
  UnitId const id{request->field("id")};
  Written<Unit> const done = [request, respond, id](Result<Unit> const& written) {
    told_on<Unit>(written ? unit_page(id) : organisation_path, request, respond)(written);
  };
  add_unit(application,
           {id, request->field("name"), request->field("kind"), false, std::nullopt, std::nullopt},
           request->visitor->username, done);
}

void post_group(Application& application, std::shared_ptr<Request const> request, Respond respond) {
  GroupId const id{request->field("id")};
  Written<UnitGroup> const done = [request, respond, id](Result<UnitGroup> const& written) {
    told_on<UnitGroup>(written ? group_page(id) : organisation_path, request, respond)(written);
  };
  add_group(application, id, request->field("name"), request->visitor->username, done);
}

void post_person(Application& application, std::shared_ptr<Request const> request, Respond respond) {
  Username const username{request->field("username")};
  Written<Participant> const done = [request, respond, username](Result<Participant> const& written) {
    told_on<Participant>(written ? person_page(username) : organisation_path, request, respond)(written);
  };
  std::string const unit = request->field("unit");
  add_participant(
      application,
      {username, request->field("name"), unit.empty() ? std::nullopt : std::optional(UnitId{unit}),
       roles_in(*request), request->field("email"), true},
      request->visitor->username, done);
}

}  // namespace

std::string unit_page(UnitId const& unit) {
  return std::string(organisation_path) + "/units/" + encode_component(unit.value());
}
std::string group_page(GroupId const& group) {
  return std::string(organisation_path) + "/groups/" + encode_component(group.value());
}
std::string person_page(Username const& username) {
  return std::string(organisation_path) + "/people/" + encode_component(username.value());
}

Html labelled(std::string_view words, Html const& control) { return label(span(words), control); }

Html unit_select(Visit const& visit, char const* field, std::optional<UnitId> const& chosen,
                 std::string_view nothing) {
  auto const options_of = [&](std::string_view kind) {
    return optgroup(attr("label", kind_words(visit.t, kind)),
                    each(visit.organisation->units, [&](auto const& entry) {
                      Unit const& unit = entry.second;
                      if (unit.kind != kind || (unit.retired && chosen != unit.id)) return Html{};
                      return option(value(unit.id.value()), flag("selected", chosen == unit.id), unit.name);
                    }));
  };
  return select(name(field), flag("required", nothing.empty()), option(value(""), nothing),
                options_of("agency"), options_of("township"));
}

Html person_select(Visit const& visit, char const* field, std::optional<Username> const& chosen,
                   std::string_view nothing, std::function<bool(Participant const&)> const& fits) {
  return select(name(field), flag("required", nothing.empty()), option(value(""), nothing),
                each(visit.organisation->participants, [&](auto const& entry) {
                  Participant const& person = entry.second;
                  bool const is_chosen = chosen == person.username;
                  if (!is_chosen && (!person.active || !fits(person))) return Html{};
                  return option(value(person.username.value()), flag("selected", is_chosen), person.name,
                                " (", person.username.value(), ")");
                }));
}

Html role_boxes(Visit const& visit, std::vector<Role> const& chosen) {
  return span(cls("choices"), each(all_roles, [&](Role role) {
                bool const is_chosen = std::find(chosen.begin(), chosen.end(), role) != chosen.end();
                return label(input(type("checkbox"), name("role-" + std::string(to_string(role))), value("1"),
                                   flag("checked", is_chosen)),
                             " ", role_name(visit.t, role));
              }));
}

std::vector<Role> roles_in(Request const& request) {
  std::vector<Role> roles;
  for (Role const role : all_roles)
    if (!request.field("role-" + std::string(to_string(role))).empty()) roles.push_back(role);
  return roles;
}

std::string roles_of(Visit const& visit, Participant const& person) {
  std::vector<std::string> names;
  for (Role const role : person.roles) names.emplace_back(role_name(visit.t, role));
  return listed(visit.t, names);
}

void add_organisation_pages(Router& router, Application& application) {
  add_page(router, application, organisation_path, overview);
  router.add("POST", std::string(organisation_path) + "/units", Access::SignedIn,
             [&application](std::shared_ptr<Request const> request, Respond respond) {
               post_unit(application, request, respond);
             });
  router.add("POST", std::string(organisation_path) + "/groups", Access::SignedIn,
             [&application](std::shared_ptr<Request const> request, Respond respond) {
               post_group(application, request, respond);
             });
  router.add("POST", std::string(organisation_path) + "/people", Access::SignedIn,
             [&application](std::shared_ptr<Request const> request, Respond respond) {
               post_person(application, request, respond);
             });
  add_unit_pages(router, application);
  add_group_pages(router, application);
  add_person_pages(router, application);
}

}  // namespace xiaohao::web::pages
