#include "engine/record/closeout_record.hpp"

#include <algorithm>

#include "engine/journal/base64.hpp"
#include "engine/journal/key_chain.hpp"
#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"
#include "engine/record/keeping.hpp"
#include "engine/record/texts.hpp"

namespace xiaohao::record {
namespace {

Result<RecordedEntry> recorded(store::JournalLine const& line) {
  Result<Json> entry = read_exact(line.leaf);
  if (!entry) {
    std::string const where = std::to_string(line.index);
    return refuse(Reason::Unavailable, "",
                  {"日志第 " + where + " 条无法读取", "entry " + where + " of the journal cannot be read"});
  }
  return RecordedEntry{line.index, line.leaf, std::move(*entry)};
}

/// The entry that made the plan of `year`.
Result<RecordedEntry> plan_created(store::Reader const& reader, PlanYear year) {
  for (store::JournalLine const& line : reader.entries_of_type("plan.created")) {
    Result<RecordedEntry> entry = recorded(line);
    if (entry && entry->entry["payload"].value("year", 0) == year.value()) return entry;
  }
  return refuse(Reason::Unavailable, "",
                {"日志中没有该方案的创建记录", "the journal has no entry plan.created for the item's plan"});
}

/// The smallest size of a head to rely on: what a stolen key signed is signed anew by the one that replaced
/// it.
std::int64_t size_min(journal::KeyChain const& keys, std::int64_t last) {
  for (journal::KeyEntry const& entry : keys.entries())
    if (entry.reason == "stolen") last = std::max(last, entry.index);
  return last + 1;
}

Result<journal::SignedHead> head_after(store::Reader const& reader, std::int64_t last,
                                       journal::SigningKey const* key) {
  Result<journal::KeyChain> const keys = keys_of(reader);
  if (!keys) return tl::unexpected(keys.error());
  auto const kept = reader.signed_heads(size_min(*keys, last), 1);
  if (!kept.empty()) return kept.front();
  if (key) return sign_head(reader, *key);
  return refuse(
      Reason::Unavailable, "",
      {"没有签名密钥，暂不能出具销号档案", "there is no key to sign with, so no record can be made now"});
}

Result<std::vector<RecordedEntry>> all_recorded(std::vector<store::JournalLine> const& lines) {
  std::vector<RecordedEntry> entries;
  for (store::JournalLine const& line : lines) {
    Result<RecordedEntry> entry = recorded(line);
    if (!entry) return tl::unexpected(entry.error());
    entries.push_back(std::move(*entry));
  }
  return entries;
}

Json entries_json(std::vector<RecordedEntry> const& entries) {
  Json list = Json::array();
  for (RecordedEntry const& entry : entries)
    list.push_back(
        {{"index", entry.index}, {"leaf", journal::to_base64(entry.leaf)}, {"entry", entry.entry}});
  return list;
}

Json texts_json(std::vector<journal::CommittedText> const& texts) {
  Json list = Json::array();
  for (journal::CommittedText const& text : texts)
    list.push_back({{"index", text.entry},
                    {"field", text.field},
                    {"salt", journal::to_base64(text.salt)},
                    {"text", text.text}});
  return list;
}

}  // namespace

Result<CloseOutRecord> record_of(store::Reader const& reader, ItemId id, journal::SigningKey const* key) {
  std::optional<WorkItem> const item = reader.item(id);
  if (!item) return refuse(Reason::NotFound, "", {"没有这个事项", "there is no such item"});
  if (!item->status.closed)
    return refuse(Reason::NotPossible, "", {"该事项尚未销号", "the item is not closed"});
  CloseOutRecord record;
  Result<RecordedEntry> plan = plan_created(reader, item->definition.plan);
  if (!plan) return tl::unexpected(plan.error());
  std::vector<store::JournalLine> lines = reader.history(id);
  auto history = all_recorded(lines);
  if (!history) return tl::unexpected(history.error());
  for (store::JournalLine& line : lines)
    std::move(line.texts.begin(), line.texts.end(), std::back_inserter(record.texts));
  record.events.push_back(std::move(*plan));
  std::move(history->begin(), history->end(), std::back_inserter(record.events));
  Result<Story> const story = story_of(told_events(record));
  if (!story || !story->closed_at)
    return refuse(Reason::Unavailable, "",
                  {"日志与事项的状态不一致；请运行 xiaohao verify",
                   "the journal does not tell that the item is closed; run `xiaohao verify`"});
  record.plan = story->plan;
  record.item = item_of(*story);
  record.evidence = story->evidence;
  Result<journal::SignedHead> head = head_after(reader, record.events.back().index, key);
  if (!head) return tl::unexpected(head.error());
  record.tree_head = std::move(*head);
  std::int64_t const size = record.tree_head.head.size;
  auto keys = all_recorded(reader.entries_of_type(journal::key_entry_type));
  if (!keys) return tl::unexpected(keys.error());
  std::erase_if(*keys, [&](RecordedEntry const& entry) { return entry.index >= size; });
  record.keys = std::move(*keys);
  std::vector<std::int64_t> indices;
  for (auto const* list : {&record.events, &record.keys})
    for (RecordedEntry const& entry : *list) indices.push_back(entry.index);
  std::sort(indices.begin(), indices.end());
  for (std::int64_t const index : indices)
    record.inclusion.push_back({index, reader.inclusion_proof(index, size)});
  return record;
}

std::string to_json(CloseOutRecord const& record) {
  Json inclusion = Json::array();
  for (Inclusion const& proof : record.inclusion) {
    Json path = Json::array();
    for (journal::Hash const& hash : proof.path) path.push_back(journal::to_base64(hash));
    inclusion.push_back({{"index", proof.index}, {"path", std::move(path)}});
  }
  nlohmann::ordered_json json{{"format", record_format},
                              {"plan", record.plan},
                              {"item", record.item},
                              {"events", entries_json(record.events)}};
  if (!record.texts.empty()) json["texts"] = texts_json(record.texts);
  json["evidence"] = record.evidence;
  json["keys"] = entries_json(record.keys);
  json["tree_head"] = head_to_json(record.tree_head);
  json["inclusion"] = std::move(inclusion);
  return json.dump(1) + "\n";
}

}  // namespace xiaohao::record
