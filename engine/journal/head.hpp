#pragma once

// A tree head: how many entries the journal had, and the root over them; signed, and short enough to be read
// out over the telephone.
//
// A head is a function of the journal alone: its time is that of the last entry it counts. So whoever
// computes the head of a size gets the same bytes, now or in ten years.

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "engine/journal/key.hpp"

namespace xiaohao::journal {

struct TreeHead {
  Suite suite = Suite::Sha256Ed25519;
  std::int64_t size = 0;
  Hash root;
  std::string time;    ///< RFC 3339, `recorded_at` of the last entry, as the journal writes it
  std::string key_id;  ///< of the key in effect
  friend bool operator==(TreeHead const&, TreeHead const&) = default;
};

/// The exact bytes that are signed: a line each for the format, the algorithms, the size, the root in base64,
/// the time and the key's id. `docs/record-format.md` has a worked example.
std::string note_of(TreeHead const& head);

/// Sixteen letters and digits in groups of four, of the hash of the note: what a bulletin prints. Alphabet of
/// Crockford's base 32, without I, L, O and U.
std::string short_code(TreeHead const& head);

struct SignedHead {
  TreeHead head;
  std::string signature;
  friend bool operator==(SignedHead const&, SignedHead const&) = default;
};

SignedHead sign(TreeHead head, SigningKey const& key);
bool is_signed_by(SignedHead const& head, PublicKey const& key);  ///< also that the key is the one it names

/// `{"algorithms","size","root","time","key_id","signature"}`.
nlohmann::json head_to_json(SignedHead const& head);
/// Malformed unless every field is there, in its one form, and no other.
Result<SignedHead> head_from_json(nlohmann::json const& json, std::string const& pointer);

}  // namespace xiaohao::journal
