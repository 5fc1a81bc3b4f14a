// `/admin/organisation/people/USERNAME`: one person; roles, unit, account, and who takes over his work.

#include <algorithm>

#include "web/organising.hpp"
#include "web/pages/account.hpp"
#include "web/pages/organisation/organisation.hpp"
#include "web/pages/parts.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;

Html change_form(Visit const& visit, Participant const& person) {
  Say const& t = visit.t;
  return section(
      cls("sheet"), h2(t("维护", "Change")),
      p(cls("hint"),
        t("系统管理员、安全管理员、审计员三权分立，不能兼任其他角色；不能变更自己的角色、单位和在岗状态。",
          "The three administrators exclude one another and every other role; nobody changes his own roles, "
          "unit "
          "or leaving.")),
      post_form(
          visit, person_page(person.username), cls("stacked"),
          input(type("hidden"), name("seen"), value(version_of(person))),
          labelled(t("姓名", "Name"),
                   input(name("name"), value(person.name), attr("maxlength", 60), flag("required"))),
          labelled(t("单位", "Unit"), unit_select(visit, "unit", person.unit, t("无", "none"))),
          fieldset(legend(t("角色", "Roles")), role_boxes(visit, person.roles)),
          labelled(t("电子邮件", "E-mail"), input(name("email"), type("email"), value(person.email))),
          label(input(type("checkbox"), name("active"), value("1"), flag("checked", person.active)), " ",
                t("在岗（取消后立即退出，会话和令牌作废）",
                  "Active (without it he is out at once, and sessions and tokens end)")),
          button(type("submit"), cls("primary"), t("保存", "Save"))));
}

Html account_section(Visit const& visit, Participant const& person) {
  Say const& t = visit.t;
  auto const account = visit.application.engine.store().read()->account(person.username);
  return section(
      cls("sheet"), h2(t("账号", "Account")),
      account
          ? p(account->disabled ? t("已停用。", "Disabled.") : t("已开通。", "There is one."))
          : group(p(t("还没有。生成一次性链接交给本人，由其自设密码；三天内有效，只显示一次。",
                      "None yet. A link for him to set his password; good once, for three days, and shown "
                      "once.")),
                  post_form(visit, person_page(person.username) + "/invitation",
                            button(type("submit"), t("生成链接", "Make a link")))));
}

Html hand_over_form(Visit const& visit, Participant const& person) {
  Say const& t = visit.t;
  auto const takes_over = [&](Participant const& other) {
    return other.username != person.username && other.has(Role::Owner) &&
           (!person.unit || other.unit == person.unit);
  };
  auto const reader = visit.application.engine.store().read();
  Html items;
  if (person.unit)
    for (WorkItem const& item : work_of_person(*reader, *person.unit, person.username))
      items += li(item_link(item), when(item.status.requested_due.has_value(),
                                        small(t("（延期待批）", " (extension asked for)"))));
  return section(
      cls("sheet"), h2(t("移交工作", "Hand over his work")),
      p(cls("hint"),
        t("离岗时用：他经手的在办事项和外出代理交给本单位另一责任人，两人都记入事项经过；他此前的办理仍是"
          "他的，不能由他审核。",
          "When he leaves: his open items and absences go to another owner of the unit, and both stand "
          "in the items' history. What he did stays his: he reviews none of it.")),
      items.empty() ? p(t("没有他经手的在办事项。", "He has a part in no open item."))
                    : ul(cls("plain"), items),
      post_form(visit, person_page(person.username) + "/hand-over", cls("stacked"),
                labelled(t("接手人", "To"), person_select(visit, "to", std::nullopt, "", takes_over)),
                labelled(t("原因", "Reason"), textarea(name("reason"), flag("required"))),
                button(type("submit"), t("移交", "Hand over"))));
}

