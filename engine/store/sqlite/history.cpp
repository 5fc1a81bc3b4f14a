#include "engine/store/sqlite/history.hpp"

#include "engine/store/sqlite/head_file.hpp"
#include "engine/store/sqlite/reader.hpp"
#include "engine/store/sqlite/sealing.hpp"

namespace xiaohao::store::sqlite {
namespace {

std::int64_t changes_length(Connection& connection) {
  Query query = connection.query("row_changes_length");
  query.next();
  return query.integer(0);
}

journal::Hash chain_at(Connection& connection, std::int64_t changes, journal::HashAlgorithm with) {
  if (changes == 0) return empty_chain(with);
  Query query = connection.query("row_change_chain");
  query.bind(":position", changes - 1);
  return query.next() ? query.text(0) : "";
}

auto refuse_history(std::string const& path, Text const& what) {
  return refuse(Reason::Unavailable, "",
                {path + "：" + what.zh + "；请运行 xiaohao verify 查明，勿继续使用",
                 path + ": " + what.en + "; run `xiaohao verify` to see where, and do not go on with it"});
}

Result<void> cut_short(std::string const& path, std::int64_t counted_size, std::int64_t size) {
  std::string const counted = std::to_string(counted_size), now = std::to_string(size);
  return refuse_history(
      path, {"历史被截短：曾有 " + counted + " 条日志，现有 " + now + " 条。若是有意恢复旧备份，请先移走 " +
                 path + ".seal 和 " + path + ".heads",
             "the history was cut short: it had " + counted + " entries and has " + now +
                 " now. If an older backup was put back on purpose, move " + path + ".seal and " + path +
                 ".heads away first"});
}

Result<void> rewritten(std::string const& path, std::int64_t counted_size) {
  std::string const counted = std::to_string(counted_size);
  return refuse_history(
      path, {"历史被改写：前 " + counted + " 条日志已不是原来的内容",
             "the history was rewritten: its first " + counted + " entries are not what they were"});
}

/// The last head that was kept outside the database outlives a seal file that is gone with what it sealed.
Result<void> expect_last_head(SqliteReader const& reader, std::string const& path,
                              journal::SigningKey const& key) {
  auto const last = last_head_in(path + ".heads");
  if (!last || !is_signed_by(*last, key.public_key())) return {};
  if (reader.journal_length() < last->head.size)
    return cut_short(path, last->head.size, reader.journal_length());
  return reader.journal_root(last->head.size) == last->head.root ? Result<void>{}
                                                                 : rewritten(path, last->head.size);
}

}  // namespace

std::optional<Seal> stored_seal(Connection& connection) {
  Query query = connection.query("seal");
  if (!query.next()) return std::nullopt;
  Seal seal;
  auto const suite = journal::suite_named(query.text(0));
  seal.suite = suite.value_or(seal.suite);
  seal.journal_size = query.integer(1);
  seal.journal_root = query.text(2);
  seal.changes = query.integer(3);
  seal.chain = query.text(4);
  seal.key_id = query.text(5);
  if (suite) seal.signature = query.text(6);  // of algorithms that nobody knows there is no signature
  return seal;
}

std::optional<Departure> departure_from(Seal const& seal, Connection& connection) {
  SqliteReader const reader(connection);
  if (reader.journal_length() < seal.journal_size || changes_length(connection) < seal.changes)
    return Departure::CutShort;
  auto const with = hash_of(seal.suite);
  try {
    bool const same = reader.journal_suite() == seal.suite &&
                      reader.journal_root(seal.journal_size) == seal.journal_root &&
                      chain_at(connection, seal.changes, with) == seal.chain;
    return same ? std::nullopt : std::optional(Departure::Rewritten);
  } catch (DatabaseError const& error) {
    if (error.code != SQLITE_CORRUPT) throw;
    return Departure::Rewritten;  // a hash of the tree is gone
  }
}

Result<void> expect_own_history(Connection& connection, std::string const& path,
                                journal::SigningKey const* key) {
  if (!key) return {};
  std::optional<Seal> const seal = stored_seal(connection);
  SqliteReader const reader(connection);
  std::int64_t const size = reader.journal_length();
  // A seal by another key is of a time before the key changed; only `verify` follows the hand-over.
  if (!seal || seal->key_id == key->public_key().id()) {
    bool const whole = seal && is_signed_by(*seal, key->public_key()) && size == seal->journal_size &&
                       changes_length(connection) == seal->changes && !departure_from(*seal, connection);
    if (!whole)
      return refuse_history(path, {"数据库在本程序之外被改动",
                                   "the database was changed by something other than this program"});
  }
  std::optional<Seal> const witness = read_seal_file(path + ".seal");
  if (!witness || !is_signed_by(*witness, key->public_key())) return expect_last_head(reader, path, *key);
  auto const departure = departure_from(*witness, connection);
  if (!departure) return expect_last_head(reader, path, *key);
  if (*departure == Departure::CutShort) return cut_short(path, witness->journal_size, size);
  return rewritten(path, witness->journal_size);
}

Result<void> expect_no_history(std::string const& path) {
  std::optional<Seal> const witness = read_seal_file(path + ".seal");
  return witness ? cut_short(path, witness->journal_size, 0) : Result<void>{};
}

void complete_heads(Connection& connection, std::string const& path) {
  auto const last = last_head_in(path + ".heads");
  std::int64_t const known = last ? last->head.size : 0;
  for (journal::SignedHead const& head : SqliteReader(connection).signed_heads(known + 1, 0))
    append_head(path + ".heads", head);
}

}  // namespace xiaohao::store::sqlite
