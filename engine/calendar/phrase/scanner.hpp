#pragma once

#include <initializer_list>
#include <optional>
#include <string_view>

namespace xiaohao::calendar::phrase {

/// Takes words and numbers off the front of a normalised phrase. Copies are cheap: look ahead on a copy, and
/// assign it back to take what it took.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  std::string_view rest() const { return rest_; }
  bool at_end() const { return rest_.empty(); }
  bool sees(std::string_view word) const { return rest_.starts_with(word); }
  bool sees_any(std::initializer_list<std::string_view> words) const {
    for (std::string_view word : words)
      if (sees(word)) return true;
    return false;
  }
  bool sees_digit() const { return !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9'; }

  bool take(std::string_view word) {
    if (!sees(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }
  /// The first of `words` that stands here; the longer ones go before their beginnings.
  bool take_any(std::initializer_list<std::string_view> words) {
    for (std::string_view word : words)
      if (take(word)) return true;
    return false;
  }
  /// A number of at most `digits_max` digits; nothing, and nothing taken, for none or more.
  std::optional<int> number(std::size_t digits_max = 4) {
    std::size_t length = 0;
    int value = 0;
    for (; length < rest_.size() && rest_[length] >= '0' && rest_[length] <= '9'; ++length) {
      if (length == digits_max) return std::nullopt;
      value = value * 10 + (rest_[length] - '0');
    }
    if (length == 0) return std::nullopt;
    rest_.remove_prefix(length);
    return value;
  }
  /// A number that one of `units` follows; nothing taken otherwise.
  std::optional<int> number_before(std::initializer_list<std::string_view> units,
                                   std::size_t digits_max = 4) {
    Scanner ahead = *this;
    auto const value = ahead.number(digits_max);
    if (!value || !ahead.take_any(units)) return std::nullopt;
    *this = ahead;
    return value;
  }
  /// `至`, `到`, a dash or a tilde between two times.
  bool take_until() {
    if (sees("到位")) return false;
    if (take_any({"直至", "至", "到"})) return true;
    if (!take_any({"-", "~"})) return false;
    while (take_any({"-", "~"})) {
    }
    return true;
  }

 private:
  std::string_view rest_;
};

}  // namespace xiaohao::calendar::phrase
