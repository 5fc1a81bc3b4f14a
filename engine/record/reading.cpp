
#include "engine/journal/base64.hpp"
#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"
#include "engine/record/closeout_record.hpp"

namespace xiaohao::record {
namespace {

std::optional<std::string> inexact_number(Json const& value, std::string const& pointer) {
  if (value.is_number_float()) return pointer;
  if (value.is_number_integer() &&
      (value.get<std::int64_t>() > integer_max || value.get<std::int64_t>() < -integer_max))
    return pointer;
  if (value.is_object()) {
    for (auto const& [key, inner] : value.items())
      if (auto found = inexact_number(inner, json::join_pointer(pointer, key))) return found;
  } else if (value.is_array()) {
    for (std::size_t at = 0; at < value.size(); ++at)
      if (auto found = inexact_number(value[at], json::join_pointer(pointer, at))) return found;
  }
  return std::nullopt;
}

/// Collects what each reader finds wrong, so that all of it is named at once.
class Faults {
 public:
  void add(Result<void> const& read) {
    if (!read) all_.insert(all_.end(), read.error().faults.begin(), read.error().faults.end());
  }
  void add(std::string pointer, std::string detail) {
    all_.push_back({std::move(pointer), {detail, detail}});
  }
  Result<void> finish() {
    if (all_.empty()) return {};
    return tl::unexpected(Refusal{Reason::Malformed, std::move(all_)});
  }

 private:
  std::vector<Fault> all_;
};

std::vector<RecordedEntry> read_entries(Json const& list, std::string const& name, Faults& faults) {
  std::vector<RecordedEntry> entries;
  for (std::size_t at = 0; at < list.size(); ++at) {
    std::string const pointer = json::join_pointer("/" + name, at);
    json::Fields fields(list[at], pointer);
    RecordedEntry entry;
    entry.index = fields.integer("index", 0, integer_max);
    auto leaf = journal::from_base64(fields.text("leaf"));
    if (!leaf) fields.fault("leaf", "must be base64");
    entry.leaf = leaf.value_or("");
    entry.entry = fields.object("entry");
    faults.add(fields.finish());
    entries.push_back(std::move(entry));
  }
  return entries;
}

std::vector<Inclusion> read_inclusion(Json const& list, Faults& faults) {
  std::vector<Inclusion> inclusion;
  for (std::size_t at = 0; at < list.size(); ++at) {
    json::Fields fields(list[at], json::join_pointer("/inclusion", at));
    Inclusion proof{fields.integer("index", 0, integer_max), {}};
    for (Json const& step : fields.array("path")) {
      auto const hash =
          step.is_string() ? journal::from_base64(step.get_ref<std::string const&>()) : std::nullopt;
      if (!hash || hash->size() != 32) fields.fault("path", "must hold hashes of 32 bytes in base64");
      proof.path.push_back(hash.value_or(""));
    }
    faults.add(fields.finish());
    inclusion.push_back(std::move(proof));
  }
  return inclusion;
}

std::vector<journal::CommittedText> read_texts(Json const& list, Faults& faults) {
  if (list.empty()) faults.add("/texts", "must hold a text, or be left out");
  std::vector<journal::CommittedText> texts;
  for (std::size_t at = 0; at < list.size(); ++at) {
    json::Fields fields(list[at], json::join_pointer("/texts", at));
    journal::CommittedText text;
    text.entry = fields.integer("index", 0, integer_max);
    text.field = fields.text("field");
    auto const salt = journal::from_base64(fields.text("salt"));
    if (!salt || salt->size() != journal::salt_bytes) fields.fault("salt", "must be 32 bytes in base64");
    text.salt = salt.value_or("");
    text.text = fields.text("text");
    faults.add(fields.finish());
    texts.push_back(std::move(text));
  }
  return texts;
}

Json read_evidence(Json const& list, Faults& faults) {
  for (std::size_t at = 0; at < list.size(); ++at) {
    json::Fields fields(list[at], json::join_pointer("/evidence", at));
    fields.text("sha256");
    if (!list[at].is_object() || !list[at].contains("name") || !list[at]["name"].is_null())
      fields.text("name");
    else
      fields.ignore("name");  // it was erased
    fields.integer("size", 0, integer_max);
    faults.add(fields.finish());
  }
  return list;
}

}  // namespace

Result<Json> read_exact(std::string_view text) {
  // A mark at the beginning or a zero byte at the end are no JSON, though some readers pass over them.
  if (text.starts_with("\xef\xbb\xbf") || text.find('\0') != std::string_view::npos)
    return malformed("", "not JSON: a byte order mark or a zero byte");
  Result<Json> document = json::read(text, {record_bytes_max, 64});
  if (!document) return document;
  if (auto const pointer = inexact_number(*document, ""))
    return malformed(*pointer, "must be an integer of at most 53 bits");
  return document;
}

Result<CloseOutRecord> read_record(std::string_view text) {
  Result<Json> const document = read_exact(text);
  if (!document) return tl::unexpected(document.error());
  json::Fields fields(*document, "");
  Faults faults;
  if (fields.text("format") != record_format)
    return malformed("/format", std::string("must be \"") + record_format + "\"");
  CloseOutRecord record;
  record.plan = fields.object("plan");
  record.item = fields.object("item");
  record.events = read_entries(fields.array("events"), "events", faults);
  if (fields.has("texts")) record.texts = read_texts(fields.array("texts"), faults);
  record.evidence = read_evidence(fields.array("evidence"), faults);
  record.keys = read_entries(fields.array("keys"), "keys", faults);
  Result<journal::SignedHead> head = journal::head_from_json(fields.object("tree_head"), "/tree_head");
  if (head)
    record.tree_head = std::move(*head);
  else
    faults.add(tl::unexpected(head.error()));
  record.inclusion = read_inclusion(fields.array("inclusion"), faults);
  faults.add(fields.finish());
  if (auto finished = faults.finish(); !finished) return tl::unexpected(finished.error());
  return record;
}

}  // namespace xiaohao::record
