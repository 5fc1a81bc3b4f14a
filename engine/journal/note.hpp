#pragma once

// A signed head as text: what a QR code holds, what a scanner reads back.
//
//     xiaohao-tree-head/1 ⏎ algorithms ⏎ size ⏎ root ⏎ time ⏎ key id ⏎ signature in base64 ⏎
//
// The first six lines are the very bytes that were signed.

#include <string>
#include <string_view>
#include <vector>

#include "engine/journal/head.hpp"

namespace xiaohao::journal {

/// The first line of a head's note.
inline constexpr std::string_view note_title = "xiaohao-tree-head/1";

std::string signed_note_of(SignedHead const& head);

/// Malformed unless it is a note and its signature. Scanners and mail programs end lines in their own way:
/// CR before LF, blank lines at the end and a last line without LF are the same text.
Result<SignedHead> signed_note_from(std::string_view text);

/// The first 80 bits of any hash, as `short_code` writes them for a head's.
std::string code_of(Hash const& digest);

/// Such a text in lines, as above, none of them blank at the end.
std::vector<std::string> lines_of(std::string_view text);

}  // namespace xiaohao::journal
