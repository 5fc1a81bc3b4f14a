#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/calendar/unread.hpp"

namespace xiaohao::calendar::phrase {

inline constexpr std::size_t phrase_characters_max = 300;

/// One spelling for what means the same: ASCII digits and punctuation, no spaces or quotation marks, Chinese
/// numerals as digits. Refuses invalid UTF-8, invisible characters and look-alikes (⽉), because a person
/// cannot see what is meant, and more than 300 characters.
Read<std::string> normalise(std::string_view phrase);

/// The same for one line of running text, where nothing is refused: look-alikes are taken for what they look
/// like, invisible characters are left out, and each byte of the text knows which bytes it came from.
struct Folded {
  std::string text;
  std::vector<std::uint32_t> begin;  ///< for each byte of `text`: where its character begins in the original
  std::vector<std::uint32_t> end;    ///< and where it ends
};
Folded fold(std::string_view line);

}  // namespace xiaohao::calendar::phrase
