#include "engine/store/store.hpp"

#include <future>

namespace xiaohao::store {

std::vector<JournalEntry> Reader::entries_of(ItemId item) const {
  std::vector<JournalEntry> entries;
  for (JournalLine const& line : history(item))
    if (auto entry = entry_of(line.leaf)) entries.push_back(std::move(*entry));
  return entries;
}

Result<void> Store::write_and_wait(Work work) {
  std::promise<Result<void>> promise;
  std::future<Result<void>> durable = promise.get_future();
  write(std::move(work), [&promise](Result<void> outcome) { promise.set_value(std::move(outcome)); });
  return durable.get();
}

}  // namespace xiaohao::store
