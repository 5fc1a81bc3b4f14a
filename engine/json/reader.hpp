#pragma once

// The one reader of JSON that comes from outside: files, request bodies, stored records.
//
// nlohmann/json alone keeps the last of duplicate keys, overflows the stack on deep input and wraps integers
// (`docs/decisions/0003-one-json-reader.md`), so nothing outside this folder calls `json::parse`,
// `get<int>()` or `value()` on outside input.

#include <cstddef>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/result.hpp"

namespace xiaohao::json {

using Json = nlohmann::json;
using OrderedJson = nlohmann::ordered_json;  ///< keeps the order of keys, where a format gives it a meaning

struct Limits {
  std::size_t bytes_max = 1 << 20;
  int depth_max = 64;
};

/// Reads one JSON document. Refuses, as `Malformed` and with the pointer of the place where it is known: more
/// bytes or levels than `limits` allow, duplicate keys, invalid UTF-8, integers beyond 64 bits, anything
/// after the document.
Result<Json> read(std::string_view text, Limits limits = {});

/// The same, with the keys of objects in the order of the text.
Result<OrderedJson> read_ordered(std::string_view text, Limits limits = {});

/// Reads a file as `read` does. A file that cannot be opened is `NotFound`.
/// A file's bytes, up to one more than `limits` allow, so that the reader can refuse those. NotFound,
/// Unavailable.
Result<std::string> file_text(std::string const& path, Limits limits = {});
Result<Json> read_file(std::string const& path, Limits limits = {});
Result<OrderedJson> read_ordered_file(std::string const& path, Limits limits = {});

/// Walks one object field by field, and collects every fault with its pointer instead of stopping at the
/// first.
///
///     Fields fields(document, "");
///     std::string title = fields.text("title");
///     std::int64_t year = fields.integer("year", 1900, 9999);
///     if (Result<void> read = fields.finish(); !read) return tl::unexpected(read.error());
///
/// A missing or mistyped field yields an empty value and a fault; `finish` also names every field that nobody
/// asked for, since an unknown field is a misspelt one.
class Fields {
 public:
  Fields(Json const& object, std::string pointer);

  std::string text(std::string_view name);  ///< required, not empty
  std::string text_or(std::string_view name, std::string_view fallback);
  std::int64_t integer(std::string_view name, std::int64_t min, std::int64_t max);
  std::int64_t integer_or(std::string_view name, std::int64_t min, std::int64_t max, std::int64_t fallback);
  bool boolean_or(std::string_view name, bool fallback);
  std::vector<std::string> texts(std::string_view name);  ///< an array of strings; missing is empty
  Json const& array(std::string_view name);               ///< required array; an empty one when at fault
  Json const& array_or_empty(std::string_view name);
  Json const& object(std::string_view name);    ///< required object; an empty one when at fault
  Json const* optional(std::string_view name);  ///< null pointer when missing or null

  bool has(std::string_view name) const;
  void ignore(std::string_view name);  ///< a field that is known, and not needed here
  std::vector<int> integers(std::string_view name, int min, int max);  ///< an array of them; missing is empty
  void fault(std::string_view name, std::string_view detail);
  void fault(std::string_view name, Text detail);
  void include(Result<void> const& inner);  ///< the faults of an object inside this one, from its `finish`
  std::string pointer(std::string_view name) const;

  /// The faults found so far as one `Malformed` refusal, unknown fields included; success when there are
  /// none.
  Result<void> finish();

 private:
  Json const& object_;
  std::string pointer_;
  std::vector<std::string> asked_;
  std::vector<Fault> faults_;
  Json const* find(std::string_view name);
};

/// `base` with one reference token added, `~` and `/` escaped as RFC 6901 says.
std::string join_pointer(std::string_view base, std::string_view token);
std::string join_pointer(std::string_view base, std::size_t index);

}  // namespace xiaohao::json
