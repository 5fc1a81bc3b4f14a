#include "web/batch_review.hpp"

#include <algorithm>
#include <atomic>
#include <memory>
#include <set>

#include "engine/json/document.hpp"
#include "web/commands.hpp"

namespace xiaohao::web {

std::vector<std::string> const& batch_review_types() {
  static std::vector<std::string> const types{"closeout.approve", "closeout.verify", "confirm"};
  return types;
}

Result<void> check_batch(BatchReview const& batch) {
  auto const& types = batch_review_types();
  if (std::find(types.begin(), types.end(), batch.type) == types.end())
    return refuse(Reason::Malformed, "/type",
                  {"只能是 closeout.approve、closeout.verify 或 confirm",
                   "must be closeout.approve, closeout.verify or confirm"});
  if (batch.items.empty() || batch.items.size() > batch_items_max)
    return refuse(Reason::Malformed, "/items", {"请选择 1–50 项", "must name 1 to 50 items"});
  std::set<ItemId> seen;
  for (std::size_t index = 0; index < batch.items.size(); ++index)
    if (!seen.insert(batch.items[index].item).second)
      return refuse(Reason::Malformed, json::join_pointer("/items", index),
                    {"重复的事项", "this item stands twice"});
  return {};
}

void review_batch(Application& application, BatchReview batch, Username const& who, std::string const& key,
                  std::function<void(std::vector<BatchOutcome> const&)> answer) {
  struct Round {
    std::vector<BatchOutcome> outcomes;
    std::atomic<std::size_t> waiting;
  };
  auto const round = std::make_shared<Round>();
  for (BatchReview::One const& one : batch.items)
    round->outcomes.push_back({one.item, refuse(Reason::Unavailable, "", {"未执行", "not run"})});
  round->waiting = batch.items.size();
  for (std::size_t index = 0; index < batch.items.size(); ++index) {
    BatchReview::One const& one = batch.items[index];
    nlohmann::json payload = nlohmann::json::object();
    if (!batch.text.empty()) payload["text"] = batch.text;
    std::string const own_key =
        key.empty() ? "" : key + "/" + std::to_string(one.item.value()) + "/" + std::to_string(one.seen);
    submit(application, {one.item, batch.type, std::move(payload), Actor::person(who), one.seen, own_key},
           [round, index, answer](Result<WorkItem> item) {
             round->outcomes[index].decided = std::move(item);
             if (--round->waiting == 0) answer(round->outcomes);
           });
  }
}

}  // namespace xiaohao::web
