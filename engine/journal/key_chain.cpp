#include "engine/journal/key_chain.hpp"

#include <algorithm>

#include "engine/journal/base64.hpp"
#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"

namespace xiaohao::journal {

Result<void> KeyChain::add(nlohmann::json const& entry) {
  auto const at = entry.find("recorded_at");
  auto const index = entry.find("index");
  auto const payload = entry.find("payload");
  if (at == entry.end() || !at->is_string() || index == entry.end() || !index->is_number_integer() ||
      payload == entry.end())
    return malformed("", "not an entry that names a key");
  json::Fields fields(*payload, "/payload");
  std::string const algorithms = fields.text("algorithms");
  std::string const id = fields.text("key_id");
  auto const der = from_base64(fields.text("public_key"));
  std::string const previous_id = fields.text_or("previous_key_id", "");
  std::string const reason = fields.text("reason");
  auto const signature = from_base64(fields.text("signature"));
  auto const previous_signature = from_base64(fields.text_or("previous_signature", ""));
  if (auto finished = fields.finish(); !finished) return finished;
  if (!der || !signature || !previous_signature)
    return malformed("/payload", "must hold its bytes in base64");
  Result<PublicKey> key = PublicKey::from_der(*der);
  if (!key) return malformed("/payload/public_key", key.error().first().detail.en);
  if (key->id() != id) return malformed("/payload/key_id", "is not the hash of the public key");
  if (to_string(key->suite()) != algorithms)
    return malformed("/payload/algorithms", "are not those of the public key");
  KeyEntry const* const previous = last();
  if ((previous ? previous->key.id() : "") != previous_id)
    return malformed("/payload/previous_key_id", "is not the key that was in effect");
  if (previous && previous->key.suite() != key->suite())
    return malformed("/payload/algorithms", "a journal keeps its algorithms");
  if (previous && previous->index >= index->get<std::int64_t>())
    return malformed("/index", "must be higher than that of the key before");
  std::string const statement = key_statement(*key, previous_id, at->get_ref<std::string const&>());
  if (!key->verifies(statement, *signature))
    return malformed("/payload/signature", "is not by the key that it names");
  bool const handed_over = !previous_signature->empty();
  if (handed_over && (!previous || !previous->key.verifies(statement, *previous_signature)))
    return malformed("/payload/previous_signature", "is not by the key that was in effect");
  if (reason != (previous ? handed_over ? "rotated" : reason == "stolen" ? "stolen" : "lost" : "first"))
    return malformed("/payload/reason", "does not fit the signatures");
  entries_.push_back({index->get<std::int64_t>(), std::move(*key), handed_over, reason});
  return {};
}

KeyEntry const* KeyChain::in_effect(std::int64_t size) const {
  KeyEntry const* found = nullptr;
  for (KeyEntry const& entry : entries_)
    if (entry.index < size) found = &entry;
  return found;
}

bool KeyChain::reaches(std::string const& known_id, KeyEntry const& entry) const {
  auto const to = std::find_if(entries_.begin(), entries_.end(),
                               [&](KeyEntry const& other) { return other.index == entry.index; });
  for (auto at = to; at != entries_.end(); --at) {
    if (at->key.id() == known_id) return true;
    if (!at->handed_over || at == entries_.begin()) return false;
  }
  return false;
}

nlohmann::json key_payload(SigningKey const& key, std::string const& previous_id, SigningKey const* previous,
                           std::string const& reason, std::string const& at) {
  std::string const statement = key_statement(key.public_key(), previous_id, at);
  return {{"algorithms", to_string(key.public_key().suite())},
          {"key_id", key.public_key().id()},
          {"public_key", to_base64(key.public_key().der())},
          {"previous_key_id", previous_id},
          {"reason", reason},
          {"signature", to_base64(key.sign(statement))},
          {"previous_signature", previous ? to_base64(previous->sign(statement)) : ""}};
}

}  // namespace xiaohao::journal
