#pragma once

// One line of running text in one spelling, without its soft words, and where each byte came from.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace xiaohao::calendar::running_text {

/// 力争, 争取, 原则上: taken out of the text, so that the grammar reads on over them.
struct SoftWord {
  std::uint32_t at;            ///< place in the line's text from which it was taken
  std::uint32_t written_from;  ///< its bytes in the original
  std::uint32_t written_to;
};

struct Line {
  std::string text;
  std::vector<std::uint32_t> from;  ///< for each byte of `text`: where its character begins in the original
  std::vector<std::uint32_t> to;    ///< and where it ends
  std::vector<SoftWord> soft_words;
};

Line line_of(std::string_view original);

/// A character of UTF-8 at the front of `text`, and how many bytes it takes; `text` is not empty.
struct Character {
  char32_t value;
  std::size_t bytes;
};
Character character_at(std::string_view text);
/// The character that ends before `at`; 0 at the beginning.
char32_t character_before(std::string_view text, std::size_t at);

}  // namespace xiaohao::calendar::running_text
