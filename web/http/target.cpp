#include "web/http/target.hpp"

#include <algorithm>

namespace xiaohao::web {
namespace {

int hexadecimal(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  return -1;
}

/// `pointer` names the part in a refusal.
Result<std::string> decode(std::string_view text, bool plus_is_space, std::string pointer) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t place = 0; place < text.size(); ++place) {
    char character = text[place];
    if (character == '+' && plus_is_space) character = ' ';
    if (text[place] == '%') {
      int const high = place + 2 < text.size() ? hexadecimal(text[place + 1]) : -1;
      int const low = place + 2 < text.size() ? hexadecimal(text[place + 2]) : -1;
      if (high < 0 || low < 0)
        return refuse(Reason::Malformed, pointer,
                      {"百分号编码不正确", "a % must be followed by two hexadecimal digits"});
      character = static_cast<char>(high * 16 + low);
      place += 2;
    }
    if (character == '\0')
      return refuse(Reason::Malformed, pointer, {"不允许出现空字符", "a zero byte is not allowed"});
    decoded += character;
  }
  if (!is_utf8(decoded)) return refuse(Reason::Malformed, pointer, {"不是有效的 UTF-8", "not valid UTF-8"});
  return decoded;
}

bool is_control(char character) { return static_cast<unsigned char>(character) < 0x20 || character == 0x7f; }

}  // namespace

Result<Target> read_target(std::string_view target) {
  if (target.empty() || target.front() != '/')
    return refuse(Reason::Malformed, "",
                  {"请求目标必须是以 / 开头的路径", "the target must be a path that begins with /"});
  auto const question = target.find('?');
  std::string_view const encoded_path = target.substr(0, question);
  for (std::size_t place = 0; place + 2 < encoded_path.size(); ++place) {
    if (encoded_path[place] != '%') continue;
    int const value = hexadecimal(encoded_path[place + 1]) * 16 + hexadecimal(encoded_path[place + 2]);
    if (value == '/' || value == '\\')
      return refuse(Reason::Malformed, "",
                    {"路径中不允许编码的斜线", "an encoded slash is not allowed in a path"});
  }
  Result<std::string> path = decode(encoded_path, false, "");
  if (!path) return tl::unexpected(path.error());
  if (std::any_of(path->begin(), path->end(), is_control))
    return refuse(Reason::Malformed, "",
                  {"路径中有控制字符", "a control character is not allowed in a path"});
  if (question == std::string_view::npos) return Target{std::move(*path), {}};
  return read_pairs(target.substr(question + 1)).map([&](Pairs query) {
    return Target{std::move(*path), std::move(query)};
  });
}

Result<Pairs> read_pairs(std::string_view text, std::size_t pairs_max) {
  Pairs pairs;
  while (!text.empty()) {
    auto const end = std::min(text.find('&'), text.size());
    std::string_view const pair = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (pair.empty()) continue;
    auto const equals = pair.find('=');
    Result<std::string> name = decode(pair.substr(0, equals), true, "");
    if (!name) return tl::unexpected(name.error());
    std::string const pointer = "/" + *name;
    Result<std::string> value =
        decode(equals == std::string_view::npos ? "" : pair.substr(equals + 1), true, pointer);
    if (!value) return tl::unexpected(value.error());
    if (pairs.size() == pairs_max)
      return refuse(Reason::TooLarge, "",
                    {"参数太多", "more than " + std::to_string(pairs_max) + " parameters"});
    if (!pairs.emplace(std::move(*name), std::move(*value)).second)
      return refuse(Reason::Malformed, pointer, {"同一参数出现了两次", "this parameter stands twice"});
  }
  return pairs;
}

std::string encode_component(std::string_view text) {
  constexpr char digits[] = "0123456789ABCDEF";
  std::string encoded;
  for (char const character : text) {
    bool const unreserved = (character >= 'a' && character <= 'z') ||
                            (character >= 'A' && character <= 'Z') ||
                            (character >= '0' && character <= '9') || character == '-' || character == '.' ||
                            character == '_' || character == '~';
    if (unreserved) {
      encoded += character;
    } else {
      auto const byte = static_cast<unsigned char>(character);
      encoded += '%';
      encoded += digits[byte >> 4];
      encoded += digits[byte & 15];
    }
  }
  return encoded;
}

bool is_utf8(std::string_view text) {
  for (std::size_t place = 0; place < text.size();) {
    auto const lead = static_cast<unsigned char>(text[place]);
    std::size_t const length = lead < 0x80                   ? 1
                               : lead >= 0xc2 && lead < 0xe0 ? 2
                               : lead >= 0xe0 && lead < 0xf0 ? 3
                               : lead >= 0xf0 && lead < 0xf5 ? 4
                                                             : 0;
    if (length == 0 || place + length > text.size()) return false;
    for (std::size_t next = 1; next < length; ++next) {
      auto const byte = static_cast<unsigned char>(text[place + next]);
      // The second byte is narrower after E0 and F0 (overlong), ED (surrogates) and F4 (beyond U+10FFFF).
      unsigned const low = next == 1 && lead == 0xe0 ? 0xa0U : next == 1 && lead == 0xf0 ? 0x90U : 0x80U;
      unsigned const high = next == 1 && lead == 0xed ? 0x9fU : next == 1 && lead == 0xf4 ? 0x8fU : 0xbfU;
      if (byte < low || byte > high) return false;
    }
    place += length;
  }
  return true;
}

std::optional<std::string> local_path(std::string_view text) {
  if (text.empty() || text.size() > 2000 || text.front() != '/') return std::nullopt;
  // Browsers read `//host` and `/\host` as another host.
  if (text.size() > 1 && (text[1] == '/' || text[1] == '\\')) return std::nullopt;
  bool const plain =
      std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f && c != '\\'; });
  return plain ? std::optional(std::string(text)) : std::nullopt;
}

}  // namespace xiaohao::web
