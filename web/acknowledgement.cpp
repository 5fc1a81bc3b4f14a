#include "web/acknowledgement.hpp"

namespace xiaohao::web {

namespace {

constexpr int notices_of_one_message_max = 1000;

std::vector<Notice> alike(store::Transaction const& transaction, Notice const& notice) {
  store::NoticeFilter of_item;
  of_item.recipient = notice.recipient;
  of_item.item = notice.item;
  of_item.limit = notices_of_one_message_max;
  std::string_view const decision = std::string_view(notice.key).substr(0, notice.key.rfind('/') + 1);
  std::vector<Notice> found = transaction.notices(of_item);
  std::erase_if(found,
                [&](Notice const& other) { return !std::string_view(other.key).starts_with(decision); });
  if (notice.delivery.empty()) return found;
  store::NoticeFilter of_message;
  of_message.recipient = notice.recipient;
  of_message.delivery = notice.delivery;
  of_message.limit = notices_of_one_message_max;
  for (Notice& other : transaction.notices(of_message))
    if (!std::string_view(other.key).starts_with(decision)) found.push_back(std::move(other));
  return found;
}

void acknowledge_one(store::Transaction& transaction, Notice notice, Instant now) {
  if (notice.acknowledged_at) return;
  notice.acknowledged_at = now;
  bool const waits = notice.state == NoticeState::Planned || notice.state == NoticeState::Failed;
  if (waits && notice.channel != "inbox") {  // he knows; a second message would only disturb him
    notice.state = NoticeState::Withheld;
    notice.withheld = "acknowledged";
    notice.next_attempt_at.reset();
  }
  transaction.update_notice(notice);
}

}  // namespace

void acknowledge(Application& application, NoticeId id, Username const& who,
                 std::function<void(Result<Notice>)> answer) {
  Instant const now = application.engine.now();
  auto const acknowledged = std::make_shared<std::optional<Notice>>();
  auto work = [id, who, now, acknowledged](store::Transaction& transaction) -> Result<void> {
    std::optional<Notice> notice = transaction.notice(id);
    if (!notice || notice->recipient != who)
      return refuse(Reason::NotFound, "", {"没有这条通知", "there is no such notice of yours"});
    if (!notice->acknowledged_at)
      for (Notice& other : alike(transaction, *notice)) acknowledge_one(transaction, std::move(other), now);
    *acknowledged = transaction.notice(id);
    return {};
  };
  application.engine.store().write(std::move(work),
                                   [acknowledged, answer = std::move(answer)](Result<void> const& done) {
                                     if (!done) return answer(tl::unexpected(done.error()));
                                     answer(std::move(**acknowledged));
                                   });
}

}  // namespace xiaohao::web
