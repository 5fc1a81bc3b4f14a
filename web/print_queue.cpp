#include "web/print_queue.hpp"

#include <algorithm>
#include <map>

namespace xiaohao::web {
namespace {

constexpr char const* channel = "print";
constexpr int waiting_max = 5000;

Result<int> printed(store::Transaction& transaction, std::string const& key, Asking const& asking) {
  Participant const* const person = asking.organisation.participant(asking.who);
  if (!person || !asking.rules.permissions.may_at_large(*person, "notice.print"))
    return refuse(Reason::Forbidden, "", {"只有统筹人员可以登记打印", "only a coordinator prints notices"});
  std::vector<PaperSheet> const sheets = print_queue(transaction, asking.organisation, asking.now);
  auto const sheet =
      std::find_if(sheets.begin(), sheets.end(), [&](PaperSheet const& each) { return each.key == key; });
  if (sheet == sheets.end())
    return refuse(Reason::NotPossible, "", {"没有待打印的通知", "nothing waits to be printed for it"});
  for (Notice notice : sheet->notices) {
    notice.state = NoticeState::Sent;
    notice.sent_at = asking.now;
    notice.attempts += 1;
    notice.receipt = "printed by " + asking.who.value();
    transaction.update_notice(notice);
  }
  return static_cast<int>(sheet->notices.size());
}

}  // namespace

std::vector<PaperSheet> print_queue(store::Reader const& reader, Organisation const& organisation,
                                    Instant now) {
  std::map<std::string, PaperSheet> sheets;
  for (Notice& notice : reader.notices_to_send(channel, now, waiting_max)) {
    Participant const* const recipient = organisation.participant(notice.recipient);
    bool const of_unit = recipient && recipient->unit;
    std::string const key = of_unit ? recipient->unit->value() : notice.recipient.value();
    PaperSheet& sheet = sheets[key];
    sheet.key = key;
    if (of_unit) sheet.unit = recipient->unit;
    sheet.notices.push_back(std::move(notice));
  }
  std::vector<PaperSheet> list;
  for (auto& [key, sheet] : sheets) list.push_back(std::move(sheet));
  return list;
}

void mark_printed(Application& application, std::string const& key, Username const& who,
                  Written<int> answer) {
  auto const mark = [key](store::Transaction& transaction, Asking const& asking) {
    return printed(transaction, key, asking);
  };
  write_as<int>(application, who, mark, std::move(answer));
}

}  // namespace xiaohao::web
