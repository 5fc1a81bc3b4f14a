#include "notifications/wording.hpp"

#include <algorithm>

namespace xiaohao::notifications {
namespace {

struct Filled {
  std::string text;
  int placeholders = 0;
  int empty = 0;
};

Filled fill(std::string_view pattern, Values const& values, std::string Text::*language) {
  Filled filled;
  while (!pattern.empty()) {
    auto const open = pattern.find('{');
    filled.text += pattern.substr(0, open);
    if (open == std::string_view::npos) break;
    auto const close = pattern.find('}', open);
    auto const value = values.find(pattern.substr(open + 1, close - open - 1));
    std::string const text = value == values.end() ? std::string() : value->second.*language;
    ++filled.placeholders;
    if (text.empty()) ++filled.empty;
    filled.text += text;
    pattern.remove_prefix(close + 1);
  }
  return filled;
}

std::string fill_lines(std::string_view pattern, Values const& values, std::string Text::*language) {
  std::string text;
  while (true) {
    auto const end = pattern.find('\n');
    Filled const line = fill(pattern.substr(0, end), values, language);
    if (line.placeholders == 0 || line.empty < line.placeholders) {
      if (!text.empty()) text += '\n';
      text += line.text;
    }
    if (end == std::string_view::npos) return text;
    pattern.remove_prefix(end + 1);
  }
}

}  // namespace

std::vector<std::string_view> const& placeholders() {
  static std::vector<std::string_view> const names{"item",         "number",    "unit",      "due",
                                                   "original_due", "days_left", "days_late", "progress",
                                                   "recipient",    "actor",     "words",     "campaign"};
  return names;
}

Text Wording::subject_with(Values const& values) const {
  return {fill(subject.zh, values, &Text::zh).text, fill(subject.en, values, &Text::en).text};
}

Text Wording::body_with(Values const& values) const {
  return {fill_lines(body.zh, values, &Text::zh), fill_lines(body.en, values, &Text::en)};
}

std::string fault_of(std::string_view pattern) {
  while (true) {
    auto const brace = pattern.find_first_of("{}");
    if (brace == std::string_view::npos) return {};
    auto const close = pattern.find('}', brace);
    if (pattern[brace] == '}' || close == std::string_view::npos)
      return "has a brace that is not part of a {placeholder}";
    std::string_view const name = pattern.substr(brace + 1, close - brace - 1);
    auto const& known = placeholders();
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      std::string fault = "has the unknown placeholder {" + std::string(name) + "}; known are";
      for (std::string_view const each : known) fault += " " + std::string(each);
      return fault;
    }
    pattern.remove_prefix(close + 1);
  }
}

}  // namespace xiaohao::notifications
