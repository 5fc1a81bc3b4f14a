// The hook is declared only when asked for; Debian's library has it.
#define SQLITE_ENABLE_PREUPDATE_HOOK
#include "engine/store/sqlite/sealing.hpp"

#include <set>
#include <tuple>

#include "engine/json/document.hpp"
#include "engine/store/sqlite/head_file.hpp"
#include "engine/store/sqlite/history.hpp"
#include "engine/store/sqlite/reader.hpp"
#include "engine/store/sqlite/register.hpp"

namespace xiaohao::store::sqlite {
namespace {

using Value = int (*)(sqlite3*, int, sqlite3_value**);

std::vector<sqlite3_value*> row(sqlite3* handle, Value value) {
  std::vector<sqlite3_value*> values(static_cast<std::size_t>(sqlite3_preupdate_count(handle)));
  for (std::size_t column = 0; column < values.size(); ++column)
    if (int const code = value(handle, static_cast<int>(column), &values[column]); code != SQLITE_OK)
      throw DatabaseError(code, "a changed row cannot be read");
  return values;
}

/// `recorded_at` of the last entry, as the journal writes it.
std::string time_of_last(Reader const& reader, std::int64_t size) {
  auto const lines = reader.journal(size - 1, size);
  auto const leaf = nlohmann::json::parse(lines.at(0).leaf, nullptr, false);
  return leaf.is_object() ? leaf.value("recorded_at", "") : "";
}

void put_seal(Connection& connection, Seal const& seal) {
  connection.query("put_seal")
      .bind(":algorithms", to_string(seal.suite))
      .bind(":journal_size", seal.journal_size)
      .bind_bytes(":journal_root", seal.journal_root)
      .bind(":changes", seal.changes)
      .bind_bytes(":chain", seal.chain)
      .bind(":key_id", seal.key_id)
      .bind_bytes(":signature", seal.signature)
      .run();
}

void put_signed_head(Connection& connection, journal::SignedHead const& signed_head) {
  connection.query("put_signed_head")
      .bind(":size", signed_head.head.size)
      .bind(":algorithms", to_string(signed_head.head.suite))
      .bind_bytes(":root", signed_head.head.root)
      .bind(":time", signed_head.head.time)
      .bind(":key_id", signed_head.head.key_id)
      .bind_bytes(":signature", signed_head.signature)
      .run();
}

}  // namespace

Sealing::Sealing(std::string database_path, std::shared_ptr<journal::SigningKey const> key)
    : path_(std::move(database_path)), key_(std::move(key)) {}

void Sealing::attach(Connection& connection) {
  shapes_.clear();
  notes_.clear();
  last_ = stored_seal(connection);
  if (last_) with_ = hash_of(last_->suite);
  for (std::string const& table : tables_of(connection.handle()))
    if (is_registered(table)) shapes_.emplace(table, TableShape(connection.handle(), table));
  sqlite3_preupdate_hook(connection.handle(), on_change, this);
}

void Sealing::detach(Connection& connection) {
  sqlite3_preupdate_hook(connection.handle(), nullptr, nullptr);
}

void Sealing::on_change(void* self, sqlite3* handle, int operation, char const* database, char const* table,
                        sqlite3_int64 old_rowid, sqlite3_int64 new_rowid) {
  if (std::string_view(database) != "main") return;
  auto& sealing = *static_cast<Sealing*>(self);
  try {
    sealing.note(handle, operation, table, old_rowid, new_rowid);
  } catch (...) {
    sealing.hook_failed_ = true;  // SQLite's frames cannot be unwound; `before_commit` throws instead
  }
}

void Sealing::note(sqlite3* handle, int operation, char const* table, std::int64_t old_rowid,
                   std::int64_t new_rowid) {
  auto const found = shapes_.find(std::string_view(table));
  if (found == shapes_.end()) return;
  TableShape const& shape = found->second;
  std::optional<Note> before, after;
  if (operation != SQLITE_INSERT) {
    auto const values = row(handle, sqlite3_preupdate_old);
    before = Note{&shape, shape.key_of(values, old_rowid), shape.hash_of(values, with_), std::nullopt};
  }
  if (operation != SQLITE_DELETE) {
    auto const values = row(handle, sqlite3_preupdate_new);
    after = Note{&shape, shape.key_of(values, new_rowid), std::nullopt, shape.hash_of(values, with_)};
  }
  if (before && after && before->key == after->key) {
    before->after = after->after;
    after.reset();
  }
  if (before) notes_.push_back(std::move(*before));
  if (after) notes_.push_back(std::move(*after));
}

void Sealing::forget(std::size_t mark) {
  notes_.erase(notes_.begin() + static_cast<std::ptrdiff_t>(mark), notes_.end());
}

void Sealing::register_all(Connection& connection, std::vector<std::string> const& except) {
  std::set<std::string> const left_alone(except.begin(), except.end());
  for (RowDifference const& difference : compare_with_register(connection, with_)) {
    auto const shape = shapes_.find(difference.table);
    if (shape == shapes_.end() || left_alone.contains(difference.name())) continue;
    notes_.push_back({&shape->second, difference.key, difference.registered, difference.found});
  }
}

void Sealing::register_notes(Connection& connection, Seal& seal) {
  // A row that changed twice in one commit is registered once, as it is left.
  std::map<std::pair<TableShape const*, std::string_view>, std::size_t> first, last;
  for (std::size_t at = 0; at < notes_.size(); ++at) {
    std::pair const row_of{notes_[at].table, std::string_view(notes_[at].key)};
    first.emplace(row_of, at);
    last[row_of] = at;
  }
  for (std::size_t at = 0; at < notes_.size(); ++at) {
    Note const& note = notes_[at];
    std::pair const row_of{note.table, std::string_view(note.key)};
    if (last.at(row_of) != at || notes_[first.at(row_of)].before == note.after) continue;
    seal.chain = next_chain(seal.chain, note.table->table(), note.key, note.after, with_);
    Query query = connection.query("put_row_change");
    query.bind(":position", seal.changes++)
        .bind(":table_name", note.table->table())
        .bind(":row_key", note.key);
    note.after ? query.bind_bytes(":row_hash", *note.after) : query.bind_null(":row_hash");
    query.bind_bytes(":chain", seal.chain).run();
  }
  notes_.clear();
}

void Sealing::before_commit(Connection& connection) {
  if (std::exchange(hook_failed_, false))
    throw DatabaseError(SQLITE_NOMEM, "the change of a row could not be registered");
  Seal seal = last_.value_or(Seal{});
  if (!last_) {
    if (key_) seal.suite = key_->public_key().suite();
    with_ = hash_of(seal.suite);
    seal.chain = empty_chain(with_);
    seal.journal_root = journal::empty_root(with_);
  }
  JournalHead head{seal.journal_size, seal.journal_root};
  SqliteReader const reader(connection);
  if (reader.journal_length() != head.size) head = reader.journal_head();
  pending_head_.reset();
  if (std::exchange(keep_head_, false) && key_ && head.size > 0) {
    pending_head_ = journal::sign(
        {seal.suite, head.size, head.root, time_of_last(reader, head.size), key_->public_key().id()}, *key_);
    put_signed_head(connection, *pending_head_);
  }
  register_notes(connection, seal);
  seal.journal_size = head.size;
  seal.journal_root = head.root;
  if (last_ && seal == *last_ && (!key_ || seal.key_id == key_->public_key().id())) {
    pending_.reset();  // nothing changed but what follows from other rows, or has no meaning
    return;
  }
  pending_ = key_ ? signed_by(std::move(seal), *key_) : std::move(seal);
  put_seal(connection, *pending_);
}

void Sealing::after_commit() {
  if (pending_) {
    last_ = std::move(pending_);
    if (key_) write_seal_file(path_ + ".seal", *last_);
  }
  if (pending_head_) append_head(path_ + ".heads", *pending_head_);
  pending_.reset();
  pending_head_.reset();
}

void Sealing::after_rollback() {
  notes_.clear();
  pending_.reset();
  pending_head_.reset();
  keep_head_ = hook_failed_ = false;
}

journal::Hash empty_chain(journal::HashAlgorithm with) {
  return journal::hash("xiaohao-row-changes/1", with);
}

journal::Hash next_chain(journal::Hash const& chain, std::string_view table, std::string_view key,
                         std::optional<journal::Hash> const& row_hash, journal::HashAlgorithm with) {
  std::string bytes = chain;
  for (std::string_view const part : {table, key}) {
    bytes += std::to_string(part.size()) + ":";
    bytes += part;
  }
  bytes += row_hash ? "=" + *row_hash : "-";
  return journal::hash(bytes, with);
}

}  // namespace xiaohao::store::sqlite
