#include "engine/identity/password_rules.hpp"

#include <algorithm>
#include <unordered_set>

#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"
#include "known_passwords.embedded.hpp"

namespace xiaohao::identity {
namespace {

constexpr std::size_t length_bytes_max = 1024;

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

std::string lower(std::string_view text) {
  std::string low(text);
  std::transform(low.begin(), low.end(), low.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return low;
}

int characters_in(std::string_view text) {
  return static_cast<int>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;  // every byte that does not continue another
  }));
}

int classes_in(std::string_view text) {
  bool lower_case = false, upper_case = false, digit = false, other = false;
  for (char const c : text) {
    if (is_letter(c))
      lower_case = true;
    else if (c >= 'A' && c <= 'Z')
      upper_case = true;
    else if (c >= '0' && c <= '9')
      digit = true;
    else
      other = true;
  }
  return lower_case + upper_case + digit + other;
}

std::unordered_set<std::string_view> const& known_passwords() {
  static std::unordered_set<std::string_view> const known = [] {
    std::unordered_set<std::string_view> lines;
    std::string_view text = embedded::known_passwords().front().bytes;
    while (!text.empty()) {
      auto const end = std::min(text.find('\n'), text.size());
      if (end > 0 && text.front() != '#') lines.insert(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
  }();
  return known;
}

/// `baseball2024!!!!`: a known one with a tail is the next that is tried.
bool is_known(std::string_view low) {
  auto const& known = known_passwords();
  if (known.contains(low)) return true;
  while (!low.empty() && !is_letter(low.back())) low.remove_suffix(1);
  while (!low.empty() && !is_letter(low.front())) low.remove_prefix(1);
  return known.contains(low);
}

/// `abcabcabcabcabc`, `aaaaaaaaaaaaaaa`.
bool is_repetition(std::string_view text) {
  for (std::size_t period = 1; period <= text.size() / 2; ++period)
    if (text.substr(period) == text.substr(0, text.size() - period)) return true;
  return false;
}

/// `123456789012345`, `ponmlkjihgfedcba`: each byte follows the one before, digits in a ring.
bool is_sequence(std::string_view text) {
  auto const runs = [&](int by) {
    for (std::size_t at = 1; at < text.size(); ++at) {
      int const step = text[at] - text[at - 1];
      if (step != by && step != -9 * by) return false;
    }
    return true;
  };
  return runs(1) || runs(-1);
}

/// What is left when the words that anybody would try have been taken out.
std::size_t left_without(std::string low, std::vector<std::string> const& words) {
  for (std::string const& word : words) {
    std::string const low_word = lower(word);
    if (low_word.size() < 3) continue;
    for (auto at = low.find(low_word); at != std::string::npos; at = low.find(low_word, at))
      low.erase(at, low_word.size());
  }
  return static_cast<std::size_t>(characters_in(low));
}

}  // namespace

Result<PasswordRules> PasswordRules::read(nlohmann::json const& document) {
  json::Fields fields(document, "");
  if (fields.text("$schema") != "xiaohao-passwords/1") fields.fault("$schema", "must be xiaohao-passwords/1");
  fields.ignore("source");
  PasswordRules rules;
  rules.name = fields.text("name");
  rules.length_min = static_cast<int>(fields.integer("length_min", 8, 64));
  rules.length_min_with_second_factor =
      static_cast<int>(fields.integer("length_min_with_second_factor", 8, 64));
  rules.classes_min = static_cast<int>(fields.integer_or("classes_min", 0, 4, 0));
  rules.valid_days_max = static_cast<int>(fields.integer_or("valid_days_max", 0, 3660, 0));
  return fields.finish().map([&] { return rules; });
}

Result<void> check_password(std::string_view password, PasswordRules const& rules, bool second_factor,
                            std::vector<std::string> const& words) {
  Refusal refusal{Reason::Malformed, {}};
  auto const fault = [&](Text detail) { refusal.faults.push_back({"/password", std::move(detail)}); };
  int const length_min = second_factor ? rules.length_min_with_second_factor : rules.length_min;
  std::string const least = std::to_string(length_min);
  if (characters_in(password) < length_min)
    fault({"密码至少需要 " + least + " 个字符", "too short; a password has at least " + least +
                                                    " characters, and a sentence is easy to remember"});
  if (password.size() > length_bytes_max)
    fault({"密码最多 1024 字节", "too long; a password has at most 1024 bytes"});
  if (classes_in(password) < rules.classes_min) {
    std::string const classes = std::to_string(rules.classes_min);
    fault({"密码须包含小写字母、大写字母、数字、其他字符中的至少 " + classes + " 类",
           "too uniform; it needs at least " + classes +
               " of these: lower case, upper case, digits, other characters"});
  }
  std::string const low = lower(password);
  std::vector<std::string> guessed = words;
  for (char const* word : {"xiaohao", "password", "销号台", "销号", "口令", "密码"})
    guessed.emplace_back(word);
  if (is_known(low) || is_repetition(low) || is_sequence(low) || left_without(low, guessed) < 6)
    fault({"这个密码太容易被猜到，请换一个",
           "attackers try this one early: a known password, a repetition, a sequence or a name; choose "
           "another"});
  if (refusal.faults.empty()) return {};
  return tl::unexpected(std::move(refusal));
}

}  // namespace xiaohao::identity
