// The verifiable journal, as RFC 9162 describes it: head, entries, proofs. Hashes are in base64. What an
// entry commits to comes beside it, so that `entry` stays what was hashed.

#include "engine/json/reader.hpp"
#include "engine/record/keeping.hpp"
#include "web/api/answers.hpp"
#include "web/api/query.hpp"
#include "web/readable_entries.hpp"

namespace xiaohao::web::api {
namespace {

Json hashes(std::vector<std::string> const& path) {
  Json list = Json::array();
  for (std::string const& hash : path) list.push_back(base64(hash));
  return list;
}

/// Of everything that is in the journal now, signed if there is a key; the answer is the same until more is.
Result<Response> head(store::Reader const& reader, journal::SigningKey const* key) {
  store::JournalHead const plain = reader.journal_head();
  if (!key || plain.size == 0)
    return json_response(200, Json{{"size", plain.size}, {"root", base64(plain.root)}});
  auto const signed_head = record::sign_head(reader, *key);
  if (!signed_head) return tl::unexpected(signed_head.error());
  Json answer = journal::head_to_json(*signed_head);
  answer["short_code"] = short_code(signed_head->head);
  answer["public_key"] = base64(key->public_key().der());
  return json_response(200, answer);
}

Result<Response> entries(Application& application, Request const& request) {
  auto const reader = application.engine.store().read();
  std::int64_t const size = reader->journal_head().size;
  Query query(request);
  std::int64_t const first = query.integer("from", 0, INT64_MAX).value_or(0);
  std::int64_t const from = query.cursor("journal").value_or(first);
  std::int64_t const to = std::min(size, query.integer("to", 0, INT64_MAX).value_or(size));
  std::int64_t const limit = query.limit();
  if (auto finished = query.finish(); !finished) return tl::unexpected(finished.error());
  std::int64_t const end = std::min(to, from > INT64_MAX - limit ? INT64_MAX : from + limit);
  std::vector<store::JournalLine> const lines =
      from < end ? reader->journal(from, end) : std::vector<store::JournalLine>{};
  if (!may_read_entries(application, request.visitor->username, *reader, lines))
    return refuse(Reason::Forbidden, "",
                  {"您不能查看日志", "you may not read the history of all of these items"});
  Json items = Json::array();
  for (store::JournalLine const& line : lines) {
    Result<nlohmann::json> entry = json::read(line.leaf);
    if (!entry) return tl::unexpected(entry.error());
    items.push_back({{"index", line.index}, {"leaf", base64(line.leaf)}, {"entry", std::move(*entry)}});
    Json texts = Json::array();
    for (journal::CommittedText const& text : line.texts)
      texts.push_back({{"field", text.field}, {"salt", base64(text.salt)}, {"text", text.text}});
    if (!texts.empty()) items.back()["texts"] = std::move(texts);
  }
  return list_response(std::move(items), end < to ? std::optional(cursor_of("journal", end)) : std::nullopt);
}

}  // namespace

void add_journal_routes(Router& router, Application& application) {
  add(router, "GET", "/journal/head", [&application](Request const& request) -> Result<Response> {
    if (auto finished = Query(request).finish(); !finished) return tl::unexpected(finished.error());
    store::Store& store = application.engine.store();
    return head(*store.read(), store.key().get());
  });
  add(router, "GET", "/journal/entries",
      [&application](Request const& request) { return entries(application, request); });
  add(router, "GET", "/journal/inclusion", [&application](Request const& request) -> Result<Response> {
    auto const reader = application.engine.store().read();
    std::int64_t const last = reader->journal_head().size;
    Query query(request);
    std::int64_t const size = query.integer("size", 1, last).value_or(last);
    std::int64_t const index = query.required_integer("index", 0, std::max<std::int64_t>(0, size - 1));
    if (last == 0) query.fault("index", {"日志是空的", "the journal is empty"});
    if (auto finished = query.finish(); !finished) return tl::unexpected(finished.error());
    return json_response(
        200, Json{{"index", index}, {"size", size}, {"path", hashes(reader->inclusion_proof(index, size))}});
  });
  add(router, "GET", "/journal/consistency", [&application](Request const& request) -> Result<Response> {
    auto const reader = application.engine.store().read();
    std::int64_t const last = reader->journal_head().size;
    Query query(request);
    std::int64_t const to = query.integer("to", 1, last).value_or(last);
    std::int64_t const from = query.required_integer("from", 1, std::max<std::int64_t>(1, to));
    if (last == 0) query.fault("from", {"日志是空的", "the journal is empty"});
    if (auto finished = query.finish(); !finished) return tl::unexpected(finished.error());
    return json_response(
        200, Json{{"from", from}, {"to", to}, {"path", hashes(reader->consistency_proof(from, to))}});
  });
}

}  // namespace xiaohao::web::api
