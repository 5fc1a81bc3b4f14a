#include "web/lifecycle/labels.hpp"

#include <algorithm>

#include "engine/json/document.hpp"

namespace xiaohao::web::lifecycle {
namespace {

using statechart::Definition;
using statechart::Transition;

Text meta_label(nlohmann::json const& meta, Text fallback) {
  if (!meta.is_object()) return fallback;
  auto const label = meta.find("label");
  if (label == meta.end() || !label->is_object()) return fallback;
  auto const part = [&](char const* name, std::string& into) {
    auto const found = label->find(name);
    if (found != label->end() && found->is_string()) into = found->get<std::string>();
  };
  part("zh", fallback.zh);
  part("en", fallback.en);
  return fallback;
}

Text delay_text(statechart::Delay const& delay) {
  if (auto const* name = std::get_if<std::string>(&delay)) return {*name + " 到期", "after " + *name};
  std::int64_t const seconds = std::get<Duration>(delay).count() / 1000;
  if (seconds % 86'400 == 0 && seconds > 0) {
    std::string const days = std::to_string(seconds / 86'400);
    return {days + " 天后", "after " + days + " d"};
  }
  return {std::to_string(seconds) + " 秒后", "after " + std::to_string(seconds) + " s"};
}

/// What sets a transition off when nobody has given it a name.
Text cause_of(Definition const& definition, Transition const& transition) {
  if (transition.event.starts_with("xstate.done.")) return {"完成", "done"};
  for (statechart::DelayedEvent const& delay : definition.state(transition.source).after)
    if (delay.event == transition.event) return delay_text(delay.delay);
  return {transition.event, transition.event};
}

/// The code point that begins at `place`, which moves behind it. Labels were read as valid UTF-8.
char32_t next_code_point(std::string_view text, std::size_t& place) {
  auto const byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  unsigned char const first = byte(place);
  std::size_t const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  char32_t code = length == 1 ? first : first & (0x7fU >> length);
  for (std::size_t at = 1; at < length && place + at < text.size(); ++at)
    code = code << 6 | (byte(place + at) & 0x3fU);
  place = std::min(place + length, text.size());
  return code;
}

/// In tenths of an em.
int tenths_of(char32_t code) {
  if (code >= 0x2e80) return 10;
  if (code == U'm' || code == U'w' || code == U'M' || code == U'W') return 9;
  if (code >= U'A' && code <= U'Z') return 7;
  if (code == U' ' || code == U'.' || code == U',' || code == U'i' || code == U'l') return 4;
  return 6;
}

bool is_closing_mark(char32_t code) {
  return code == U'，' || code == U'。' || code == U'：' || code == U'；' || code == U'）' || code == U'”' ||
         code == U'》' || code == U'、';
}

/// The pieces between which a line may end: single ideographs, each with the mark that follows it, and words.
std::vector<std::string> pieces_of(std::string_view text) {
  std::vector<std::string> pieces;
  bool open_word = false;
  for (std::size_t place = 0; place < text.size();) {
    std::size_t const start = place;
    char32_t const code = next_code_point(text, place);
    std::string_view const bytes = text.substr(start, place - start);
    bool const ideograph = code >= 0x2e80;
    if ((open_word && !ideograph) || (is_closing_mark(code) && !pieces.empty()))
      pieces.back() += bytes;
    else
      pieces.emplace_back(bytes);
    open_word = !ideograph && code != U' ';
  }
  return pieces;
}

std::string without_end_spaces(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

std::string cut_to(std::string const& line, int font, int width) {
  if (width_of(line, font) <= width) return line;
  std::string kept;
  for (std::size_t place = 0; place < line.size();) {
    std::size_t const start = place;
    next_code_point(line, place);
    std::string longer = kept + line.substr(start, place - start);
    if (width_of(longer + "…", font) > width) break;
    kept = std::move(longer);
  }
  return kept + "…";
}

std::vector<std::string> filled(std::vector<std::string> const& pieces, int font, int width) {
  std::vector<std::string> lines{""};
  for (std::string const& piece : pieces) {
    std::string const longer = lines.back() + piece;
    if (!lines.back().empty() && width_of(without_end_spaces(longer), font) > width) {
      lines.back() = without_end_spaces(lines.back());
      lines.emplace_back(piece == " " ? "" : piece);
    } else {
      lines.back() = longer;
    }
  }
  lines.back() = without_end_spaces(lines.back());
  return lines;
}

}  // namespace

Text label_of(statechart::State const& state) { return meta_label(state.meta, {state.key, state.key}); }

Text label_of(Definition const& definition, Transition const& transition) {
  Text cause = cause_of(definition, transition);
  if (transition.guard) {
    std::string const guard = "[" + transition.guard->name + "]";
    cause.zh += (cause.zh.empty() ? "" : " ") + guard;
    cause.en += (cause.en.empty() ? "" : " ") + guard;
  }
  if (cause.zh.empty()) cause = {"自动", "always"};
  return meta_label(transition.meta, std::move(cause));
}

bool is_automatic(Transition const& transition) {
  return transition.event.empty() || transition.event.starts_with("xstate.");
}

bool forbids(Transition const& transition) { return transition.targetless && transition.actions.empty(); }

std::vector<Transition const*> transitions_of(Definition const& definition) {
  std::vector<Transition const*> found;
  for (statechart::State const& state : definition.states()) {
    for (Transition const& transition : state.on) found.push_back(&transition);
    for (Transition const& transition : state.always) found.push_back(&transition);
  }
  return found;
}

int width_of(std::string_view text, int font) {
  int tenths = 0;
  for (std::size_t place = 0; place < text.size();) tenths += tenths_of(next_code_point(text, place));
  return (tenths * font + 9) / 10;
}

Label wrap(std::string_view text, int font, int width, int lines_max) {
  std::vector<std::string> const pieces = pieces_of(text);
  int const lines_wanted = std::clamp((width_of(text, font) + width - 1) / width, 1, lines_max);
  // Lines of equal length read better than full ones with a rest; where words do not allow it, they grow.
  int wide = std::max(font, (width_of(text, font) + lines_wanted - 1) / lines_wanted);
  Label label{filled(pieces, font, wide), 0, 0};
  while (static_cast<int>(label.lines.size()) > lines_wanted && wide < width * lines_max) {
    wide += font / 2;
    label.lines = filled(pieces, font, wide);
  }
  if (static_cast<int>(label.lines.size()) > lines_max) {
    for (std::size_t more = static_cast<std::size_t>(lines_max); more < label.lines.size(); ++more)
      label.lines[static_cast<std::size_t>(lines_max) - 1] += label.lines[more];
    label.lines.resize(static_cast<std::size_t>(lines_max));
  }
  for (std::string& line : label.lines) {
    line = cut_to(line, font, width * 2);
    label.width = std::max(label.width, width_of(line, font));
  }
  label.height = static_cast<int>(label.lines.size()) * (font + 3);
  return label;
}

}  // namespace xiaohao::web::lifecycle
