#include "engine/domain/likeness.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace xiaohao {
namespace {

using Characters = std::u32string;

constexpr std::size_t run_characters_min = 3;
constexpr std::size_t characters_max =
    2000;  ///< of each text: comparing is quadratic where runs are looked for

bool counts(char32_t c) {
  if (c < 0x80) return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
  // General punctuation, CJK punctuation, full-width forms that are no letter or digit.
  bool const punctuation = (c >= 0x2000 && c <= 0x206f) || (c >= 0x3000 && c <= 0x303f) ||
                           (c >= 0xff00 && c <= 0xff0f) || (c >= 0xff1a && c <= 0xff20) || c == 0xa0;
  return !punctuation;
}

/// The characters that count; ASCII letters in lower case. What is no UTF-8 is passed over byte by byte.
Characters characters_of(std::string_view text) {
  Characters found;
  for (std::size_t at = 0; at < text.size() && found.size() < characters_max;) {
    auto const first = static_cast<unsigned char>(text[at]);
    std::size_t const length = first < 0x80    ? 1
                               : first >= 0xf0 ? 4
                               : first >= 0xe0 ? 3
                               : first >= 0xc0 ? 2
                                               : 0;
    if (length == 0 || at + length > text.size()) {
      ++at;
      continue;
    }
    char32_t code = length == 1 ? first : first & (0x7fU >> length);
    for (std::size_t more = 1; more < length; ++more)
      code = (code << 6) | (static_cast<unsigned char>(text[at + more]) & 0x3fU);
    at += length;
    if (code >= 'A' && code <= 'Z') code += 'a' - 'A';
    if (counts(code)) found.push_back(code);
  }
  return found;
}

std::map<std::pair<char32_t, char32_t>, int> pairs_of(Characters const& characters) {
  std::map<std::pair<char32_t, char32_t>, int> pairs;
  for (std::size_t at = 1; at < characters.size(); ++at) ++pairs[{characters[at - 1], characters[at]}];
  return pairs;
}

std::string utf8(Characters const& characters) {
  std::string text;
  for (char32_t const c : characters) {
    if (c < 0x80) {
      text += static_cast<char>(c);
    } else if (c < 0x800) {
      text += static_cast<char>(0xc0 | (c >> 6));
      text += static_cast<char>(0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
      text += static_cast<char>(0xe0 | (c >> 12));
      text += static_cast<char>(0x80 | ((c >> 6) & 0x3f));
      text += static_cast<char>(0x80 | (c & 0x3f));
    } else {
      text += static_cast<char>(0xf0 | (c >> 18));
      text += static_cast<char>(0x80 | ((c >> 12) & 0x3f));
      text += static_cast<char>(0x80 | ((c >> 6) & 0x3f));
      text += static_cast<char>(0x80 | (c & 0x3f));
    }
  }
  return text;
}

}  // namespace

int likeness_percent(std::string_view a, std::string_view b) {
  Characters const left = characters_of(a), right = characters_of(b);
  if (left.size() < 2 || right.size() < 2) return 0;
  auto const ours = pairs_of(left), theirs = pairs_of(right);
  std::size_t shared = 0;
  for (auto const& [pair, count] : ours)
    if (auto const found = theirs.find(pair); found != theirs.end())
      shared += static_cast<std::size_t>(std::min(count, found->second));
  return static_cast<int>(200 * shared / (left.size() - 1 + right.size() - 1));
}

std::vector<std::string> shared_runs(std::string_view a, std::string_view b, std::size_t limit) {
  Characters const left = characters_of(a), right = characters_of(b);
  std::vector<std::size_t> before(right.size() + 1), here(right.size() + 1);
  std::vector<Characters> runs;
  for (std::size_t i = 1; i <= left.size(); ++i) {
    for (std::size_t j = 1; j <= right.size(); ++j) {
      here[j] = left[i - 1] == right[j - 1] ? before[j - 1] + 1 : 0;
      bool const goes_on = i < left.size() && j < right.size() && left[i] == right[j];
      if (here[j] >= run_characters_min && !goes_on) runs.push_back(left.substr(i - here[j], here[j]));
    }
    std::swap(before, here);
  }
  std::stable_sort(runs.begin(), runs.end(),
                   [](Characters const& x, Characters const& y) { return x.size() > y.size(); });
  std::vector<std::string> shown;
  std::vector<Characters> taken;
  for (Characters const& run : runs) {
    if (shown.size() == limit) break;
    bool const part_of_another = std::any_of(taken.begin(), taken.end(), [&](Characters const& longer) {
      return longer.find(run) != Characters::npos;
    });
    if (part_of_another) continue;
    taken.push_back(run);
    shown.push_back(utf8(run));
  }
  return shown;
}

}  // namespace xiaohao
