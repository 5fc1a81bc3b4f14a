#include "engine/journal/note.hpp"

#include <charconv>

#include "engine/journal/base64.hpp"
#include "engine/json/document.hpp"

namespace xiaohao::journal {

std::string signed_note_of(SignedHead const& head) {
  return note_of(head.head) + to_base64(head.signature) + "\n";
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.emplace_back(line);
  }
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  return lines;
}

Result<SignedHead> signed_note_from(std::string_view text) {
  std::vector<std::string> const lines = lines_of(text);
  if (lines.size() != 7 || lines[0] != note_title)
    return malformed("", "must be the seven lines of a signed head, from " + std::string(note_title) + " on");
  std::int64_t size = 0;
  auto const [end, error] = std::from_chars(lines[2].data(), lines[2].data() + lines[2].size(), size);
  bool const is_number = error == std::errc{} && end == lines[2].data() + lines[2].size();
  if (!is_number || std::to_string(size) != lines[2]) return malformed("", "line 3 must be the size");
  return head_from_json({{"algorithms", lines[1]},
                         {"size", size},
                         {"root", lines[3]},
                         {"time", lines[4]},
                         {"key_id", lines[5]},
                         {"signature", lines[6]}},
                        "");
}

}  // namespace xiaohao::journal
