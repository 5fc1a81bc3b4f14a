#include "engine/calendar/phrase/numerals.hpp"

#include <algorithm>
#include <optional>

namespace xiaohao::calendar::phrase {
namespace {

bool is_ascii_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

constexpr std::size_t mixed_digits_max = 8;  // 二0二四1231

int digit_of(char32_t c) {
  static constexpr std::u32string_view digits = U"零一二三四五六七八九";
  if (c == U'〇' || c == U'○' || c == U'◯') return 0;
  if (c == U'两') return 2;
  auto const found = digits.find(c);
  return found == std::u32string_view::npos ? -1 : static_cast<int>(found);
}

bool is_unit(char32_t c) { return c == U'十' || c == U'百' || c == U'千' || c == U'廿' || c == U'卅'; }

/// `三十一`, `二百零五`, `廿八`: units in falling order, each with its digit before it.
std::optional<int> value_of(std::u32string_view numeral) {
  int total = 0, digit = -1, smallest = 10'000;
  bool zero = false;
  for (char32_t c : numeral) {
    if (int const next = digit_of(c); next >= 0) {
      if (next == 0) {
        if (digit >= 0 || zero || total == 0) return std::nullopt;
        zero = true;
        continue;
      }
      if (digit >= 0) return std::nullopt;
      digit = next;
      continue;
    }
    bool const twenty = c == U'廿' || c == U'卅';
    int const unit = c == U'千' ? 1000 : c == U'百' ? 100 : 10;
    if (unit >= smallest || (twenty && digit >= 0)) return std::nullopt;
    if (digit < 0 && !twenty && (unit != 10 || total > 0)) return std::nullopt;  // 百 and 一百十 lack a digit
    total += unit * (c == U'廿' ? 2 : c == U'卅' ? 3 : digit < 0 ? 1 : digit);
    smallest = unit;
    digit = -1;
    zero = false;
  }
  if (digit >= 0) {
    if (smallest > 10 && !zero) return std::nullopt;  // 二百五 means 250 to some and 205 to others
    total += digit;
  } else if (zero) {
    return std::nullopt;
  }
  return total;
}

std::string positional(std::u32string_view numeral) {
  std::string digits;
  for (char32_t c : numeral)
    digits += is_ascii_digit(c) ? static_cast<char>(c) : static_cast<char>('0' + digit_of(c));
  return digits;
}

}  // namespace

Numeral numeral_at(std::u32string_view text) {
  Numeral numeral;
  bool ascii = false, han = false, units = false;
  std::size_t one_script = 0;  // how far the first script reaches: the 五 of 五17
  for (; numeral.length < text.size(); ++numeral.length) {
    char32_t const c = text[numeral.length];
    bool const is_ascii = is_ascii_digit(c);
    if (!is_ascii && digit_of(c) < 0 && !is_unit(c)) break;
    if (numeral.length == one_script && (numeral.length == 0 || is_ascii == is_ascii_digit(text.front())))
      ++one_script;
    (is_ascii ? ascii : is_unit(c) ? units : han) = true;
    // Scripts that mix are one number of eight digits at most; reading further would cost a long line dearly.
    if (ascii && (units || (han && numeral.length > mixed_digits_max))) {
      ++numeral.length;
      break;
    }
  }
  if (numeral.length == 0) return numeral;
  if (ascii && (han || units)) {
    bool const year_or_date = !units && (numeral.length == 4 || numeral.length == 8);  // 二0二四
    if (!year_or_date) {
      numeral = numeral_at(text.substr(0, one_script));
      numeral.touches_next = true;
      return numeral;
    }
  }
  std::u32string_view const written = text.substr(0, numeral.length);
  if (units) {
    if (auto const value = value_of(written)) numeral.digits = std::to_string(*value);
    return numeral;
  }
  // Digit by digit is how years are written; two digits beside each other (五六月) mean "about".
  bool const year_follows = text.size() > numeral.length && text[numeral.length] == U'年';
  bool const led_by_zero = digit_of(written.front()) == 0;
  bool const by_digit = ascii || numeral.length != 2 || year_follows || led_by_zero;
  if (by_digit && (numeral.length == 1 || written.find(U'两') == std::u32string_view::npos))
    numeral.digits = positional(written);
  return numeral;
}

std::u32string_view holiday_numeral_at(std::u32string_view text) {
  static constexpr std::u32string_view follows = U"前后期节假国劳黄之以放";
  std::u32string_view const written = text.substr(0, 2);
  if (written != U"五一" && written != U"十一") return {};
  if (text.size() > 2 && follows.find(text[2]) == std::u32string_view::npos) return {};
  return written == U"五一" ? U"劳动节" : U"国庆节";
}

}  // namespace xiaohao::calendar::phrase
