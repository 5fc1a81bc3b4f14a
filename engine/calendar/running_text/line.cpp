#include "engine/calendar/running_text/line.hpp"

#include "engine/calendar/phrase/characters.hpp"
#include "engine/calendar/phrase/normalise.hpp"

namespace xiaohao::calendar::running_text {
namespace {

std::size_t soft_word_at(std::string_view text) {
  // All begin with one of three characters, which most text is not made of.
  if (!text.starts_with("力") && !text.starts_with("争") && !text.starts_with("原")) return 0;
  for (std::string_view word : {"力争", "争取", "原则上", "力求"})
    if (text.starts_with(word)) return word.size();
  return 0;
}

}  // namespace

Line line_of(std::string_view original) {
  phrase::Folded folded = phrase::fold(original);
  std::string_view const text = folded.text;
  Line line;
  line.text.reserve(text.size());
  line.from.reserve(text.size());
  line.to.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    if (std::size_t const taken = soft_word_at(text.substr(at)); taken > 0) {
      line.soft_words.push_back(
          {static_cast<std::uint32_t>(line.text.size()), folded.begin[at], folded.end[at + taken - 1]});
      at += taken;
      continue;
    }
    line.text += text[at];
    line.from.push_back(folded.begin[at]);
    line.to.push_back(folded.end[at]);
    ++at;
  }
  return line;
}

Character character_at(std::string_view text) {
  std::string_view rest = text.substr(0, 4);
  std::size_t const before = rest.size();
  auto const value = phrase::take_code_point(rest);
  return value ? Character{*value, before - rest.size()} : Character{U'\uFFFD', 1};
}

char32_t character_before(std::string_view text, std::size_t at) {
  if (at == 0) return 0;
  std::size_t begin = at - 1;
  while (begin > 0 && at - begin < 4 && (static_cast<unsigned char>(text[begin]) & 0xC0u) == 0x80u) --begin;
  return character_at(text.substr(begin)).value;
}

}  // namespace xiaohao::calendar::running_text
