#include "engine/record/keeping.hpp"

#include "engine/journal/base64.hpp"
#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"

namespace xiaohao::record {
namespace {

JournalEntry general_entry(std::string type, nlohmann::json payload, Moment moment) {
  return {0,
          moment.at,
          moment.recorded_at,
          Actor::engine(),
          std::nullopt,
          std::move(type),
          std::move(payload),
          nlohmann::json::object()};
}

auto no_key() {
  return refuse(
      Reason::Unavailable, "",
      {"没有签名密钥；请从备份恢复密钥文件，或运行 xiaohao key replace",
       "there is no key to sign with; restore the key file from its copy, or run `xiaohao key replace`"});
}

Result<void> name_key(store::Store& store, journal::SigningKey const* previous, std::string const& reason,
                      Moment moment) {
  return store.write_and_wait([&](store::Transaction& transaction) -> Result<void> {
    Result<journal::KeyChain> const keys = keys_of(transaction);
    if (!keys) return tl::unexpected(keys.error());
    std::string const previous_id = keys->last() ? keys->last()->key.id() : "";
    transaction.append(general_entry(
        journal::key_entry_type,
        journal::key_payload(*store.key(), previous_id, previous, reason, to_string(moment.recorded_at)),
        moment));
    transaction.keep_head();
    return {};
  });
}

}  // namespace

Result<journal::KeyChain> keys_of(store::Reader const& reader) {
  journal::KeyChain keys;
  for (store::JournalLine const& line : reader.entries_of_type(journal::key_entry_type)) {
    auto const entry = json::read(line.leaf);
    auto const added = entry ? keys.add(*entry) : Result<void>(tl::unexpected(entry.error()));
    if (!added) {
      std::string const where = std::to_string(line.index);
      return refuse(Reason::Unavailable, "",
                    {"日志第 " + where + " 条的密钥记录不成立：" + added.error().first().detail.zh,
                     "the key in entry " + where + " of the journal does not hold: " +
                         added.error().first().pointer + " " + added.error().first().detail.en});
    }
  }
  return keys;
}

Result<void> keep_key(store::Store& store, journal::SigningKey const* previous, Moment moment) {
  auto const key = store.key();
  if (!key) return no_key();
  Result<journal::KeyChain> const keys = keys_of(*store.read());
  if (!keys) return tl::unexpected(keys.error());
  if (!keys->last()) return name_key(store, nullptr, "first", moment);
  if (keys->last()->key == key->public_key()) return {};
  if (previous && keys->last()->key == previous->public_key())
    return name_key(store, previous, "rotated", moment);
  return refuse(
      Reason::Unavailable, "",
      {"密钥文件不是日志所载的密钥；请恢复原密钥，或运行 xiaohao key replace",
       "the key file is not the key that the journal names; restore that one, or run `xiaohao key replace`"});
}

Result<void> replace_key(store::Store& store, Loss loss, Moment moment) {
  if (!store.key()) return no_key();
  Result<journal::KeyChain> const keys = keys_of(*store.read());
  if (!keys) return tl::unexpected(keys.error());
  if (keys->last() && keys->last()->key == store.key()->public_key()) return {};
  return name_key(store, nullptr, !keys->last() ? "first" : loss == Loss::Lost ? "lost" : "stolen", moment);
}

Result<void> keep_daily_head(store::Store& store, Moment moment) {
  if (!store.key()) return no_key();
  auto const reader = store.read();
  std::optional<journal::SignedHead> const last = reader->last_signed_head();
  if (last) {
    Result<Instant> const time = parse_instant(last->head.time);
    if (reader->journal_head().size == last->head.size) return {};
    if (time && local_date(*time) == local_date(moment.recorded_at)) return {};
  }
  return store.write_and_wait([&](store::Transaction& transaction) -> Result<void> {
    store::RegisterState const rows = transaction.register_state();
    transaction.append(
        general_entry("journal.sealed",
                      {{"row_changes", rows.changes}, {"chain", journal::to_base64(rows.chain)}}, moment));
    transaction.keep_head();
    return {};
  });
}

Result<journal::SignedHead> sign_head(store::Reader const& reader, journal::SigningKey const& key) {
  store::JournalHead const head = reader.journal_head();
  if (head.size == 0) return refuse(Reason::Unavailable, "", {"日志是空的", "the journal is empty"});
  auto const kept = reader.signed_heads(head.size, 1);
  if (!kept.empty() && kept.front().head.key_id == key.public_key().id()) return kept.front();
  auto const last = json::read(reader.journal(head.size - 1, head.size).at(0).leaf);
  std::string const time = last && last->is_object() ? last->value("recorded_at", "") : "";
  return journal::sign({key.public_key().suite(), head.size, head.root, time, ""}, key);
}

}  // namespace xiaohao::record
