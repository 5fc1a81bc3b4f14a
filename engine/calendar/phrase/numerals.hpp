#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace xiaohao::calendar::phrase {

/// A number written in Chinese, mixed or Arabic digits.
struct Numeral {
  std::size_t length = 0;     ///< characters it takes; 0: no number stands here
  std::string digits;         ///< in ASCII; empty where the characters are no number: 五六, 十十
  bool touches_next = false;  ///< another number in other digits follows at once: the 五 of 周五17:00
};

/// The number at the front of `text`: `三十一`, `一百二十` by value, `二〇二四` digit by digit, `二0二四`
/// mixed. Two digits beside each other (五六月) mean "about", so they are no number. `text` goes on after the
/// number; what follows decides on 五一 and 十一, which alone are holidays.
Numeral numeral_at(std::u32string_view text);

/// 五一 and 十一 as holidays, where no unit of time follows; empty for anything else.
std::u32string_view holiday_numeral_at(std::u32string_view text);

}  // namespace xiaohao::calendar::phrase
