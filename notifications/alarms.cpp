#include "notifications/alarms.hpp"

#include <algorithm>

#include "engine/domain/channel_names.hpp"

namespace xiaohao::notifications {
namespace {

Notice alarm(std::string key, std::string step, ItemId item, Username recipient, Text subject, Text body,
             Instant now) {
  Notice notice;
  notice.key = std::move(key) + "/" + recipient.value() + "/inbox";
  notice.item = item;
  notice.recipient = std::move(recipient);
  notice.channel = "inbox";
  notice.step = std::move(step);
  notice.subject = std::move(subject);
  notice.body = std::move(body);
  notice.decided_at = now;
  notice.planned_for = now;
  return notice;
}

}  // namespace

std::vector<Notice> undelivered_alarm(std::vector<Notice> const& notices, Participant const& recipient,
                                      Organisation const& organisation, Instant now) {
  Notice const& first = notices.front();
  std::string const count = std::to_string(notices.size());
  std::string const tries = std::to_string(first.attempts);
  Text const subject{"未送达：给" + recipient.name + "的" + count + "条通知（" + first.channel + "）",
                     "Not delivered: " + count + " notice(s) to " + recipient.name + " by " + first.channel};
  Text const advice = group_name(recipient.username)
                          ? Text{"请用其他方式告知该群，并核对机器人的设置。",
                                 "Please tell the group some other way, and check how the robot is set up."}
                          : Text{"请用其他方式通知本人，并核对其联系方式。",
                                 "Please tell the person some other way, and check the address."};
  Text body{
      "尝试" + tries + "次后仍未送达，" + advice.zh + "\n对方答复：" + first.last_error,
      "Given up after " + tries + " attempt(s). " + advice.en + "\nThe other side said: " + first.last_error};
  for (Notice const& notice : notices) {
    body.zh += "\n- " + notice.subject.zh;
    body.en += "\n- " + notice.subject.en;
  }
  std::vector<Notice> alarms;
  for (Participant const* coordinator : organisation.with_role(Role::Coordinator))
    alarms.push_back(alarm("undelivered/" + first.delivery, "undelivered", first.item, coordinator->username,
                           subject, body, now));
  return alarms;
}

std::vector<Notice> channel_alarm(Notice const& notice, std::string const& answer,
                                  Organisation const& organisation, Instant now) {
  Text const subject{"通知渠道中断：" + notice.channel, "Channel down: " + notice.channel};
  Text const body{"渠道 " + notice.channel +
                      " 连续失败，已暂停并将自动重试；期间通知留在队列中，不会丢失。\n最后的错误：" + answer,
                  "The channel " + notice.channel +
                      " has failed again and again. It rests and is tried by itself; "
                      "meanwhile notices wait and none is lost.\nLast error: " +
                      answer};
  std::vector<Participant const*> told = organisation.with_role(Role::Coordinator);
  for (Participant const* administrator : organisation.with_role(Role::SystemAdministrator))
    if (std::find(told.begin(), told.end(), administrator) == told.end()) told.push_back(administrator);
  std::vector<Notice> alarms;
  for (Participant const* person : told)
    alarms.push_back(alarm("channel/" + notice.channel + "/" + to_string(now), "channel_down", notice.item,
                           person->username, subject, body, now));
  return alarms;
}

}  // namespace xiaohao::notifications
