#include "engine/journal/head.hpp"

#include "engine/journal/base64.hpp"
#include "engine/journal/note.hpp"
#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"
#include "engine/model/time.hpp"

namespace xiaohao::journal {

std::string note_of(TreeHead const& head) {
  return "xiaohao-tree-head/1\n" + std::string(to_string(head.suite)) + "\n" + std::to_string(head.size) +
         "\n" + to_base64(head.root) + "\n" + head.time + "\n" + head.key_id + "\n";
}

std::string code_of(Hash const& digest) {
  std::string code;
  unsigned bits = 0;
  int held = 0;
  for (std::size_t at = 0; at < 10; ++at) {
    bits = bits << 8 | static_cast<unsigned char>(digest[at]);
    for (held += 8; held >= 5; held -= 5) {
      if (code.size() % 5 == 4) code += '-';
      code += "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[bits >> (held - 5) & 31];
    }
  }
  return code;
}

std::string short_code(TreeHead const& head) { return code_of(hash(note_of(head), hash_of(head.suite))); }

SignedHead sign(TreeHead head, SigningKey const& key) {
  head.suite = key.public_key().suite();
  head.key_id = key.public_key().id();
  std::string signature = key.sign(note_of(head));
  return {std::move(head), std::move(signature)};
}

bool is_signed_by(SignedHead const& head, PublicKey const& key) {
  return head.head.suite == key.suite() && head.head.key_id == key.id() &&
         key.verifies(note_of(head.head), head.signature);
}

nlohmann::json head_to_json(SignedHead const& head) {
  return {{"algorithms", to_string(head.head.suite)},
          {"size", head.head.size},
          {"root", to_base64(head.head.root)},
          {"time", head.head.time},
          {"key_id", head.head.key_id},
          {"signature", to_base64(head.signature)}};
}

Result<SignedHead> head_from_json(nlohmann::json const& json, std::string const& pointer) {
  json::Fields fields(json, pointer);
  SignedHead head;
  auto const suite = suite_named(fields.text("algorithms"));
  if (suite)
    head.head.suite = *suite;
  else
    fields.fault("algorithms", "must be \"SHA-256 Ed25519\" or \"SM3 SM2\"");
  head.head.size = fields.integer("size", 1, (std::int64_t{1} << 53) - 1);
  auto const root = from_base64(fields.text("root"));
  if (!root || root->size() != 32) fields.fault("root", "must be 32 bytes in base64");
  head.head.root = root.value_or("");
  head.head.time = fields.text("time");
  Result<Instant> const instant = parse_instant(head.head.time);
  if (!instant || xiaohao::to_string(*instant) != head.head.time)
    fields.fault("time", "must be an instant as 2024-02-29T23:59:59.000+08:00");
  head.head.key_id = fields.text("key_id");
  if (head.head.key_id.size() != 64 ||
      head.head.key_id.find_first_not_of("0123456789abcdef") != std::string::npos)
    fields.fault("key_id", "must be 64 lower-case hexadecimal digits");
  auto const signature = from_base64(fields.text("signature"));
  if (!signature || signature->empty()) fields.fault("signature", "must be base64");
  head.signature = signature.value_or("");
  if (auto finished = fields.finish(); !finished) return tl::unexpected(finished.error());
  return head;
}

}  // namespace xiaohao::journal
