#include "engine/audit/known_heads.hpp"

#include "engine/journal/base64.hpp"
#include "engine/journal/note.hpp"
#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"
#include "engine/record/paper.hpp"

namespace xiaohao::audit {
namespace {

constexpr json::Limits limits{.bytes_max = 64 << 20, .depth_max = 64};

/// What a witness signed besides (docs/witness.mjs): each must be over this head, or the file was altered.
Result<void> expect_cosignatures(json::Json const& given, journal::TreeHead const& head) {
  if (!given.is_array()) return malformed("/cosignatures", "must be a list");
  std::string const text = "xiaohao-cosignature/1\n" + note_of(head);
  for (std::size_t at = 0; at < given.size(); ++at) {
    std::string const pointer = json::join_pointer("/cosignatures", at);
    json::Fields fields(given[at], pointer);
    auto const der = journal::from_base64(fields.text("public_key"));
    auto const signature = journal::from_base64(fields.text("signature"));
    if (auto const finished = fields.finish(); !finished) return finished;
    auto const key = der ? journal::PublicKey::from_der(*der) : malformed(pointer, "is no key");
    if (!key || !signature || !key->verifies(text, *signature))
      return malformed(pointer, "is not over this head; the file was altered");
  }
  return {};
}

/// An answer of the API says a little more than the head.
Result<journal::SignedHead> head_of(json::Json document) {
  if (document.is_object() && document.contains("tree_head")) document = json::Json(document["tree_head"]);
  if (!document.is_object()) return malformed("", "is no tree head");
  json::Json const cosignatures = document.value("cosignatures", json::Json::array());
  for (char const* besides : {"short_code", "public_key", "cosignatures"}) document.erase(besides);
  return journal::head_from_json(document, "").and_then([&](journal::SignedHead head) {
    return expect_cosignatures(cosignatures, head.head).map([&] { return head; });
  });
}

/// What the QR code of a printed record or of /journal holds, as a scanner wrote it down.
std::optional<Result<journal::SignedHead>> scanned(std::string_view text) {
  if (text.starts_with(journal::note_title)) return journal::signed_note_from(text);
  if (text.starts_with(record::paper_title))
    return record::paper_from(text).map([](record::Paper const& paper) { return paper.head; });
  return std::nullopt;
}

}  // namespace

Result<std::vector<journal::SignedHead>> heads_in(std::string_view text) {
  std::vector<journal::SignedHead> heads;
  if (auto const head = scanned(text)) {
    if (!*head) return tl::unexpected(head->error());
    heads.push_back(**head);
    return heads;
  }
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
