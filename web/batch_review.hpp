#pragma once

// Many applications decided in one go: each is a decision of its own, with its own entry, and is refused or
// taken by itself.

#include <functional>
#include <string>
#include <vector>

#include "web/application.hpp"

namespace xiaohao::web {

inline constexpr std::size_t batch_items_max = 50;

struct BatchReview {
  std::string type;  ///< one of `batch_review_types`
  std::string text;  ///< the opinion, in every entry; may be empty
  struct One {
    ItemId item;
    std::int64_t seen;  ///< the version that the reviewer saw
  };
  std::vector<One> items;
};

/// What can be decided in one go: what lets an application pass. A return says what is missing, each its own.
std::vector<std::string> const& batch_review_types();

struct BatchOutcome {
  ItemId item;
  Result<WorkItem> decided;
};

/// Malformed: a type that is none of these, no item, too many, or one twice.
Result<void> check_batch(BatchReview const& batch);

/// Sends each as `who`; `answer` is called once all are durable or refused, in the order asked for. `key`, if
/// it is not empty, makes each of them count once.
void review_batch(Application& application, BatchReview batch, Username const& who, std::string const& key,
                  std::function<void(std::vector<BatchOutcome> const&)> answer);

}  // namespace xiaohao::web
