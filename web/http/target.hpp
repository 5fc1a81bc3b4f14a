#pragma once

// Percent-encoded text from outside: the target of a request, and the body of a form.
//
//     read_target("/items?q=%E5%B1%B1")   // path "/items", query {"q": "山"}
//
// Everything is refused that two readers could take for two different things: bad or overlong encodings, NUL,
// invalid UTF-8, encoded slashes in a path, absolute targets, a name that stands twice.

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "engine/model/result.hpp"

namespace xiaohao::web {

using Pairs = std::map<std::string, std::string>;

struct Target {
  std::string path;
  Pairs query;
};

/// Malformed: anything but `/path?query` of valid percent-encoding.
Result<Target> read_target(std::string_view target);

/// `application/x-www-form-urlencoded`; at most `pairs_max` pairs.
Result<Pairs> read_pairs(std::string_view text, std::size_t pairs_max = 200);

/// RFC 3986: everything but unreserved characters is written as %XX.
std::string encode_component(std::string_view text);

bool is_utf8(std::string_view text);  ///< no overlong forms, surrogates or values beyond U+10FFFF

/// `text` when it is a path on this server that a redirect may follow (`/items?q=1`), else nothing: never
/// another host.
std::optional<std::string> local_path(std::string_view text);

}  // namespace xiaohao::web
