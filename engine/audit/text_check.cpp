#include "engine/audit/text_check.hpp"

#include "engine/journal/base64.hpp"
#include "engine/json/document.hpp"

namespace xiaohao::audit {
namespace {

std::string text_name(std::int64_t position, std::string const& field) {
  return "journal_text/" + std::to_string(position) + "/" + field;
}

}  // namespace

bool TextCheck::put_back(JournalEntry& entry, Report& report) {
  note_erasure(entry);
  if (entry.commitments.empty()) return true;
  std::map<std::string, journal::CommittedText> texts;
  store::sqlite::Query rows = connection_.query("journal_texts");
  rows.bind(":begin", entry.index).bind(":end", entry.index + 1);
  while (rows.next()) texts[rows.text(1)] = {entry.index, rows.text(1), rows.text(2), rows.text(3)};
  bool whole = true;
  for (auto const& [field, commitment] : entry.commitments) {
    committed_.insert({entry.index, field});
    auto const found = texts.find(field);
    entry.payload[field] = found == texts.end() ? erased_text : found->second.text;
    if (found == texts.end()) {
      missing_.insert({entry.index, field});
    } else if (journal::to_base64(journal::commitment_of(found->second.salt, found->second.text, with_)) !=
               commitment) {
      report.add(Kind::Edited, text_name(entry.index, field),
                 {"与日志中的承诺不符", "is not the text that the entry commits to"});
      whole = false;
    }
  }
  return whole;
}

void TextCheck::note_erasure(JournalEntry const& entry) {
  auto const texts = entry.payload.find("texts");
  if (entry.type != erasure_event || texts == entry.payload.end() || !texts->is_array()) return;
  for (nlohmann::json const& text : *texts) {
    bool const names_one = text.is_object() && text.contains("index") && text["index"].is_number_integer() &&
                           text.contains("field") && text["field"].is_string();
    if (names_one && text["index"].get<std::int64_t>() < entry.index)
      erased_.insert({text["index"].get<std::int64_t>(), text["field"].get<std::string>()});
  }
}

void TextCheck::finish(Report& report) {
  for (Place const& place : missing_)
    if (!erased_.contains(place))
      report.add(Kind::Deleted, text_name(place.first, place.second),
                 {"文字不在了，日志中也没有依法删除的记载",
                  "the text is gone, and no entry tells that it was erased"});
  store::sqlite::Query rows = connection_.query("journal_text_places");
  while (rows.next()) {
    Place const place{rows.integer(0), rows.text(1)};
    if (!committed_.contains(place))
      report.add(Kind::PutIn, text_name(place.first, place.second),
                 {"没有条目承诺这段文字", "no entry commits to this text"});
    else if (erased_.contains(place))
      report.add(Kind::PutIn, text_name(place.first, place.second),
                 {"日志载明已依法删除", "an entry tells that it was erased"});
  }
}

}  // namespace xiaohao::audit
