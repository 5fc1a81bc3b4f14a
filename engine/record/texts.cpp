#include "engine/record/texts.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "engine/domain/command.hpp"
#include "engine/journal/base64.hpp"
#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"

namespace xiaohao::record {
namespace {

constexpr std::size_t field_bytes_max = 32;

bool is_field(std::string const& name) {
  return !name.empty() && name.size() <= field_bytes_max &&
         std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

using Place = std::pair<std::int64_t, std::string>;  ///< index of the entry, field

class Texts {
 public:
  explicit Texts(CloseOutRecord const& record)
      : record_(record), with_(hash_of(record.tree_head.head.suite)) {}

  std::vector<Fault> faults() {
    for (std::size_t at = 0; at < record_.events.size(); ++at) read_commitments(at);
    for (std::size_t at = 0; at < record_.texts.size(); ++at) check(at);
    for (auto const& [place, commitment] : commitments_)
      if (!found_.contains(place) && !is_erased(place))
        fault("/texts", "缺少第 " + std::to_string(place.first) + " 条的 " + place.second,
              "lack " + place.second + " of entry " + std::to_string(place.first) +
                  ", and no event tells that it was erased");
    return std::move(faults_);
  }

 private:
  CloseOutRecord const& record_;
  journal::HashAlgorithm with_;
  std::map<Place, journal::Hash> commitments_;
  std::set<std::tuple<std::int64_t, std::int64_t, std::string>> erasures_;  ///< told by, entry, field
  std::set<Place> found_;
  std::vector<Fault> faults_;

  void fault(std::string pointer, std::string zh, std::string en) {
    faults_.push_back({std::move(pointer), {std::move(zh), std::move(en)}});
  }

  void read_commitments(std::size_t at) {
    RecordedEntry const& event = record_.events[at];
    std::string const pointer = json::join_pointer("/events", at) + "/leaf";
    if (!event.entry.is_object()) return;
    read_erasures(event);
    auto const commitments = event.entry.find("commitments"), payload = event.entry.find("payload");
    if (commitments == event.entry.end()) return;
    if (!commitments->is_object() || payload == event.entry.end() || !payload->is_object())
      return fault(pointer, "承诺不成立", "does not commit to texts as it must");
    for (auto const& [field, commitment] : commitments->items()) {
      auto const hash = commitment.is_string()
                            ? journal::from_base64(commitment.get_ref<std::string const&>())
                            : std::nullopt;
      if (!is_field(field) || !hash || hash->size() != 32 || payload->contains(field))
        fault(pointer, "承诺不成立", "does not commit to texts as it must");
      else
        commitments_[{event.index, field}] = *hash;
    }
  }

  void read_erasures(RecordedEntry const& event) {
    auto const type = event.entry.find("type"), payload = event.entry.find("payload");
    if (type == event.entry.end() || *type != erasure_event || payload == event.entry.end() ||
        !payload->is_object())
      return;
    auto const texts = payload->find("texts");
    if (texts == payload->end() || !texts->is_array()) return;
    for (Json const& text : *texts) {
      bool const names_one = text.is_object() && text.size() == 2 && text.contains("index") &&
                             text["index"].is_number_integer() && text.contains("field") &&
                             text["field"].is_string();
      if (names_one)
        erasures_.emplace(event.index, text["index"].get<std::int64_t>(), text["field"].get<std::string>());
    }
  }

  void check(std::size_t at) {
    journal::CommittedText const& text = record_.texts[at];
    std::string const pointer = json::join_pointer("/texts", at);
    Place const place{text.entry, text.field};
    if (at > 0 && Place{record_.texts[at - 1].entry, record_.texts[at - 1].field} >= place)
      fault(pointer, "顺序错误", "is out of order");
    auto const commitment = commitments_.find(place);
    if (commitment == commitments_.end())
      fault(pointer, "没有条目承诺这段文字", "is a text that no event commits to");
    else if (journal::commitment_of(text.salt, text.text, with_) != commitment->second)
      fault(pointer + "/text", "与承诺不符", "is not the text that the event commits to");
    found_.insert(place);
  }

  bool is_erased(Place const& place) const {
    return std::any_of(erasures_.begin(), erasures_.end(), [&](auto const& erasure) {
      auto const& [by, index, field] = erasure;
      return by > place.first && index == place.first && field == place.second;
    });
  }
};

}  // namespace

std::vector<Json> told_events(CloseOutRecord const& record) {
  std::vector<Json> told;
  std::map<std::int64_t, std::size_t> places;
  for (RecordedEntry const& event : record.events) {
    places[event.index] = told.size();
    told.push_back(event.entry);
  }
  for (journal::CommittedText const& text : record.texts) {
    auto const place = places.find(text.entry);
    if (place == places.end() || !told[place->second].is_object()) continue;
    auto const payload = told[place->second].find("payload");
    if (payload != told[place->second].end() && payload->is_object()) (*payload)[text.field] = text.text;
  }
  return told;
}

std::vector<Fault> faults_of_texts(CloseOutRecord const& record) { return Texts(record).faults(); }

}  // namespace xiaohao::record
