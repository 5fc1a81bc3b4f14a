#include "engine/record/verification.hpp"

#include <algorithm>

#include "engine/journal/key_chain.hpp"
#include "engine/json/reader.hpp"
#include "engine/record/texts.hpp"

namespace xiaohao::record {
namespace {

class Checks {
 public:
  explicit Checks(CloseOutRecord const& record) : record_(record) {}

  Result<Verdict> run(std::optional<std::string> const& known_key) {
    check_entries(record_.events, "/events");
    check_entries(record_.keys, "/keys");
    check_texts();
    check_inclusion();
    Verdict verdict{{}, record_.tree_head.head, Trust::Embedded};
    check_signature(known_key, verdict.trust);
    check_story(verdict.story);
    if (faults_.empty()) return verdict;
    return tl::unexpected(Refusal{Reason::GuardFailed, std::move(faults_)});
  }

 private:
  CloseOutRecord const& record_;
  std::vector<Fault> faults_;

  void fault(std::string pointer, char const* zh, char const* en) {
    faults_.push_back({std::move(pointer), {zh, en}});
  }

  /// The leaf is what is proved; what stands beside it for people to read must be the same.
  void check_entries(std::vector<RecordedEntry> const& entries, std::string const& name) {
    std::int64_t last = -1;
    for (std::size_t at = 0; at < entries.size(); ++at) {
      std::string const pointer = json::join_pointer(name, at);
      RecordedEntry const& entry = entries[at];
      Result<Json> const leaf = read_exact(entry.leaf);
      if (!leaf || !leaf->is_object())
        fault(pointer + "/leaf", "不是日志条目", "is no entry of a journal");
      else if (*leaf != entry.entry)
        fault(pointer + "/entry", "与叶子内容不符", "is not what the leaf says");
      else if (auto const index = leaf->find("index"); index == leaf->end() || *index != entry.index)
        fault(pointer + "/index", "与条目序号不符", "is not the entry's index");
      if (entry.index <= last) fault(pointer + "/index", "顺序错误", "is out of order");
      last = entry.index;
    }
  }

  void check_texts() {
    std::vector<Fault> const faults = faults_of_texts(record_);
    faults_.insert(faults_.end(), faults.begin(), faults.end());
  }

  /// One proof for each entry, by index, and none besides.
  void check_inclusion() {
    std::vector<RecordedEntry const*> entries;
    for (auto const* list : {&record_.events, &record_.keys})
      for (RecordedEntry const& entry : *list) entries.push_back(&entry);
    std::sort(entries.begin(), entries.end(),
              [](RecordedEntry const* a, RecordedEntry const* b) { return a->index < b->index; });
    if (entries.size() != record_.inclusion.size())
      return fault("/inclusion", "每个条目须恰有一个证明", "must hold one proof for each entry");
    journal::TreeHead const& head = record_.tree_head.head;
    auto const with = hash_of(head.suite);
    for (std::size_t at = 0; at < entries.size(); ++at) {
      std::string const pointer = json::join_pointer("/inclusion", at);
      Inclusion const& proof = record_.inclusion[at];
      if (proof.index != entries[at]->index)
        fault(pointer + "/index", "不是下一个条目的序号", "is not the index of the next entry");
      else if (!journal::proves_inclusion(proof.index, head.size, journal::leaf_hash(entries[at]->leaf, with),
                                          proof.path, head.root, with))
        fault(pointer, "不能证明该条目在日志中", "does not prove that the entry is in the journal");
    }
  }

  void check_signature(std::optional<std::string> const& known_key, Trust& trust) {
    journal::KeyChain keys;
    for (std::size_t at = 0; at < record_.keys.size(); ++at)
      if (auto const added = add_key(keys, record_.keys[at]); !added)
        return fault(json::join_pointer("/keys", at) + "/entry" + added.error().first().pointer,
                     "密钥记录不成立", "does not name a key as it must");
    journal::KeyEntry const* const key = keys.in_effect(record_.tree_head.head.size);
    if (!key || key != keys.last())
      return fault("/keys", "须止于签名的密钥", "must end with the key that signs the head");
    if (!is_signed_by(record_.tree_head, key->key))
      return fault("/tree_head/signature", "签名不成立", "is not by the journal's key, or not of this head");
    if (!known_key) return;
    if (*known_key == key->key.id())
      trust = Trust::Given;
    else if (keys.reaches(*known_key, *key))
      trust = Trust::HandedOver;
    else
      fault("/tree_head/key_id", "不是您提供的密钥，也不是由它移交的密钥",
            "is not the key that was given, nor one that it was handed over to");
  }

  static Result<void> add_key(journal::KeyChain& keys, RecordedEntry const& recorded) {
    auto const type = recorded.entry.find("type");
    if (type == recorded.entry.end() || *type != journal::key_entry_type || recorded.entry.contains("item"))
      return malformed("/type", "is not journal.key");
    return keys.add(recorded.entry);
  }

  void check_story(Story& told) {
    Result<Story> story = story_of(told_events(record_));
    if (!story) {
      faults_.insert(faults_.end(), story.error().faults.begin(), story.error().faults.end());
      return;
    }
    if (record_.plan != story->plan) fault("/plan", "与日志不符", "is not what the journal says");
    if (record_.item != item_of(*story)) fault("/item", "与日志不符", "is not what the journal says");
    if (record_.evidence != story->evidence) fault("/evidence", "与日志不符", "is not what the journal says");
    if (!story->closed_at) fault("/events", "日志未载销号", "do not tell that the item was closed");
    // A task closes with its shares; whatever else closes has been verified by a second person, on evidence.
    if (story->definition.value("kind", Json()) != "Task") {
      if (!story->verifier) fault("/events", "没有核查", "tell of no verification by a second person");
      if (story->evidence.empty()) fault("/evidence", "没有佐证材料", "holds no evidence");
    }
    told = std::move(*story);
  }
};

}  // namespace

std::string_view to_string(Trust trust) {
  switch (trust) {
    case Trust::Given:
      return "given";
    case Trust::HandedOver:
      return "handed_over";
    case Trust::Embedded:
      return "embedded";
  }
  return "";
}

Result<Verdict> verify(CloseOutRecord const& record, std::optional<std::string> const& known_key) {
  return Checks(record).run(known_key);
}

}  // namespace xiaohao::record
