// `/admin/organisation/groups/ID`: who is in a group, and what joining and leaving means for open tasks.

#include <algorithm>

#include "engine/organisation_change.hpp"
#include "web/membership_desk.hpp"
#include "web/organising.hpp"
#include "web/pages/organisation/organisation.hpp"
#include "web/pages/parts.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;

Html add_form(Visit const& visit, UnitGroup const& group) {
  Say const& t = visit.t;
  return section(cls("sheet"), h2(t("加入", "Add a member")),
                 p(cls("hint"), t("新成员即时分得该组在办任务，从今天起计。",
                                  "A new member gets its share of the group's open tasks, from today.")),
                 post_form(visit, group_page(group.id), cls("stacked"),
                           input(type("hidden"), name("seen"), value(version_of(group))),
                           labelled(t("单位", "Unit"), unit_select(visit, "add", std::nullopt, "")),
                           button(type("submit"), cls("primary"), t("加入", "Add"))));
}

Html remove_form(Visit const& visit, UnitGroup const& group) {
  Say const& t = visit.t;
  return section(
      cls("sheet"), h2(t("移出", "Take a member out")),
      post_form(
          visit, group_page(group.id), cls("stacked"),
          input(type("hidden"), name("seen"), value(version_of(group))),
          labelled(t("单位", "Unit"), select(name("remove"), flag("required"), option(value(""), ""),
                                             each(group.members,
                                                  [&](UnitId const& member) {
                                                    return option(value(member.value()),
                                                                  visit.unit_name(member));
                                                  }))),
          labelled(t("它的在办任务", "Its open shares"),
                   select(name("then"), option(value("keep"), t("暂不处理，仍由它办理", "stay open for now")),
                          option(value("cancel"), t("终止（须由领导办理）", "end (a leader decides)")),
                          option(value("pass"),
                                 t("移交下列单位（须由领导办理）", "go to this unit (a leader decides)")))),
          labelled(t("接手单位", "Unit that takes over"),
                   unit_select(visit, "successor", std::nullopt, t("无", "none"))),
          labelled(t("原因（终止或移交时必填）", "Reason (where shares end)"), textarea(name("reason"))),
          button(type("submit"), cls("danger"), t("移出", "Take out"))));
}

Html rename_form(Visit const& visit, UnitGroup const& group) {
  Say const& t = visit.t;
  return section(
      cls("sheet"), h2(t("更名", "Rename")),
      p(cls("hint"), t("清单中的原名仍指这个组。", "The name that plans use still means this group.")),
      post_form(visit, group_page(group.id) + "/name", cls("stacked"),
                input(type("hidden"), name("seen"), value(version_of(group))),
                labelled(t("名称", "Name"),
                         input(name("name"), value(group.name), attr("maxlength", 60), flag("required"))),
                button(type("submit"), t("更名", "Rename"))));
}

Result<Response> show_group(Visit const& visit) {
  Say const& t = visit.t;
  auto const found = visit.organisation->groups.find(GroupId{visit.request.path_parameters.at("id")});
  if (found == visit.organisation->groups.end())
    return refuse(Reason::NotFound, "", {"没有这个单位组", "there is no such group"});
  UnitGroup const& shown_group = found->second;
  Html members;
  for (UnitId const& member : shown_group.members)
    members += li(a(href(unit_page(member)), visit.unit_name(member)));
  bool const may = visit.may("members.change") && shown_group.kind != "persons";
  return page(
      visit, {.title = {shown_group.name, shown_group.name}, .section = organisation_path},
      html::group(h1(shown_group.name),
                  p(a(href(organisation_path), t("返回组织机构", "Back to the organisation"))),
                  section(cls("sheet"), h2(t("成员", "Members")),
                          members.empty()
                              ? p(t("方案未列明，待确定。", "The plan names nobody; nobody has said since."))
                              : ul(cls("plain columns"), members)),
                  when(may, [&] { return add_form(visit, shown_group); }),
                  when(may && !shown_group.members.empty(), [&] { return remove_form(visit, shown_group); }),
                  when(visit.may("members.change"), [&] { return rename_form(visit, shown_group); })));
}

MembershipWish wish_in(Request const& request) {
  MembershipWish wish{
      GroupId{request.path_parameters.at("id")}, request.field("seen"), {}, {}, {}, request.field("reason")};
  if (std::string const unit = request.field("add"); !unit.empty()) wish.add.emplace_back(unit);
  std::string const leaver = request.field("remove");
  if (leaver.empty()) return wish;
  wish.remove.emplace_back(leaver);
  std::string const then = request.field("then");
  if (then == "cancel") wish.decisions.emplace(UnitId{leaver}, std::nullopt);
  if (then == "pass") wish.decisions.emplace(UnitId{leaver}, UnitId{request.field("successor")});
  return wish;
}

void change_members(Application& application, std::shared_ptr<Request const> const& request,
                    Respond const& respond) {
  MembershipWish const wish = wish_in(*request);
  auto const done = application.membership_desk->change(wish, request->visitor->username);
  if (!done) return told_on<MembershipOutcome>(group_page(wish.group), request, respond)(done);
  Say const t(request->language);
  std::string words(t("已记录：新增责任分解 ", "Recorded: new shares "));
  words += std::to_string(done->shares_made) + std::string(t("，终止 ", ", ended ")) +
           std::to_string(done->shares_ended) + std::string(t("，待决定 ", ", undecided ")) +
           std::to_string(done->undecided);
  respond(see_other_with(group_page(wish.group), {false, words}));
}

}  // namespace

void add_group_pages(Router& router, Application& application) {
  std::string const path = std::string(organisation_path) + "/groups/{id}";
  add_page(router, application, path, show_group);
  router.add("POST", path + "/name", Access::SignedIn,
             [&application](std::shared_ptr<Request const> request, Respond respond) {
               GroupId const id{request->path_parameters.at("id")};
               rename_group(application, id, request->field("name"), request->field("seen"),
                            request->visitor->username, told_on<UnitGroup>(group_page(id), request, respond));
             });
  if (!application.membership_desk) return;
  router.add("POST", path, Access::SignedIn,
             [&application](std::shared_ptr<Request const> request, Respond respond) {
               auto const change = [&application, request, respond] {
                 change_members(application, request, respond);
               };
               if (!application.workers.run(change)) change();
             });
}

}  // namespace xiaohao::web::pages
