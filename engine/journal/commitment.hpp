#pragma once

// A text that the journal commits to instead of holding it: the entry has H(title ‖ salt ‖ text), and text
// and salt lie beside the journal, where they can be erased without breaking a proof
// (`docs/decisions/0006-erasure-by-salted-commitments.md`).

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/journal/merkle.hpp"

namespace xiaohao::journal {

inline constexpr std::size_t salt_bytes = 32;

struct CommittedText {
  std::int64_t entry = 0;  ///< index of the entry that commits to it
  std::string field;       ///< of the entry's payload
  std::string salt;        ///< without it the few texts a county writes could be guessed from their hashes
  std::string text;
  friend bool operator==(CommittedText const&, CommittedText const&) = default;
};

std::string new_salt();  ///< from the system's source of randomness; throws std::runtime_error without one

Hash commitment_of(std::string_view salt, std::string_view text, HashAlgorithm with);

}  // namespace xiaohao::journal
