#include "engine/store/store.hpp"

#include <future>

#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"

namespace xiaohao::store {

Result<nlohmann::json> told(JournalLine const& line) {
  Result<nlohmann::json> entry = json::read(line.leaf, {.bytes_max = leaf_bytes_max, .depth_max = 64});
  if (!entry || !entry->is_object() || !entry->contains("payload")) return entry;
  for (journal::CommittedText const& text : line.texts) (*entry)["payload"][text.field] = text.text;
  return entry;
}

Result<JournalEntry> entry_of(JournalLine const& line) {
  Result<JournalEntry> entry = xiaohao::entry_of(line.leaf);
  if (!entry) return entry;
  for (auto const& [field, commitment] : entry->commitments) entry->payload[field] = erased_text;
  for (journal::CommittedText const& text : line.texts) entry->payload[text.field] = text.text;
  return entry;
}

std::vector<JournalEntry> Reader::entries_of(ItemId item) const {
  std::vector<JournalEntry> entries;
  for (JournalLine const& line : history(item))
    if (auto entry = entry_of(line)) entries.push_back(std::move(*entry));
  return entries;
}

Result<void> Store::write_and_wait(Work work) {
  std::promise<Result<void>> promise;
  std::future<Result<void>> durable = promise.get_future();
  write(std::move(work), [&promise](Result<void> outcome) { promise.set_value(std::move(outcome)); });
  return durable.get();
}

}  // namespace xiaohao::store
