#include "cli/arguments.hpp"

#include <charconv>
#include <ostream>

namespace xiaohao::cli {
namespace {

auto usage(std::string detail) { return malformed("", detail); }

}  // namespace

Result<Arguments> Arguments::read(std::vector<std::string> const& arguments, Grammar const& grammar) {
  Arguments read;
  bool options_ended = false;
  for (std::size_t at = 0; at < arguments.size(); ++at) {
    std::string const& argument = arguments[at];
    if (options_ended || argument.size() < 2 || !argument.starts_with("--")) {
      read.words_.push_back(argument);
      continue;
    }
    if (argument == "--") {
      options_ended = true;
      continue;
    }
    auto const equals = argument.find('=');
    std::string const name = argument.substr(0, equals);
    if (grammar.flags.contains(name) && equals == std::string::npos) {
      read.flags_.insert(name);
      continue;
    }
    if (!grammar.options.contains(name)) return usage(name + " is not an option of this command; see --help");
    if (equals == std::string::npos && at + 1 == arguments.size()) return usage(name + " needs a value");
    std::string value = equals == std::string::npos ? arguments[++at] : argument.substr(equals + 1);
    if (!read.options_.emplace(name, std::move(value)).second)
      return usage(name + " stands twice; give it once");
  }
  if (read.words_.size() < grammar.words_min) return usage(grammar.words_are + " is missing; see --help");
  if (read.words_.size() > grammar.words_max)
    return usage("\"" + read.words_[grammar.words_max] + "\" is too much; see --help");
  return read;
}

std::optional<std::string> Arguments::option(std::string const& name) const {
  auto const found = options_.find(name);
  return found == options_.end() ? std::nullopt : std::optional(found->second);
}

int report(std::ostream& err, std::string_view where, Refusal const& refusal) {
  for (Fault const& fault : refusal.faults)
    err << "xiaohao: " << where << (fault.pointer.empty() ? "" : " " + fault.pointer) << ": "
        << fault.detail.en << "\n";
  bool const environment = refusal.reason == Reason::StorageFull || refusal.reason == Reason::Unavailable;
  return environment ? exit_environment : exit_usage;
}

std::string shown(std::string_view text) {
  std::string line;
  std::size_t characters = 0;
  for (char c : text) {
    bool const continues = (static_cast<unsigned char>(c) & 0xC0u) == 0x80u;
    if (!continues && ++characters > 60) return line + "…";
    line += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
  }
  return line;
}

Result<int> whole_number(std::string const& text, int min, int max) {
  int value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc{} && end == text.data() + text.size() && value >= min && value <= max) return value;
  return malformed("", "\"" + text + "\" will not do; it must be a whole number from " + std::to_string(min) +
                           " to " + std::to_string(max));
}

}  // namespace xiaohao::cli
