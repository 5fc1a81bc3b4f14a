#include "notifications/head_notices.hpp"

#include <algorithm>

#include "engine/domain/channel_names.hpp"
#include "engine/json/document.hpp"
#include "notifications/message.hpp"
#include "notifications/moments.hpp"
#include "notifications/values.hpp"

namespace xiaohao::notifications {
namespace {

std::vector<Participant const*> keepers_of_heads(Organisation const& organisation) {
  std::vector<Participant const*> keepers = organisation.with_role(Role::Auditor);
  for (Participant const* inspector : organisation.with_role(Role::Inspector))
    if (std::find(keepers.begin(), keepers.end(), inspector) == keepers.end()) keepers.push_back(inspector);
  return keepers;
}

Text subject_of(journal::TreeHead const& head, Date day) {
  std::string const size = std::to_string(head.size), code = short_code(head);
  return {"日志树头 " + chinese_date(day) + "：前" + size + "条，短码 " + code,
          "Journal head of " + to_string(day) + ": " + size + " entries, short code " + code};
}

Text body_of(journal::SignedHead const& head) {
  std::string const code = short_code(head.head), line = head_to_json(head).dump();
  return {"请保存本邮件，勿删。日后有人改动或截断日志，凭它即可查出，即使改动者握有服务器和密钥。\n短码：" +
              code + "\n核对：把最后一行存为文件，运行 xiaohao verify --since 文件。\n" + line,
          "Please keep this message. Should anybody rewrite the journal or cut it short later, even with the "
          "server and its key in hand, it shows by this.\nShort code: " +
              code + "\nTo check: save the last line as a file and run `xiaohao verify --since FILE`.\n" +
              line};
}

}  // namespace

std::vector<Notice> notices_of_head(journal::SignedHead const& head, Policy const& policy,
                                    calendar::BusinessCalendar const& calendar,
                                    Organisation const& organisation, Instant now) {
  std::vector<Notice> notices;
  Result<Instant> const time = parse_instant(head.head.time);
  if (!time) return notices;
  Date const day = local_date(*time);
  for (std::string const& channel : policy.heads.channels)
    for (Participant const* keeper : keepers_of_heads(organisation)) {
      bool const to_group = speaks_to_group(channel);
      Notice notice;
      notice.recipient = to_group ? group_behind(channel) : keeper->username;
      notice.key = "head/" + to_string(day) + "/" + notice.recipient.value() + "/" + channel;
      notice.channel = channel;
      notice.step = head_step;
      notice.subject = subject_of(head.head, day);
      notice.body = body_of(head);
      notice.decided_at = now;
      notice.planned_for = channel == "inbox" ? now : paced(now, policy.heads.pace, policy.quiet, calendar);
      notice.delivery = message_id({{notice, std::nullopt}});  // not gathered into a list of subjects
      if (channel == "mail" && keeper->email.empty()) {
        notice.withheld = "no_address";
        notice.state = NoticeState::Withheld;
      }
      notices.push_back(std::move(notice));
      if (to_group || channel == "webhook") break;
    }
  return notices;
}

HeadPost::HeadPost(store::Store& store, PolicyInForce policy, calendar::BusinessCalendar calendar,
                   People people)
    : store_(store), policy_(std::move(policy)), calendar_(std::move(calendar)), people_(std::move(people)) {}

Result<void> HeadPost::tell(Instant now) {
  std::optional<journal::SignedHead> const head = store_.read()->last_signed_head();
  Result<Instant> const time = head ? parse_instant(head->head.time) : Result<Instant>(malformed("", ""));
  if (!time || told_ == local_date(*time)) return {};
  auto const notices = notices_of_head(*head, policy_(), calendar_, *people_(), now);
  Result<void> const written = store_.write_and_wait([&](store::Transaction& transaction) -> Result<void> {
    for (Notice const& notice : notices) transaction.insert_notice(notice);
    return {};
  });
  if (written) told_ = local_date(*time);
  return written;
}

}  // namespace xiaohao::notifications
