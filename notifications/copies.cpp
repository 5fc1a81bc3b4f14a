#include "notifications/copies.hpp"

#include "engine/domain/channel_names.hpp"
#include "notifications/values.hpp"

namespace xiaohao::notifications {
namespace {

void append(Text& body, Text const& sentence) {
  if (sentence.zh.empty()) return;
  body.zh += "\n" + sentence.zh;
  body.en += "\n" + sentence.en;
}

/// When a channel that disturbs people may have it. What is worked off on its own day keeps
/// its instant, so that a morning's digest does not wait for the next; what comes days late goes out with the
/// others that do.
void plan(Notice& notice, Copies const& copies, Quiet const& quiet,
          calendar::BusinessCalendar const& calendar) {
  bool const missed = local_date(copies.now) > local_date(copies.at);
  notice.planned_for = missed && copies.pace == Pace::Morning
                           ? caught_up(copies.now, quiet, calendar)
                           : paced(missed ? copies.now : copies.at, copies.pace, quiet, calendar);
  notice.pace = copies.pace == Pace::Morning ? "morning" : copies.pace == Pace::Prompt ? "prompt" : "urgent";
}

/// One copy, without its time.
Notice copy_of(Copies const& copies, Username const& recipient, std::string const& channel,
               Values const& values, std::vector<Text> const& sentences, std::string const& withheld) {
  Notice notice;
  notice.key = copies.key + recipient.value() + "/" + channel;
  notice.item = copies.item;
  notice.recipient = recipient;
  notice.channel = channel;
  notice.step = copies.step;
  notice.subject = copies.wording.subject_with(values);
  notice.body = copies.wording.body_with(values);
  for (Text const& sentence : sentences) append(notice.body, sentence);
  notice.decided_at = copies.at;
  notice.planned_for = copies.at;
  notice.withheld = withheld;
  if (!withheld.empty()) notice.state = NoticeState::Withheld;
  return notice;
}

/// A list in a group has the subjects of many units' items, and most wordings leave the unit to the reader.
void name_unit(Text& subject, Text const& unit) {
  if (subject.zh.find(unit.zh) != std::string::npos) return;
  subject.zh = unit.zh + "：" + subject.zh;
  subject.en = unit.en + ": " + subject.en;
}

}  // namespace

Text lateness(Instant at, Instant now) {
  Date const planned = local_date(at);
  if (local_date(now) <= planned) return {};
  return {"（本通知应于" + chinese_date(planned) + "发出，系统停用后补发。）",
          "(This was to be sent on " + to_string(planned) + "; the system was not running then.)"};
}

Text standing_in(Recipients const& recipients, Participant const& recipient) {
  auto const found = recipients.standing_in.find(recipient.username);
  if (found == recipients.standing_in.end()) return {};
  return {"（" + found->second->name + "外出期间由您代理。）",
          "(You stand in for " + found->second->name + ", who is away.)"};
}

void add_copies(std::vector<Notice>& notices, Copies const& copies, Participant const& recipient,
                Values values, std::vector<Text> const& sentences, std::string const& withheld,
                Quiet const& quiet, calendar::BusinessCalendar const& calendar) {
  values["recipient"] = {recipient.name, recipient.name};
  for (std::string const& channel : copies.channels) {
    if (speaks_to_group(channel)) continue;
    std::string const no_address = channel == "mail" && recipient.email.empty() ? "no_address" : "";
    Notice notice = copy_of(copies, recipient.username, channel, values, sentences,
                            withheld.empty() ? no_address : withheld);
    if (notice.state != NoticeState::Withheld && channel != "inbox") plan(notice, copies, quiet, calendar);
    notices.push_back(std::move(notice));
  }
}

void add_group_copies(std::vector<Notice>& notices, Copies const& copies, Values values,
                      std::vector<Text> const& sentences, std::string const& withheld, Quiet const& quiet,
                      calendar::BusinessCalendar const& calendar) {
  values["recipient"] = {"各单位", "all units"};
  values["words"] = {};
  Copies with_the_morning = copies;
  with_the_morning.pace = Pace::Morning;
  for (std::string const& channel : copies.channels) {
    if (!speaks_to_group(channel)) continue;
    Notice notice = copy_of(copies, group_behind(channel), channel, values, sentences, withheld);
    if (copies.of_unit) name_unit(notice.subject, values.at("unit"));
    if (withheld.empty()) plan(notice, with_the_morning, quiet, calendar);
    notices.push_back(std::move(notice));
  }
}

}  // namespace xiaohao::notifications
