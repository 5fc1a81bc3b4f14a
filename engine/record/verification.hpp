#pragma once

// Whether a close-out record holds, and what it then says, in words.

#include <optional>
#include <string>
#include <vector>

#include "engine/record/closeout_record.hpp"

namespace xiaohao::record {

/// How far the signature reaches.
enum class Trust {
  Given,       ///< by the key that the reader brought
  HandedOver,  ///< by a key that the reader's key handed over to, in entries that the record holds
  Embedded,    ///< by the key that the record brings: whoever made the record had that key
};
std::string_view to_string(Trust trust);  ///< `given`, `handed_over`, `embedded`

struct Verdict {
  Story story;
  journal::TreeHead head;
  Trust trust;
};

/// The verdict on `record`, or every reason why it does not hold (GuardFailed, each with its pointer).
/// `known_key` is the id of a key that the reader has from elsewhere.
Result<Verdict> verify(CloseOutRecord const& record, std::optional<std::string> const& known_key);

/// One line each: what was decided, by whom and when; then the evidence, the head and what the trust rests
/// on.
std::vector<Text> words_of(CloseOutRecord const& record, Verdict const& verdict);

}  // namespace xiaohao::record
