#include "engine/calendar/phrase/characters.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace xiaohao::calendar::phrase {
namespace {

struct Block {
  char32_t first, last;
};

template <std::size_t count>
bool within(Block const (&blocks)[count], char32_t c) {
  return std::any_of(std::begin(blocks), std::end(blocks),
                     [c](Block const& block) { return c >= block.first && c <= block.last; });
}

constexpr Block invisible[] = {{0x00, 0x08},     {0x0B, 0x0C},     {0x0E, 0x1F},      {0x7F, 0x9F},
                               {0xAD, 0xAD},     {0x34F, 0x34F},   {0x61C, 0x61C},    {0x115F, 0x1160},
                               {0x17B4, 0x17B5}, {0x180B, 0x180F}, {0x200B, 0x200F},  {0x202A, 0x202E},
                               {0x2060, 0x206F}, {0x3164, 0x3164}, {0xFE00, 0xFE0F},  {0xFEFF, 0xFEFF},
                               {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFB}, {0xE0000, 0xE0FFF}};

constexpr Block look_alikes[] = {{0x370, 0x52F},      // Greek, Cyrillic
                                 {0x660, 0x669},      // Arabic digits
                                 {0x6F0, 0x6F9},      //
                                 {0x7C0, 0x7C9},      // N'Ko digits: ߁ for 1
                                 {0x966, 0x96F},      // Devanagari digits
                                 {0x9E6, 0x9EF},      // Bengali digits
                                 {0x2070, 0x209F},    // superscripts and subscripts
                                 {0x2E80, 0x2FDF},    // radicals
                                 {0x3021, 0x3029},    // Suzhou numerals
                                 {0x3038, 0x303A},    //
                                 {0x30A1, 0x30FF},    // katakana: ニ for 二, エ for 工
                                 {0xF900, 0xFAFF},    // compatibility ideographs
                                 {0xFF66, 0xFF9D},    // half-width katakana
                                 {0x1D400, 0x1D7FF},  // mathematical letters and digits
                                 {0x2F800, 0x2FA1F}};

constexpr std::pair<char32_t, char32_t> taken_for[] = {
    {U'曰', U'日'}, {U'⼀', U'一'}, {U'⼆', U'二'}, {U'⼋', U'八'},  {U'⼗', U'十'},  {U'⽇', U'日'},
    {U'⽉', U'月'}, {U'⺝', U'月'}, {U'⼯', U'工'}, {U'⼟', U'土'},  {U'〸', U'十'},  {U'〹', U'廿'},
    {U'〺', U'卅'}, {U'ニ', U'二'}, {U'ハ', U'八'}, {U'ミ', U'三'},  {U'エ', U'工'},  {U'ー', U'一'},
    {U'〡', U'一'}, {U'〢', U'二'}, {U'〣', U'三'}, {0xF98E, U'年'}, {0xF9D1, U'六'}, {0xFA13, U'十'},
    {U'О', U'0'},   {U'Ο', U'0'}};

}  // namespace

std::optional<char32_t> take_code_point(std::string_view& text) {
  if (text.empty()) return std::nullopt;
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

bool is_invisible(char32_t c) { return within(invisible, c); }

bool is_look_alike(char32_t c) { return c == U'曰' || within(look_alikes, c); }

char32_t original_of(char32_t c) {
  for (auto const& [seen, meant] : taken_for)
    if (seen == c) return meant;
  return c;
}

bool is_dropped(char32_t c) {
  static constexpr std::u32string_view dropped = U" \t\u00A0\u202F\u205F\u3000\"'“”‘’「」『』《》【】";
  return is_line_end(c) || (c >= 0x2000 && c <= 0x200A) || dropped.find(c) != std::u32string_view::npos;
}

bool is_line_end(char32_t c) { return c == U'\n' || c == U'\r' || c == 0x85 || c == 0x2028 || c == 0x2029; }

char32_t one_spelling(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) return c - 0xFEE0;  // full-width forms of ASCII
  switch (c) {
    case U'—':
    case U'–':
    case U'―':
    case U'‐':
    case U'‑':
    case U'‒':
    case U'−':
    case U'─':
    case U'﹣':
      return U'-';
    case U'〜':
    case U'∼':
      return U'~';
    case U'。':
      return U';';
    case U'·':
    case U'•':
    case U'・':
      return U'.';
    default:
      return c;
  }
}

}  // namespace xiaohao::calendar::phrase