Result<Response> show_person(Visit const& visit) {
  Say const& t = visit.t;
  Participant const* const person =
      visit.organisation->participant(Username{visit.request.path_parameters.at("username")});
  if (!person) return refuse(Reason::NotFound, "", {"没有这个人", "there is no such person"});
  bool const keeps_people = visit.may_administer("people.change");
  std::vector<std::string> heads;
  for (auto const& [id, unit] : visit.organisation->units)
    if (unit.head == person->username || unit.supervising_leader == person->username)
      heads.push_back(unit.name);
  return page(
      visit, {.title = {person->name, person->name}, .section = organisation_path},
      group(h1(person->name, when(!person->active, small(t("（已离岗）", " (has left)")))),
            p(a(href(organisation_path), t("返回组织机构", "Back to the organisation"))),
            section(cls("sheet"), element("dl", {cls("organisation-facts"), dt(t("用户名", "User name")),
                                                 dd(code(person->username.value())), dt(t("单位", "Unit")),
                                                 dd(person->unit ? a(href(unit_page(*person->unit)),
                                                                     visit.unit_name(*person->unit))
                                                                 : Html(span("–"))),
                                                 dt(t("角色", "Roles")), dd(roles_of(visit, *person)),
                                                 dt(t("负责或分管", "Heads or supervises")),
                                                 dd(heads.empty() ? "–" : listed(t, heads))})),
            when(keeps_people,
                 [&] {
                   return group(change_form(visit, *person),
                                when(person->active && visit.application.identity,
                                     [&] { return account_section(visit, *person); }));
                 }),
            when(visit.may("work.hand_over"), [&] { return hand_over_form(visit, *person); })));
}

void post_change(Application& application, std::shared_ptr<Request const> request, Respond respond) {
  Username const username{request->path_parameters.at("username")};
  auto const organisation = application.engine.organisation();
  Participant const* const known = organisation->participant(username);
  auto const told = told_on<Participant>(known ? person_page(username) : organisation_path, request, respond);
  if (!known) return told(refuse(Reason::NotFound, "", {"没有这个人", "there is no such person"}));
  Participant wish = *known;
  std::string const unit = request->field("unit");
  wish.name = request->field("name");
  wish.unit = unit.empty() ? std::nullopt : std::optional(UnitId{unit});
  wish.roles = roles_in(*request);
  // The same roles in another order are no change.
  if (std::is_permutation(wish.roles.begin(), wish.roles.end(), known->roles.begin(), known->roles.end()))
    wish.roles = known->roles;
  wish.email = request->field("email");
  wish.active = !request->field("active").empty();
  change_participant(application, std::move(wish), request->field("seen"), request->visitor->username, told);
}

/// Shown once, on the answer itself: a redirect would have to carry it.
Response invite(Application& application, Request const& request) {
  Username const username{request.path_parameters.at("username")};
  Result<std::string> const address = invitation_address(application, request, username);
  if (!address) return back_to(person_page(username), request, tl::unexpected(address.error()), {});
  Visit const visit(application, request);
  Say const& t = visit.t;
  return page(visit, {.title = {"账号链接", "Account link"}, .section = organisation_path},
              group(h1(t("账号链接", "Account link")),
                    p(t("请交给本人，三天内打开一次，设置密码；关闭本页后不再显示：",
                        "Give it to him; it opens once, within three days, and is not shown again:")),
                    p(code(cls("secret"), *address)), p(a(href(person_page(username)), t("返回", "Back")))));
}

}  // namespace

void add_person_pages(Router& router, Application& application) {
  std::string const path = std::string(organisation_path) + "/people/{username}";
  add_page(router, application, path, show_person);
  router.add("POST", path, Access::SignedIn,
             [&application](std::shared_ptr<Request const> request, Respond respond) {
               post_change(application, request, respond);
             });
  router.add("POST", path + "/invitation", Access::SignedIn,
             [&application](std::shared_ptr<Request const> request, Respond respond) {
               auto const make = [&application, request, respond] { respond(invite(application, *request)); };
               if (!application.workers.run(make)) make();
             });
  router.add("POST", path + "/hand-over", Access::SignedIn,
             [&application](std::shared_ptr<Request const> request, Respond respond) {
               Username const from{request->path_parameters.at("username")};
               hand_over_person(application, from, Username{request->field("to")}, request->field("reason"),
                                request->visitor->username,
                                told_on<HandedOver>(person_page(from), request, respond));
             });
}

}  // namespace xiaohao::web::pages
