#include "notifications/message.hpp"

#include <algorithm>
#include <iterator>
#include <openssl/evp.h>

namespace xiaohao::notifications {
namespace {

std::string sha256_hex(std::string const& text) {
  unsigned char hash[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  EVP_Digest(text.data(), text.size(), hash, &size, EVP_sha256(), nullptr);
  std::string hex;
  for (unsigned int at = 0; at < size; ++at)
    for (int const digit : {hash[at] >> 4, hash[at] & 15}) hex += "0123456789abcdef"[digit];
  return hex;
}

Text summary(std::size_t count, std::size_t overdue) {
  std::string const n = std::to_string(count);
  Text subject{"销号台：" + n + "条事项通知", "Xiaohao: " + n + " notices"};
  if (overdue > 0) {
    subject.zh += "（逾期" + std::to_string(overdue) + "项）";
    subject.en += " (" + std::to_string(overdue) + " overdue)";
  }
  return subject;
}

}  // namespace

std::string message_id(std::vector<DueNotice> const& notices) {
  std::string keys;
  for (DueNotice const& each : notices) keys += each.notice.key + "\n";
  return sha256_hex(keys).substr(0, 32);
}

Message gather(std::vector<DueNotice> notices, std::string id, Participant const& recipient, Instant now) {
  std::stable_sort(notices.begin(), notices.end(), [](DueNotice const& a, DueNotice const& b) {
    if (a.due && b.due && *a.due != *b.due) return *a.due < *b.due;
    return a.due.has_value() && !b.due.has_value();
  });
  Message message{std::move(id), recipient, {}, {}, 0, now, {}};
  std::vector<ItemId> overdue;
  for (DueNotice const& each : notices) {
    if (each.due && end_of_day(*each.due) <= now &&
        std::find(overdue.begin(), overdue.end(), each.notice.item) == overdue.end())
      overdue.push_back(each.notice.item);
    if (message.entries.size() < entries_shown_max)
      message.entries.push_back({each.notice.item, each.notice.subject, each.notice.body});
    else
      ++message.more;
  }
  message.subject =
      notices.size() == 1 ? notices.front().notice.subject : summary(notices.size(), overdue.size());
  return message;
}

std::string plain_text(Message const& message, std::string Text::*language) {
  bool const chinese = language == &Text::zh;
  if (message.entries.size() == 1 && message.more == 0) return message.entries.front().body.*language + "\n";
  std::string text;
  int number = 0;
  for (Entry const& entry : message.entries)
    text += std::to_string(++number) + ". " + entry.subject.*language + "\n";
  if (message.more > 0) {
    std::string const more = std::to_string(message.more);
    text += chinese ? "另有" + more + "条，请登录查看。\n" : "and " + more + " more; sign in to see them.\n";
  }
  return text;
}

}  // namespace xiaohao::notifications
