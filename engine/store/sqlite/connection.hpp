#pragma once

// A connection to one SQLite database: opening, prepared statements by name, binding and reading. The C API
// with as little around it as keeps it safe. Errors of the database are exceptions: they are bugs or lost
// disks, never "not allowed".

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <sqlite3.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/ids.hpp"
#include "engine/model/time.hpp"
#include "engine/store/sqlite/definition_cache.hpp"

namespace xiaohao::store::sqlite {

class DatabaseError : public std::runtime_error {
 public:
  DatabaseError(int result_code, std::string const& what)
      : std::runtime_error(what), code(result_code & 0xff) {}
  int code;  ///< SQLite's primary result code
  /// "Disk full" may arrive as either.
  bool disk() const { return code == SQLITE_FULL || code == SQLITE_IOERR; }
};

/// One use of a prepared statement; gives it back reset when it ends.
class Query {
 public:
  explicit Query(sqlite3_stmt* statement) : statement_(statement) {}
  ~Query();
  Query(Query const&) = delete;
  Query& operator=(Query const&) = delete;

  Query& bind(char const* name, std::int64_t value);
  Query& bind(char const* name, int value) { return bind(name, static_cast<std::int64_t>(value)); }
  Query& bind(char const* name, bool value) { return bind(name, static_cast<std::int64_t>(value)); }
  Query& bind(char const* name, std::string_view text);
  Query& bind(char const* name, std::string const& text) { return bind(name, std::string_view(text)); }
  Query& bind(char const* name, char const* text) { return bind(name, std::string_view(text)); }
  Query& bind(char const* name, Instant instant) {
    return bind(name, static_cast<std::int64_t>(instant.time_since_epoch().count()));
  }
  Query& bind(char const* name, Date date) { return bind(name, to_string(date)); }
  template <class Tag, class Value>
  Query& bind(char const* name, Id<Tag, Value> const& id) {
    return bind(name, id.value());
  }
  template <class Value>
  Query& bind(char const* name, std::optional<Value> const& value) {
    return value ? bind(name, *value) : bind_null(name);
  }
  Query& bind_null(char const* name);
  Query& bind_bytes(char const* name, std::string_view bytes);

  bool next();  ///< the next row, if there is one
  int run();    ///< for statements without rows; how many rows it changed

  bool is_null(int column) const;
  std::int64_t integer(int column) const;
  int small(int column) const { return static_cast<int>(integer(column)); }
  bool flag(int column) const { return integer(column) != 0; }
  std::string text(int column) const;       ///< blobs too
  std::string_view view(int column) const;  ///< the same bytes, until the next row
  Instant instant(int column) const { return Instant{std::chrono::milliseconds{integer(column)}}; }
  std::optional<Instant> instant_or_none(int column) const;
  std::optional<Date> date_or_none(int column) const;
  std::optional<std::string> text_or_none(int column) const;

 private:
  sqlite3_stmt* statement_;
  int index_of(char const* name) const;
  void check(int code) const;
};

enum class Access { Writer, Reader };

class Connection {
 public:
  /// Opens an existing file. Throws DatabaseError. Only the writer may checkpoint: before 3.51.3 SQLite can
  /// lose commits when another does.
  Connection(std::string const& path, Access access, bool create = false);
  Connection(Connection const&) = delete;
  Connection& operator=(Connection const&) = delete;

  void execute(char const* sql);  ///< statements without parameters or rows
  /// A statement of statements.sql.
  Query query(std::string_view name);
  std::int64_t pragma(char const* sql);  ///< the one integer it answers
  sqlite3* handle() const { return handle_.get(); }
  DefinitionCache& definitions() { return definitions_; }

 private:
  DefinitionCache definitions_;
  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  std::unique_ptr<sqlite3, Close> handle_;
  std::map<std::string, std::unique_ptr<sqlite3_stmt, Finalize>, std::less<>> statements_;
};

/// The statements of statements.sql by name; made once.
std::map<std::string, std::string, std::less<>> const& statements();

}  // namespace xiaohao::store::sqlite
