#include "notifications/channels/robot.hpp"

#include <algorithm>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"
#include "notifications/channels/http_outcome.hpp"

namespace xiaohao::notifications {
namespace {

constexpr std::size_t vendor_words_bytes_max = 200;
constexpr std::int64_t code_max = 1'000'000'000'000;
constexpr std::int64_t no_code = code_max + 1;

/// The first `bytes_max` bytes at most, never half a character.
std::string cut(std::string text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return text;
  std::size_t end = bytes_max;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  text.resize(end);
  return text;
}

/// Characters that some messenger reads as markup, in their full width: they look the same to a reader, and
/// there is no escape that all three know. `<` and `[` begin mentions and links, also in Feishu's plain text.
std::string without_markup(std::string_view text) {
  std::string plain;
  for (char const c : text) {
    switch (c) {
      case '<':
        plain += "＜";
        break;
      case '>':
        plain += "＞";
        break;
      case '[':
        plain += "［";
        break;
      case ']':
        plain += "］";
        break;
      case '*':
        plain += "＊";
        break;
      case '`':
        plain += "｀";
        break;
      case '#':
        plain += "＃";
        break;
      default:
        plain += static_cast<unsigned char>(c) < 0x20 && c != '\n' ? ' ' : c;
    }
  }
  return plain;
}

std::vector<std::string> lines_of(std::string const& text) {
  std::vector<std::string> lines(1);
  for (char const c : text) {
    if (c == '\n')
      lines.emplace_back();
    else
      lines.back() += c;
  }
  std::erase(lines, "");
  return lines;
}

std::string title(Message const& message, RobotSettings const& settings) {
  std::string const subject = without_markup(message.subject.zh);
  return subject.find(settings.keyword) == std::string::npos ? settings.keyword + "：" + subject : subject;
}

std::string link(Message const& message, RobotSettings const& settings, RobotText const& form) {
  if (settings.public_url.empty()) return {};
  bool const of_one = message.entries.size() == 1 && message.entries.front().item.value() > 0;
  std::string const url =
      settings.public_url +
      (of_one ? "/items/" + std::to_string(message.entries.front().item.value()) : "/notices");
  return form.markdown ? "[打开销号台](" + url + ")" : "打开销号台：" + url;
}

std::string others(std::size_t count) { return "另有" + std::to_string(count) + "条，请登录查看。"; }

}  // namespace

std::string robot_text(Message const& message, RobotSettings const& settings, RobotText const& form) {
  bool const list = message.entries.size() > 1 || message.more > 0;
  std::vector<std::string> lines;
  if (list)
    for (Entry const& entry : message.entries)
      lines.push_back(std::to_string(lines.size() + 1) + ". " + without_markup(entry.subject.zh));
  else if (!message.entries.empty())
    lines = lines_of(without_markup(message.entries.front().body.zh));

  std::string const line_end(form.line_end);
  std::string const bold = form.markdown ? "**" : "";
  std::string const where = link(message, settings, form);
  std::string const tail = where.empty() ? "" : line_end + where;
  std::size_t const end_bytes_max = (line_end + others(message.entries.size() + message.more)).size();
  std::size_t const room = form.bytes_max - std::min(form.bytes_max, tail.size() + end_bytes_max);

  std::string text = bold + cut(title(message, settings), room / 2) + bold;
  std::size_t left_out = message.more;
  for (std::size_t at = 0; at < lines.size(); ++at) {
    if (text.size() + line_end.size() + lines[at].size() <= room) {
      text += line_end + lines[at];
      continue;
    }
    if (list) {
      left_out += lines.size() - at;
    } else {
      std::string const more = "……";
      std::size_t const taken = text.size() + line_end.size() + more.size();
      text += line_end + cut(lines[at], room > taken ? room - taken : 0) + more;
    }
    break;
  }
  if (left_out > 0) text += line_end + others(left_out);
  return text + tail;
}

std::string base64_hmac(std::string const& key, std::string const& text) {
  unsigned char code[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<unsigned char const*>(text.data()), text.size(), code, &size);
  unsigned char digits[EVP_MAX_MD_SIZE * 2];
  int const length = EVP_EncodeBlock(digits, code, static_cast<int>(size));
  return {reinterpret_cast<char const*>(digits), static_cast<std::size_t>(length)};
}

Outcome outcome_of_robot(HttpAnswer const& answer, RobotCodes const& codes) {
  Outcome const by_status = outcome_of_status(answer);
  bool const taken = by_status.kind == Outcome::Kind::Taken;
  // Feishu answers a body that it cannot read with HTTP 400 and a code.
  if (!taken && by_status.kind != Outcome::Kind::Refused) return by_status;
  Result<json::Json> const read = json::read(answer.body);
  if (!read || !read->is_object())
    return taken ? Outcome{Outcome::Kind::Unreachable, "HTTP 200, and the answer is not the robot's"}
                 : by_status;
  json::Fields fields(*read, "");
  std::int64_t const code = fields.integer_or(codes.code, -code_max, code_max, no_code);
  std::string const words = std::string(codes.code) + " " + std::to_string(code) + " " +
                            cut(without_markup(fields.text_or(codes.words, "")), vendor_words_bytes_max);
  auto const is_one_of = [&](std::vector<std::int64_t> const& listed) {
    return std::find(listed.begin(), listed.end(), code) != listed.end();
  };
  if (code == no_code)
    return taken ? Outcome{Outcome::Kind::Unreachable,
                           "HTTP 200, and the answer has no " + std::string(codes.code)}
                 : by_status;
  if (code == 0) return {by_status.kind, words};
  if (is_one_of(codes.never)) return {Outcome::Kind::Refused, words};
  if (taken || is_one_of(codes.not_now)) return {Outcome::Kind::Deferred, words};
  return {by_status.kind, words};
}

}  // namespace xiaohao::notifications
