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

Html retire_form(Visit const& visit, UnitGroup const& group) {
  Say const& t = visit.t;
  bool const retired = is_retired(group);
  return section(cls("sheet"), retired ? h2(t("恢复", "Bring back")) : h2(t("撤销", "Retire")),
                 p(cls("hint"),
                   retired ? t("恢复后可再加入成员。", "Members can be added again.")
                           : t("没有成员、在办任务不再列有该组时可撤销；记录保留。",
                               "When it has no members and no open task names it. It stays in the record.")),
                 post_form(visit, group_page(group.id) + "/retired", cls("stacked"),
                           input(type("hidden"), name("seen"), value(version_of(group))),
                           input(type("hidden"), name("retired"), value(retired ? "false" : "true")),
                           retired ? button(type("submit"), t("恢复", "Bring back"))
                                   : button(type("submit"), cls("danger"), t("撤销", "Retire"))));
}

Html members_section(Visit const& visit, UnitGroup const& group) {
  Say const& t = visit.t;
  if (group.kind == "persons")
    return section(cls("sheet"), h2(t("成员", "Members")),
                   p(t("指人员，不分解任务。", "People; it has no shares.")));
  Html members;
  for (UnitId const& member : group.members)
    members += li(a(href(unit_page(member)), visit.unit_name(member)));
  return section(cls("sheet"), h2(t("成员", "Members")),
                 !members.empty() ? ul(cls("plain columns"), members)
                 : group.members_known
                     ? p(t("没有成员。", "It has no members."))
                     : p(t("方案未列明，待确定。", "The plan names nobody; nobody has said since.")));
}

Result<Response> show_group(Visit const& visit) {
  Say const& t = visit.t;
  auto const found = visit.organisation->groups.find(GroupId{visit.request.path_parameters.at("id")});
  if (found == visit.organisation->groups.end())
    return refuse(Reason::NotFound, "", {"没有这个单位组", "there is no such group"});
  UnitGroup const& shown_group = found->second;
  bool const may = visit.may("members.change");
  bool const in_use = may && shown_group.kind == "group";
  return page(
      visit, {.title = {shown_group.name, shown_group.name}, .section = organisation_path},
      html::group(
          h1(shown_group.name,
             when(is_retired(shown_group), [&] { return span(cls("tag"), t("已撤销", "retired")); })),
          p(a(href(organisation_path), t("返回组织机构", "Back to the organisation"))),
          members_section(visit, shown_group), when(in_use, [&] { return add_form(visit, shown_group); }),
          when(in_use && !shown_group.members.empty(), [&] { return remove_form(visit, shown_group); }),
          when(may, [&] { return rename_form(visit, shown_group); }),
          when(may && shown_group.kind != "persons", [&] { return retire_form(visit, shown_group); })));
}

/// The group as it stands, so that each form changes one thing of it; a name of nothing when there is none.
GroupWish wish_of(Application& application, GroupId const& id) {
  auto const organisation = application.engine.organisation();
  auto const known = organisation->groups.find(id);
  if (known == organisation->groups.end()) return {id, "", false};
  return {id, known->second.name, is_retired(known->second)};
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
               GroupWish wish = wish_of(application, GroupId{request->path_parameters.at("id")});
               wish.name = request->field("name");
               change_group(application, wish, request->field("seen"), request->visitor->username,
                            told_on<UnitGroup>(group_page(wish.id), request, respond));
             });
  router.add("POST", path + "/retired", Access::SignedIn,
             [&application](std::shared_ptr<Request const> request, Respond respond) {
               GroupWish wish = wish_of(application, GroupId{request->path_parameters.at("id")});
               wish.retired = request->field("retired") == "true";
               change_group(application, wish, request->field("seen"), request->visitor->username,
                            told_on<UnitGroup>(group_page(wish.id), request, respond));
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
