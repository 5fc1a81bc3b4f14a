#include "engine/calendar/running_text/running_text.hpp"

#include <algorithm>

#include "engine/calendar/running_text/scan.hpp"

namespace xiaohao::calendar {
namespace {

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; }

std::size_t characters_in(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_character));
}

Result<void> check_characters(std::string_view text) {
  std::string_view rest = text;
  while (!rest.empty()) {
    if (static_cast<unsigned char>(rest.front()) < 0x80) {
      rest.remove_prefix(1);
      continue;
    }
    running_text::Character const c = running_text::character_at(rest);
    if (c.value == U'\uFFFD' && c.bytes == 1) {
      std::string const at = std::to_string(text.size() - rest.size());
      return refuse(Reason::Malformed, "",
                    {"第 " + at + " 字节起不是 UTF-8 文字；请转换编码（如由 GB18030 转为 UTF-8）",
                     "is not UTF-8 from byte " + at + " on; convert it, from GB18030 for instance"});
    }
    rest.remove_prefix(c.bytes);
  }
  return {};
}

}  // namespace

Result<std::vector<FoundDeadline>> find_deadlines(std::string_view text, PhraseContext const& context) {
  if (text.size() > running_text_bytes_max)
    return refuse(Reason::Malformed, "",
                  {"太长；最多 64 MB，请分开", "is too long; it may have 64 MB, so split it"});
  if (Result<void> sound = check_characters(text); !sound) return tl::unexpected(sound.error());
  std::vector<FoundDeadline> deadlines;
  Position line_begin;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t const end = std::min(text.find('\n', begin), text.size());
    std::string_view const original = text.substr(begin, end - begin);
    running_text::Line const line = running_text::line_of(original);
    std::size_t counted_to = 0, characters = 0;  // into the line; phrases come in order
    for (running_text::Found& found : running_text::scan_line(line, original, context)) {
      characters += characters_in(original.substr(counted_to, found.from - counted_to));
      counted_to = found.from;
      std::string phrase(original.substr(found.from, found.to - found.from));
      if (found.reading) found.reading->schedule.phrase = phrase;
      deadlines.push_back(
          {{begin + found.from, line_begin.character + characters, line_begin.line, characters + 1},
           phrase.size(),
           characters_in(phrase),
           phrase,
           std::move(found.reading),
           found.inherited_year,
           found.inherited_month});
    }
    line_begin.character += characters_in(original) + 1;
    ++line_begin.line;
    begin = end + 1;
  }
  return deadlines;
}

std::optional<int> first_year_written(std::string_view text) {
  for (std::size_t at = 0; at + 4 <= text.size(); ++at) {
    std::string_view const year = text.substr(at, 4);
    bool const digits = std::all_of(year.begin(), year.end(), [](char c) { return c >= '0' && c <= '9'; });
    bool const longer = at > 0 && text[at - 1] >= '0' && text[at - 1] <= '9';
    if (!digits || longer) continue;
    std::string_view const after = text.substr(at + 4);
    if (after.starts_with("年") || after.starts_with("〕") || after.starts_with("-"))
      if (int const value = std::stoi(std::string(year)); value >= 1900 && value <= 2999) return value;
  }
  return std::nullopt;
}

}  // namespace xiaohao::calendar
