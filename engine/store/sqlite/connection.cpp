#include "engine/store/sqlite/connection.hpp"

#include "sqlite_files.embedded.hpp"

namespace xiaohao::store::sqlite {
namespace {

[[noreturn]] void fail(sqlite3* handle, int code, std::string const& where) {
  throw DatabaseError(code, where + ": " + (handle ? sqlite3_errmsg(handle) : sqlite3_errstr(code)));
}

std::map<std::string, std::string, std::less<>> parse(std::string_view file) {
  std::map<std::string, std::string, std::less<>> found;
  constexpr std::string_view marker = "-- name: ";
  for (std::size_t at = file.find(marker); at != std::string_view::npos;) {
    std::size_t const name_begin = at + marker.size();
    std::size_t const name_end = file.find('\n', name_begin);
    std::size_t const next = file.find(marker, name_end);
    std::string_view const sql =
        file.substr(name_end, next == std::string_view::npos ? next : next - name_end);
    found.emplace(file.substr(name_begin, name_end - name_begin), sql.substr(0, sql.find(';') + 1));
    at = next;
  }
  return found;
}

}  // namespace

std::map<std::string, std::string, std::less<>> const& statements() {
  static auto const all = [] {
    for (embedded::EmbeddedFile const& file : embedded::sqlite_files())
      if (file.path == "statements.sql") return parse(file.bytes);
    return std::map<std::string, std::string, std::less<>>{};
  }();
  return all;
}

Query::~Query() {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

void Query::check(int code) const {
  if (code != SQLITE_OK) fail(sqlite3_db_handle(statement_), code, sqlite3_sql(statement_));
}

int Query::index_of(char const* name) const {
  int const index = sqlite3_bind_parameter_index(statement_, name);
  if (index == 0)
    throw DatabaseError(SQLITE_MISUSE,
                        std::string("no parameter ") + name + " in " + sqlite3_sql(statement_));
  return index;
}

Query& Query::bind(char const* name, std::int64_t value) {
  check(sqlite3_bind_int64(statement_, index_of(name), value));
  return *this;
}

Query& Query::bind(char const* name, std::string_view text) {
  check(sqlite3_bind_text64(statement_, index_of(name), text.empty() ? "" : text.data(), text.size(),
                            SQLITE_TRANSIENT, SQLITE_UTF8));
  return *this;
}

Query& Query::bind_null(char const* name) {
  check(sqlite3_bind_null(statement_, index_of(name)));
  return *this;
}

Query& Query::bind_bytes(char const* name, std::string_view bytes) {
  check(sqlite3_bind_blob64(statement_, index_of(name), bytes.empty() ? "" : bytes.data(), bytes.size(),
                            SQLITE_TRANSIENT));
  return *this;
}

bool Query::next() {
  int const code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  fail(sqlite3_db_handle(statement_), code, sqlite3_sql(statement_));
}

int Query::run() {
  while (next()) {
  }
  return sqlite3_changes(sqlite3_db_handle(statement_));
}

bool Query::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
std::int64_t Query::integer(int column) const { return sqlite3_column_int64(statement_, column); }

std::string_view Query::view(int column) const {
  void const* bytes = sqlite3_column_blob(statement_, column);
  auto const size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  return bytes ? std::string_view(static_cast<char const*>(bytes), size) : std::string_view();
}

std::string Query::text(int column) const { return std::string(view(column)); }

std::optional<Instant> Query::instant_or_none(int column) const {
  return is_null(column) ? std::nullopt : std::optional(instant(column));
}

std::optional<Date> Query::date_or_none(int column) const {
  return is_null(column) ? std::nullopt : std::optional(parse_date(text(column)).value());
}

std::optional<std::string> Query::text_or_none(int column) const {
  return is_null(column) ? std::nullopt : std::optional(text(column));
}

Connection::Connection(std::string const& path, Access access, bool create) {
  sqlite3* handle = nullptr;
  int const flags = (access == Access::Reader ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) |
                    (create ? SQLITE_OPEN_CREATE : 0) | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  int const code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
  handle_.reset(handle);
  if (code != SQLITE_OK) fail(handle, code, path);
  sqlite3_busy_timeout(handle, 5000);
  execute("PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;");
  if (access == Access::Reader) execute("PRAGMA wal_autocheckpoint = 0; PRAGMA query_only = ON;");
}

void Connection::execute(char const* sql) {
  int const code = sqlite3_exec(handle(), sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(handle(), code, sql);
}

Query Connection::query(std::string_view name) {
  auto const known = statements_.find(name);
  if (known != statements_.end()) return Query(known->second.get());
  auto const sql = statements().find(name);
  if (sql == statements().end()) throw DatabaseError(SQLITE_MISUSE, "no statement " + std::string(name));
  sqlite3_stmt* statement = nullptr;
  int const code =
      sqlite3_prepare_v3(handle(), sql->second.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) fail(handle(), code, std::string(name));
  return Query(statements_.emplace(name, statement).first->second.get());
}

std::int64_t Connection::pragma(char const* sql) {
  sqlite3_stmt* statement = nullptr;
  int const code = sqlite3_prepare_v2(handle(), sql, -1, &statement, nullptr);
  std::unique_ptr<sqlite3_stmt, Finalize> const owned(statement);
  if (code != SQLITE_OK) fail(handle(), code, sql);
  Query query(statement);
  return query.next() ? query.integer(0) : 0;
}

}  // namespace xiaohao::store::sqlite
