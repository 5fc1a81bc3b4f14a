#pragma once

// Seals what a commit has written.
//
// 1. While works run, SQLite tells of every row that changes (its preupdate hook), whoever wrote it. Rows of
//    registered tables (row_hash.hpp) are noted with a hash of what they become.
// 2. Before the commit, the notes of works that were not rolled back go into `row_change`, an append-only
// register
//    in which each line carries the hash of itself and of all before it.
// 3. A seal says where the journal's tree and the register stand. It is signed when there is a key.
// 4. After the commit is durable, the seal is written to `PATH.seal`, and heads that were kept to
// `PATH.heads`.
//
// So nobody without the key can change a row of any table, take entries from the end, or put an older copy
// back, without `verify` naming it. Whoever has disk and key is found by a head that has left the house.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/store/sqlite/connection.hpp"
#include "engine/store/sqlite/row_hash.hpp"
#include "engine/store/sqlite/seal.hpp"

namespace xiaohao::store::sqlite {

class Sealing {
 public:
  /// `key` may be null: then the seal is not signed.
  Sealing(std::string database_path, std::shared_ptr<journal::SigningKey const> key);

  /// Listens to a new connection of the writer, and takes up the register where it ends. Throws
  /// DatabaseError.
  void attach(Connection& connection);
  static void detach(Connection& connection);  ///< before this goes and the connection stays

  /// Inside the writer's transaction. What was noted since `mark()` is forgotten by `forget` when a work is
  /// rolled back.
  std::size_t mark() const { return notes_.size(); }
  void forget(std::size_t mark);
  void keep_head() { keep_head_ = true; }  ///< this commit's head is signed and kept
  /// Notes every row of the registered tables anew: after a migration has changed what they look like. Rows
  /// that did not agree with the register before (`except`, as `table/key`) stay as they are, and so stay
  /// named.
  void register_all(Connection& connection, std::vector<std::string> const& except);

  void before_commit(Connection& connection);
  void after_commit();
  void after_rollback();

 private:
  struct Note {
    TableShape const* table;
    std::string key;
    std::optional<journal::Hash> before, after;
  };

  std::string path_;
  std::shared_ptr<journal::SigningKey const> key_;
  journal::HashAlgorithm with_ = journal::HashAlgorithm::Sha256;
  std::map<std::string, TableShape, std::less<>> shapes_;
  std::vector<Note> notes_;
  bool keep_head_ = false;
  bool hook_failed_ = false;
  std::optional<Seal> last_, pending_;
  std::optional<journal::SignedHead> pending_head_;

  static void on_change(void* self, sqlite3* handle, int operation, char const* database, char const* table,
                        sqlite3_int64 old_rowid, sqlite3_int64 new_rowid);
  void note(sqlite3* handle, int operation, char const* table, std::int64_t old_rowid,
            std::int64_t new_rowid);
  void register_notes(Connection& connection, Seal& seal);
};

/// The chain after one more change.
journal::Hash next_chain(journal::Hash const& chain, std::string_view table, std::string_view key,
                         std::optional<journal::Hash> const& row_hash, journal::HashAlgorithm with);
journal::Hash empty_chain(journal::HashAlgorithm with);

}  // namespace xiaohao::store::sqlite
