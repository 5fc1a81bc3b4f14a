#include "web/silencing.hpp"

#include "engine/silencing.hpp"

namespace xiaohao::web {
namespace {

template <class Value, class Change>
void write(Application& application, Username const& who, Change change, Written<Value> answer) {
  auto const outcome =
      std::make_shared<Result<Value>>(refuse(Reason::Unavailable, "", {"未执行", "not run"}));
  auto const organisation = application.engine.organisation();
  Instant const now = application.engine.now();
  store::Work work = [&application, who, change, outcome, organisation,
                      now](store::Transaction& transaction) -> Result<void> {
    *outcome = change(transaction, Asking{who, now, application.engine.rules(), *organisation});
    if (!*outcome) return tl::unexpected(outcome->error());
    return {};
  };
  application.engine.store().write(std::move(work), [outcome, answer](Result<void> const& done) {
    if (!done) return answer(tl::unexpected(done.error()));
    answer(*outcome);
  });
}

}  // namespace

void set_silence(Application& application, Silence wish, Username const& who, Written<Silence> answer) {
  auto const change = [wish](store::Transaction& transaction, Asking const& asking) {
    return xiaohao::set_silence(transaction, wish, asking);
  };
  write<Silence>(application, who, change, std::move(answer));
}

void end_silence(Application& application, std::int64_t id, Username const& who, Written<Silence> answer) {
  auto const change = [id](store::Transaction& transaction, Asking const& asking) {
    return xiaohao::end_silence(transaction, id, asking);
  };
  write<Silence>(application, who, change, std::move(answer));
}

void set_absence(Application& application, Absence wish, Username const& who, Written<Absence> answer) {
  auto const change = [wish](store::Transaction& transaction, Asking const& asking) {
    return xiaohao::set_absence(transaction, wish, asking);
  };
  write<Absence>(application, who, change, std::move(answer));
}

void end_absence(Application& application, std::int64_t id, Username const& who, Written<Absence> answer) {
  auto const change = [id](store::Transaction& transaction, Asking const& asking) {
    return xiaohao::end_absence(transaction, id, asking);
  };
  write<Absence>(application, who, change, std::move(answer));
}

}  // namespace xiaohao::web
