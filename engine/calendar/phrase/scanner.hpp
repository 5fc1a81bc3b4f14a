#pragma once

#include <initializer_list>
#include <optional>
#include <string_view>

namespace xiaohao::calendar::phrase {

/// Takes words and numbers off the front of a normalised phrase.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  std::string_view rest() const { return rest_; }
  bool at_end() const { return rest_.empty(); }
  bool sees(std::string_view word) const { return rest_.starts_with(word); }
  bool contains(std::string_view word) const { return rest_.find(word) != std::string_view::npos; }

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
  /// A number that `unit` follows; nothing taken otherwise.
  std::optional<int> number_before(std::initializer_list<std::string_view> units,
                                   std::size_t digits_max = 4) {
    Scanner ahead = *this;
    auto const value = ahead.number(digits_max);
    if (!value || !ahead.take_any(units)) return std::nullopt;
    *this = ahead;
    return value;
  }

 private:
  std::string_view rest_;
};

}  // namespace xiaohao::calendar::phrase
