#include "engine/domain/plain_text.hpp"

#include <algorithm>
#include <array>

namespace xiaohao {
namespace {

/// Zero-width and direction characters, in UTF-8: U+00AD, U+061C, U+200B–200F, U+2028–202E, U+2060–2069,
/// U+FEFF.
constexpr std::array<std::string_view, 3> single{"\xc2\xad", "\xd8\x9c", "\xef\xbb\xbf"};

bool hides(std::string_view at) {
  if (std::any_of(single.begin(), single.end(), [&](std::string_view code) { return at.starts_with(code); }))
    return true;
  if (at.size() < 3 || at[0] != '\xe2') return false;
  auto const third = static_cast<unsigned char>(at[2]);
  if (at[1] == '\x80') return (third >= 0x8b && third <= 0x8f) || (third >= 0xa8 && third <= 0xae);
  return at[1] == '\x81' && third >= 0xa0 && third <= 0xa9;
}

bool is_control(std::string_view at) {
  auto const byte = static_cast<unsigned char>(at[0]);
  return byte < 0x20 || byte == 0x7f ||
         (at.size() > 1 && byte == 0xc2 && static_cast<unsigned char>(at[1]) < 0xa0);  // U+0080–009F
}

}  // namespace

bool is_plain(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at)
    if (is_control(text.substr(at)) || hides(text.substr(at))) return false;
  return true;
}

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == text.npos; }

bool has_controls(std::string_view text) {
  constexpr std::string_view layout = "\t\n\v\f\r";
  return std::any_of(text.begin(), text.end(), [&](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && layout.find(c) == layout.npos) || c == 0x7f;
  });
}

bool is_mail_address(std::string_view text) {
  auto const at = text.find('@');
  if (text.size() > 254 || at == std::string_view::npos || at == 0 || at + 1 == text.size()) return false;
  if (text.find('@', at + 1) != std::string_view::npos) return false;
  return std::none_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7f ||
           std::string_view("<>,;:()[]\\\"").find(c) != std::string_view::npos;
  });
}

}  // namespace xiaohao
