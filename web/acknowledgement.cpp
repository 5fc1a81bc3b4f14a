#include "web/acknowledgement.hpp"

namespace xiaohao::web {

void acknowledge(Application& application, NoticeId id, Username const& who,
                 std::function<void(Result<Notice>)> answer) {
  Instant const now = application.engine.now();
  auto const acknowledged = std::make_shared<std::optional<Notice>>();
  auto work = [id, who, now, acknowledged](store::Transaction& transaction) -> Result<void> {
    std::optional<Notice> notice = transaction.notice(id);
    if (!notice || notice->recipient != who)
      return refuse(Reason::NotFound, "", {"没有这条通知", "there is no such notice of yours"});
    if (!notice->acknowledged_at) {
      notice->acknowledged_at = now;
      transaction.update_notice(*notice);
    }
    *acknowledged = std::move(notice);
    return {};
  };
  application.engine.store().write(std::move(work),
                                   [acknowledged, answer = std::move(answer)](Result<void> const& done) {
                                     if (!done) return answer(tl::unexpected(done.error()));
                                     answer(std::move(**acknowledged));
                                   });
}

}  // namespace xiaohao::web
