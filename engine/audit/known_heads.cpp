#include "engine/audit/known_heads.hpp"

#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"

namespace xiaohao::audit {
namespace {

constexpr json::Limits limits{.bytes_max = 64 << 20, .depth_max = 64};

/// An answer of the API says a little more than the head.
Result<journal::SignedHead> head_of(json::Json document) {
  if (document.is_object() && document.contains("tree_head")) document = json::Json(document["tree_head"]);
  if (!document.is_object()) return malformed("", "is no tree head");
  for (char const* besides : {"short_code", "public_key", "cosignatures"}) document.erase(besides);
  return journal::head_from_json(document, "");
}

}  // namespace

Result<std::vector<journal::SignedHead>> heads_in(std::string_view text) {
  std::vector<journal::SignedHead> heads;
  if (auto whole = json::read(text, limits)) {
    auto head = head_of(std::move(*whole));
    if (!head) return tl::unexpected(head.error());
    heads.push_back(std::move(*head));
    return heads;
  }
  int line_number = 0;
  while (!text.empty()) {
    std::string_view const line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    ++line_number;
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    auto head = json::read(line, limits).and_then(head_of);
    if (!head) {
      std::string const where = "line " + std::to_string(line_number);
      return malformed(where + head.error().first().pointer,
                       head.error().first().detail.en +
                           "; give a copy of DB.heads, an answer of /journal/head or a record");
    }
    heads.push_back(std::move(*head));
  }
  if (heads.empty())
    return malformed("",
                     "holds no tree head; give a copy of DB.heads, an answer of /journal/head or a record");
  return heads;
}

}  // namespace xiaohao::audit
