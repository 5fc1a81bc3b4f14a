#pragma once

// A change that somebody asks for and that is about more than one event of one item: judged by the rules and
// people of the moment, in one work of the store. `answer` is called once it is durable, or refused.

#include <functional>
#include <memory>

#include "engine/silencing.hpp"
#include "web/application.hpp"

namespace xiaohao::web {

template <class Value>
using Written = std::function<void(Result<Value> const&)>;

/// `change` takes the transaction and an `Asking`, and returns a `Result<Value>`.
template <class Value, class Change>
void write_as(Application& application, Username const& who, Change change, Written<Value> answer) {
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

}  // namespace xiaohao::web
