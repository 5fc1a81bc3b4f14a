#include "web/notice_words.hpp"

#include <array>
#include <string_view>
#include <vector>

namespace xiaohao::web {
namespace {

struct WithheldReason {
  std::string_view code, zh, en;
};

constexpr std::array<WithheldReason, 16> reasons{{
    {"digest", "并入下一个工作日早上的汇总", "goes out with the next working morning's digest"},
    {"quiet", "免打扰时段，顺延到下一个工作日早上", "held to the next working morning: quiet hours"},
    {"acknowledged", "本人已知悉", "the recipient has acknowledged it"},
    {"reported", "单位已反馈进展", "the unit has reported since"},
    {"extension_pending", "延期申请待批", "a request for extension is pending"},
    {"condition", "不符合该步骤的条件", "the step's condition does not hold"},
    {"silenced", "已设静默", "silenced"},
    {"folded", "系统停用期间错过，并入后一次", "missed during a standstill; folded into a later step"},
    {"late", "系统停用期间错过，已过期", "missed during a standstill, and too late now"},
    {"muted", "同一事项已有更高一级的通知", "a higher step for the same item goes out"},
    {"settled", "事项已申请销号、销号或终止", "the item has been applied for, closed or cancelled"},
    {"due_changed", "时限已延期，重新计算", "the due date has been extended; a new ladder has begun"},
    {"no_address", "没有联系方式", "the person has no address for this channel"},
    {"no_recipient", "收件人已离任", "the person has left"},
    {"channel_off", "未设置该渠道", "the channel has not been set up"},
    {"failed", "发送失败，将重试", "could not be sent; will be tried again"},
}};

std::string why_held(Notice const& notice) {
  if (notice.state != NoticeState::Planned) return {};
  if (notice.pace == "morning") return "digest";
  return notice.pace == "prompt" && notice.planned_for > notice.decided_at ? "quiet" : "";
}

Text words_of(std::string_view code) {
  for (WithheldReason const& reason : reasons)
    if (reason.code == code) return {std::string(reason.zh), std::string(reason.en)};
  return {std::string(code), std::string(code)};
}

}  // namespace

std::string reason_code_of(Notice const& notice) {
  return notice.state == NoticeState::Withheld ? notice.withheld : why_held(notice);
}

Text reason_of(Notice const& notice) {
  switch (notice.state) {
    case NoticeState::Withheld:
      return words_of(notice.withheld);
    case NoticeState::Failed:
      return words_of("failed");
    case NoticeState::Planned:
      return words_of(why_held(notice));
    case NoticeState::Sending:
    case NoticeState::Sent:
    case NoticeState::Dead:
      break;
  }
  return {};
}

Cause cause_of(Notice const& notice) {
  std::vector<std::string> parts(1);
  for (char const c : notice.key) {
    if (c == '/')
      parts.emplace_back();
    else
      parts.back() += c;
  }
  if (parts.size() < 5 || parts[0] != "item") return {"alarm", "", "", ""};
  if (parts[2] == "event") return {"event", "", "", parts[3]};
  std::string const mark = "bulletin:";  // a rule over history
  return {"step", parts[3].starts_with(mark) ? parts[3].substr(mark.size()) : parts[3], parts[2], ""};
}

}  // namespace xiaohao::web
