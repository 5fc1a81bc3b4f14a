// `/notices`: the inbox. What is not yet acknowledged stands out; whoever may see everybody's notices can ask
// for them.

#include <algorithm>
#include <array>

#include "engine/domain/channel_names.hpp"
#include "web/acknowledgement.hpp"
#include "web/notice_words.hpp"
#include "web/pages/item/history.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/parts.hpp"
#include "web/work.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;

constexpr int notices_shown = 50;

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
    Text const reason = reason_of(notice);
    if (!reason.en.empty()) delivery += std::string(t("：", ": ")) + t(reason);
    if (notice.attempts > 1)
      delivery += " · " + std::to_string(notice.attempts) + std::string(t(" 次尝试", " tries"));
    if (!notice.last_error.empty()) delivery += " · " + notice.last_error;
    if (!notice.receipt.empty()) delivery += " · " + notice.receipt;
  }
  return li(cls(notice.acknowledged_at ? "notice" : "notice new"),
            div(span(cls("tag"), step_name(t, notice.step)), " ", small(moment(t, notice.planned_for))),
            h2(notice.item.value() > 0 ? a(href(item_path(notice.item)), t(notice.subject))
                                       : span(t(notice.subject))),
            p(cls("words"), t(notice.body)),
            when(!delivery.empty(), [&] { return p(cls("hint"), delivery); }),
            acknowledgement(visit, notice));
}

constexpr std::array<char const*, 5> filters{"recipient", "item", "step", "state", "channel"};

std::string query_value(std::map<std::string, std::string> const& query, char const* name) {
  auto const found = query.find(name);
  return found == query.end() ? std::string() : found->second;
}

/// The same filters as the API's; an empty one is none.
Result<void> read_filters(std::map<std::string, std::string> const& query, store::NoticeFilter& filter) {
  auto const text = [&](char const* name) {
    std::string const value = query_value(query, name);
    return value.empty() ? std::nullopt : std::optional(value);
  };
  if (auto const recipient = text("recipient")) filter.recipient = Username{*recipient};
  filter.step = text("step");
  filter.channel = text("channel");
  if (auto const item = text("item")) {
    auto const id = whole_number(*item);
    if (!id)
      return refuse(Reason::Malformed, "/item", {"事项编号不对", "item must be the number of an item"});
    filter.item = ItemId{*id};
  }
  if (auto const state = text("state")) {
    filter.state = notice_state_named(*state);
    if (!filter.state)
      return refuse(Reason::Malformed, "/state",
                    {"没有这种状态", "state must be planned, sending, sent, failed, dead or withheld"});
  }
  return {};
}

Html filter_form(Visit const& visit, bool may_see_all, bool filtered) {
  Say const& t = visit.t;
  auto const& query = visit.request.query;
  auto const choice = [&](std::string const& given, std::string_view code, std::string_view words) {
    return option(value(code), flag("selected", given == code), words);
  };
  auto const text_field = [&](char const* field, std::string_view words) {
    return label(span(words), input(name(field), value(query_value(query, field))));
  };
  std::string const state = query_value(query, "state"), channel = query_value(query, "channel");
  Html states = choice(state, "", t("全部", "all")), channels = choice(channel, "", t("全部", "all"));
  for (NoticeState const one : {NoticeState::Planned, NoticeState::Sending, NoticeState::Sent,
                                NoticeState::Failed, NoticeState::Dead, NoticeState::Withheld})
    states += choice(state, to_string(one), state_word(t, one));
  for (ChannelName const& one : channel_names) channels += choice(channel, one.name, one.name);
  return details(
      flag("open", filtered), summary(t("筛选", "Filter")),
      form(attr("method", "get"), action("/notices"),
           when(may_see_all, [&] { return text_field("recipient", t("收件人用户名", "Recipient")); }),
           text_field("item", t("事项编号", "Item")), text_field("step", t("步骤", "Step")),
           label(span(t("状态", "State")), select(name("state"), states)),
           label(span(t("渠道", "Channel")), select(name("channel"), channels)),
           button(type("submit"), t("筛选", "Filter"))));
}

Result<Response> notices(Visit const& visit) {
  Say const& t = visit.t;
  auto const& query = visit.request.query;
  bool const may_see_all = sees_all_notices(visit.me);
  std::string const recipient = query_value(query, "recipient");
  if (!may_see_all && !recipient.empty() && recipient != visit.me->username.value())
    return refuse(Reason::Forbidden, "/recipient",
                  {"您只能查看自己的通知", "you may read your own notices only"});
  bool const filtered = std::any_of(filters.begin(), filters.end(),
                                    [&](char const* name) { return !query_value(query, name).empty(); });
  bool const everybody = (may_see_all && query.contains("all")) || filtered;
  store::NoticeFilter filter;
  filter.limit = notices_shown + 1;
  if (!everybody) {
    filter.recipient = visit.me->username;
    filter.channel = "inbox";
    filter.state = NoticeState::Sent;
  } else if (auto const read = read_filters(query, filter); !read) {
    return tl::unexpected(read.error());
  }
  if (!may_see_all) filter.recipient = visit.me->username;
  if (auto const before = query.find("before"); before != query.end()) {
    auto const id = whole_number(before->second);
    if (!id)
      return refuse(Reason::Malformed, "/before", {"页码不对", "before must be the number of a notice"});
    filter.before = NoticeId{*id};
  }
  std::vector<Notice> found = visit.application.engine.store().read()->notices(filter);
  bool const more = static_cast<int>(found.size()) > notices_shown;
  if (more) found.pop_back();
  Html const rows = each(found, [&](Notice const& notice) { return row(visit, notice, everybody); });
  Html const which = p(
      when(may_see_all,
           [&] {
             return group(everybody ? a(href("/notices"), t("只看我的", "Mine only"))
                                    : a(href("/notices?all=1"), t("查看所有人的通知", "Everybody's notices")),
                          " · ");
           }),
      a(href("/notices/silences"), t("静默与代理", "Silences and absences")),
      when(visit.may("notice.print"),
           [&] { return group(" · ", a(href("/notices/print"), t("待打印", "To be printed"))); }));
  Html const list =
      found.empty() ? p(cls("lead"), t("没有通知。", "There are no notices.")) : ul(cls("notices"), rows);
  Html const next = when(more, [&] {
    return p(a(href(address_with(visit.request, {{"before", std::to_string(found.back().id.value())}})),
               t("更早的", "Earlier ones")));
  });
  return page(visit, {.title = {"通知", "Notices"}, .section = "/notices", .live = true},
              group(h1(t("通知", "Notices")), which, filter_form(visit, may_see_all, filtered),
                    div(id("notices"), data("live", ""), list, next)));
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
        auto const id = whole_number(request->path_parameters.at("id"));
        if (!id)
          return respond(refused({Reason::NotFound, {{"", {"没有这条通知", "there is no such notice"}}}}));
        acknowledge(application, NoticeId{*id}, request->visitor->username,
                    [respond, refused](Result<Notice> const& notice) {
                      respond(notice ? see_other("/notices") : refused(notice.error()));
                    });
      });
}

}  // namespace xiaohao::web::pages
