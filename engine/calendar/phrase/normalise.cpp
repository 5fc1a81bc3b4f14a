#include "engine/calendar/phrase/normalise.hpp"

#include <cstdint>
#include <cstdio>
#include <optional>
#include <vector>

namespace xiaohao::calendar::phrase {
namespace {

constexpr std::size_t characters_max = 300;

/// The next code point; none where the bytes are no UTF-8 (overlong forms and surrogates included).
std::optional<char32_t> take_code_point(std::string_view& text) {
  auto const byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  unsigned const lead = byte(0);
  std::size_t const length = lead < 0x80   ? 1
                             : lead < 0xC2 ? 0
                             : lead < 0xE0 ? 2
                             : lead < 0xF0 ? 3
                             : lead < 0xF5 ? 4
                                           : 0;
  if (length == 0 || text.size() < length) return std::nullopt;
  char32_t value = length == 1 ? lead : lead & (0x7Fu >> length);
  for (std::size_t at = 1; at < length; ++at) {
    if ((byte(at) & 0xC0u) != 0x80u) return std::nullopt;
    value = (value << 6) | (byte(at) & 0x3Fu);
  }
  if ((length == 3 && value < 0x800) || (length == 4 && value < 0x10000) || value > 0x10FFFF ||
      (value >= 0xD800 && value < 0xE000))
    return std::nullopt;
  text.remove_prefix(length);
  return value;
}

void append(std::string& text, char32_t c) {
  if (c < 0x80) {
    text += static_cast<char>(c);
  } else if (c < 0x800) {
    text += static_cast<char>(0xC0 | (c >> 6));
    text += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    text += static_cast<char>(0xE0 | (c >> 12));
    text += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    text += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    text += static_cast<char>(0xF0 | (c >> 18));
    text += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    text += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    text += static_cast<char>(0x80 | (c & 0x3F));
  }
}

bool is_invisible(char32_t c) {
  return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7F && c < 0xA0) || c == 0xAD ||
         (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
         c == 0xFEFF || (c >= 0xFE00 && c <= 0xFE0F);
}

bool is_radical(char32_t c) { return (c >= 0x2E80 && c <= 0x2FDF) || (c >= 0xF900 && c <= 0xFAFF); }

bool is_dropped(char32_t c) {
  static constexpr std::u32string_view dropped = U" \t\r\n\u00A0\u3000\"'“”‘’「」『』《》";
  return dropped.find(c) != std::u32string_view::npos;
}

char32_t one_spelling(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) return c - 0xFEE0;  // full-width forms of ASCII
  switch (c) {
    case U'—':
    case U'–':
    case U'‐':
    case U'−':
    case U'－':
      return U'-';
    case U'〜':
    case U'～':
      return U'~';
    case U'。':
      return U';';
    case U'·':
    case U'．':
      return U'.';
    default:
      return c;
  }
}

int digit_of(char32_t c) {
  static constexpr std::u32string_view digits = U"零一二三四五六七八九";
  if (c == U'〇' || c == U'○') return 0;
  if (c == U'两') return 2;
  auto const found = digits.find(c);
  return found == std::u32string_view::npos ? -1 : static_cast<int>(found);
}

bool is_numeral(char32_t c) {
  return digit_of(c) >= 0 || c == U'十' || c == U'百' || c == U'廿' || c == U'卅';
}

/// `二〇二四` digit by digit; `三十一`, `一百二十` by value.
std::string value_of(std::u32string_view numeral) {
  if (numeral.find_first_of(U"十百廿卅") == std::u32string_view::npos) {
    std::string digits;
    for (char32_t c : numeral) digits += static_cast<char>('0' + digit_of(c));
    return digits;
  }
  int total = 0, digit = -1;
  for (char32_t c : numeral) {
    if (c == U'十')
      total += (digit < 0 ? 1 : digit) * 10, digit = -1;
    else if (c == U'百')
      total += (digit < 0 ? 1 : digit) * 100, digit = -1;
    else if (c == U'廿')
      total += 20, digit = -1;
    else if (c == U'卅')
      total += 30, digit = -1;
    else
      digit = digit_of(c);
  }
  return std::to_string(total + (digit < 0 ? 0 : digit));
}

/// 五一 and 十一 are holidays unless a unit of time follows, as in 十一月.
std::optional<std::u32string_view> holiday_written_as_numeral(std::u32string_view numeral,
                                                              std::u32string_view rest) {
  static constexpr std::u32string_view units = U"月日号年个天周季旬";
  if (!rest.empty() && units.find(rest.front()) != std::u32string_view::npos) return std::nullopt;
  if (numeral == U"五一") return U"劳动节";
  if (numeral == U"十一") return U"国庆节";
  return std::nullopt;
}

}  // namespace

Result<std::string> normalise(std::string_view phrase) {
  std::u32string characters;
  while (!phrase.empty()) {
    auto const c = take_code_point(phrase);
    if (!c) return refuse(Reason::Malformed, "", {"不是有效的 UTF-8 文字", "is not valid UTF-8"});
    if (is_invisible(*c) || is_radical(*c)) {
      char code[16];
      std::snprintf(code, sizeof code, "U+%04X", static_cast<unsigned>(*c));
      return refuse(Reason::Malformed, "",
                    {std::string("含有不可见或形近字符 ") + code + "，请重新输入",
                     std::string("contains ") + code +
                         ", which is invisible or only looks like another character; type it anew"});
    }
    if (!is_dropped(*c)) characters += one_spelling(*c);
    if (characters.size() > characters_max)
      return refuse(Reason::Malformed, "",
                    {"太长，时限最多 300 字", "is too long for a deadline: at most 300 characters"});
  }
  std::string text;
  std::u32string_view rest = characters;
  while (!rest.empty()) {
    std::size_t length = 0;
    while (length < rest.size() && is_numeral(rest[length])) ++length;
    if (length == 0) {
      append(text, rest.front());
      rest.remove_prefix(1);
      continue;
    }
    std::u32string_view const numeral = rest.substr(0, length);
    rest.remove_prefix(length);
    if (auto const holiday = holiday_written_as_numeral(numeral, rest))
      for (char32_t c : *holiday) append(text, c);
    else
      text += value_of(numeral);
  }
  return text;
}

}  // namespace xiaohao::calendar::phrase
