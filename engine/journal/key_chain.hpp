#pragma once

// The keys of one journal, as its own entries tell: the first, and each that took over.
//
// An entry of type `journal.key` says
// `{"algorithms","key_id","public_key","previous_key_id","reason","signature", "previous_signature"}`. Both
// signatures are over `key_statement`. A key that was handed over is signed by the one before; one that
// replaced a lost or stolen key is not, and trust does not pass to it.

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "engine/journal/key.hpp"

namespace xiaohao::journal {

inline constexpr char const* key_entry_type = "journal.key";

struct KeyEntry {
  std::int64_t index;
  PublicKey key;
  bool handed_over;    ///< signed by the key before it, too
  std::string reason;  ///< `first`, `rotated`, `lost`, `stolen`
};

class KeyChain {
 public:
  /// Adds the next entry of type `journal.key`: the parsed leaf. Malformed, with a pointer into the entry,
  /// when it does not follow from the keys before.
  Result<void> add(nlohmann::json const& entry);

  std::vector<KeyEntry> const& entries() const { return entries_; }
  /// The key that signs heads of `size` entries; null when none was named before.
  KeyEntry const* in_effect(std::int64_t size) const;
  KeyEntry const* last() const { return entries_.empty() ? nullptr : &entries_.back(); }
  /// Whether whoever trusts the key of `known_id` may trust `entry`'s: it is the same, or was handed on by
  /// it.
  bool reaches(std::string const& known_id, KeyEntry const& entry) const;

 private:
  std::vector<KeyEntry> entries_;
};

/// The payload of the entry that joins `key` to a journal at `at` (the entry's `recorded_at`). `previous`
/// signs too, unless it is null; `previous_id` is empty for the first key.
nlohmann::json key_payload(SigningKey const& key, std::string const& previous_id, SigningKey const* previous,
                           std::string const& reason, std::string const& at);

}  // namespace xiaohao::journal
