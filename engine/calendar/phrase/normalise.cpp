#include "engine/calendar/phrase/normalise.hpp"

#include <cstdio>

#include "engine/calendar/phrase/characters.hpp"
#include "engine/calendar/phrase/numerals.hpp"
#include "engine/calendar/phrase/troubles.hpp"

namespace xiaohao::calendar::phrase {
namespace {

struct Place {
  std::uint32_t begin, end;
};

/// Characters in one spelling, each with its place in the original.
struct Characters {
  std::u32string text;
  std::vector<Place> places;
};

/// Numerals become digits; everything else is copied.
Folded with_digits(Characters const& characters) {
  Folded folded;
  auto const copy = [&](std::u32string_view text, Place place) {
    std::size_t const before = folded.text.size();
    for (char32_t c : text) append(folded.text, c);
    folded.begin.resize(folded.text.size(), place.begin);
    folded.end.resize(folded.text.size(), place.end);
    return before;
  };
  std::u32string_view const text = characters.text;
  for (std::size_t at = 0; at < text.size();) {
    auto const place_of = [&](std::size_t length) {
      return Place{characters.places[at].begin, characters.places[at + length - 1].end};
    };
    if (std::u32string_view const holiday = holiday_numeral_at(text.substr(at)); !holiday.empty()) {
      copy(holiday, place_of(2));
      at += 2;
      continue;
    }
    Numeral const numeral = numeral_at(text.substr(at));
    if (numeral.length == 0) {
      copy(text.substr(at, 1), place_of(1));
      ++at;
    } else if (numeral.digits.empty()) {
      for (std::size_t each = 0; each < numeral.length; ++each, ++at) copy(text.substr(at, 1), place_of(1));
    } else {
      copy(std::u32string(numeral.digits.begin(), numeral.digits.end()), place_of(numeral.length));
      if (numeral.touches_next) copy(U" ", place_of(numeral.length));  // 周五17:00 is not 周517:00
      at += numeral.length;
    }
  }
  return folded;
}

}  // namespace

Read<std::string> normalise(std::string_view phrase) {
  Characters characters;
  while (!phrase.empty()) {
    auto const c = take_code_point(phrase);
    if (!c)
      return unread(Trouble::Characters, "不是有效的 UTF-8 文字；请重新输入",
                    "is not valid UTF-8; type it anew");
    if (is_dropped(*c)) continue;
    if (is_invisible(*c) || is_look_alike(*c)) {
      char code[16];
      std::snprintf(code, sizeof code, "U+%04X", static_cast<unsigned>(*c));
      return unread(Trouble::Characters, std::string("含有不可见或形近字符 ") + code + "；请重新输入",
                    std::string("contains ") + code +
                        ", which is invisible or only looks like another character; type it anew");
    }
    characters.text += one_spelling(*c);
    characters.places.push_back({});
    if (characters.text.size() > phrase_characters_max)
      return unread(Trouble::TooLong, "太长；时限最多 300 字",
                    "is too long; a deadline has at most 300 characters");
  }
  return with_digits(characters).text;
}

Folded fold(std::string_view line) {
  Characters characters;
  std::string_view rest = line;
  while (!rest.empty()) {
    auto const begin = static_cast<std::uint32_t>(line.size() - rest.size());
    auto const c = take_code_point(rest);
    if (!c) {
      rest.remove_prefix(1);
      characters.text += U'\uFFFD';
    } else if (is_dropped(*c) || is_invisible(*c)) {
      continue;
    } else {
      characters.text += one_spelling(original_of(*c));
    }
    characters.places.push_back({begin, static_cast<std::uint32_t>(line.size() - rest.size())});
  }
  return with_digits(characters);
}

}  // namespace xiaohao::calendar::phrase
