// `/notices`: the inbox. What is not yet acknowledged stands out; whoever may see everybody's notices can ask
// for them.

#include <charconv>

#include "web/acknowledgement.hpp"
#include "web/pages/item/history.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/parts.hpp"
#include "web/work.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;

constexpr int notices_shown = 50;

std::optional<std::int64_t> number(std::string const& text) {
  std::int64_t value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 1) return std::nullopt;
  return value;
}

std::string_view state_word(Say const& t, NoticeState state) {
  switch (state) {
    case NoticeState::Planned:
      return t("待发", "planned");
    case NoticeState::Sending:
      return t("发送中", "being sent");
    case NoticeState::Sent:
      return t("已发", "sent");
    case NoticeState::Failed:
      return t("将重发", "to be tried again");
    case NoticeState::Dead:
      return t("发送失败", "could not be sent");
    case NoticeState::Withheld:
      return t("未发", "not sent");
  }
  return "";
}

Html acknowledgement(Visit const& visit, Notice const& notice) {
  Say const& t = visit.t;
  if (notice.acknowledged_at) return small(t("已知悉 ", "Acknowledged "), moment(t, *notice.acknowledged_at));
  if (notice.recipient != visit.me->username) return {};
  return post_form(visit, "/notices/" + std::to_string(notice.id.value()) + "/acknowledge",
                   button(type("submit"), t("知悉", "Acknowledge")));
}

/// `everybody` names the recipient, the channel and what became of it, too.
Html row(Visit const& visit, Notice const& notice, bool everybody) {
  Say const& t = visit.t;
  std::string delivery;
  if (everybody) {
    delivery =
        notice.recipient.value() + " · " + notice.channel + " · " + std::string(state_word(t, notice.state));
    if (!notice.withheld.empty()) delivery += " (" + notice.withheld + ")";
  }
  return li(cls(notice.acknowledged_at ? "notice" : "notice new"),
            div(span(cls("tag"), step_name(t, notice.step)), " ", small(moment(t, notice.planned_for))),
            h2(notice.item.value() > 0 ? a(href(item_path(notice.item)), t(notice.subject))
                                       : span(t(notice.subject))),
            p(cls("words"), t(notice.body)),
            when(!delivery.empty(), [&] { return p(cls("hint"), delivery); }),
            acknowledgement(visit, notice));
}

Result<Response> notices(Visit const& visit) {
  Say const& t = visit.t;
  auto const& query = visit.request.query;
  bool const may_see_all = sees_all_notices(visit.me);
  bool const everybody = may_see_all && query.contains("all");
  store::NoticeFilter filter;
  filter.limit = notices_shown + 1;
  if (!everybody) {
    filter.recipient = visit.me->username;
    filter.channel = "inbox";
    filter.state = NoticeState::Sent;
  }
  if (auto const before = query.find("before"); before != query.end()) {
    auto const id = number(before->second);
    if (!id)
      return refuse(Reason::Malformed, "/before", {"页码不对", "before must be the number of a notice"});
    filter.before = NoticeId{*id};
  }
  std::vector<Notice> found = visit.application.engine.store().read()->notices(filter);
  bool const more = static_cast<int>(found.size()) > notices_shown;
  if (more) found.pop_back();
  Html const rows = each(found, [&](Notice const& notice) { return row(visit, notice, everybody); });
  Html const which = when(may_see_all, [&] {
    return p(everybody ? a(href("/notices"), t("只看我的", "Mine only"))
                       : a(href("/notices?all=1"), t("查看所有人的通知", "Everybody's notices")));
  });
  Html const list =
      found.empty() ? p(cls("lead"), t("没有通知。", "There are no notices.")) : ul(cls("notices"), rows);
  Html const next = when(more, [&] {
    return p(a(href(address_with(visit.request, {{"before", std::to_string(found.back().id.value())}})),
               t("更早的", "Earlier ones")));
  });
  return page(visit, {.title = {"通知", "Notices"}, .section = "/notices", .live = true},
              group(h1(t("通知", "Notices")), which, div(id("notices"), data("live", ""), list, next)));
}

}  // namespace

void add_notices_page(Router& router, Application& application) {
  add_page(router, application, "/notices", notices);
  router.add(
      "POST", "/notices/{id}/acknowledge", Access::SignedIn,
      [&application](std::shared_ptr<Request const> request, Respond respond) {
        auto const refused = [&application, request](Refusal const& refusal) {
          return refusal_page(Visit(application, *request), refusal);
        };
        auto const id = number(request->path_parameters.at("id"));
        if (!id)
          return respond(refused({Reason::NotFound, {{"", {"没有这条通知", "there is no such notice"}}}}));
        acknowledge(application, NoticeId{*id}, request->visitor->username,
                    [respond, refused](Result<Notice> const& notice) {
                      respond(notice ? see_other("/notices") : refused(notice.error()));
                    });
      });
}

}  // namespace xiaohao::web::pages
