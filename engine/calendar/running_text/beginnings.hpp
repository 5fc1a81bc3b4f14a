#pragma once

#include <string_view>

namespace xiaohao::calendar::running_text {

/// What a deadline phrase may begin with, and so what must be true of the words before and after it.
enum class Beginning {
  None,
  Number,      ///< 9月15日, 2024-05-31, 10个工作日内
  Recurrence,  ///< 每月, 按季度, 各季度末, 以季度为单位
  YearWord,    ///< 今年, 明年, 本年度, 年底, 全年
  Reference,   ///< 本月底, 下周一, 月底: read from the reference
  Holiday,     ///< 春节, 国庆
  Open,        ///< 长期坚持, 持续推进, 常态化
  Immediate,   ///< 立行立改, 边查边改
  From,        ///< 自3月起, 从今年起
  Part,        ///< 上半年, 第三季度, 前三季度, 半年内
  Vague        ///< 定期, 近期, 脱贫攻坚期内: no date, and to be said so
};

/// What begins at `at`, by the words there and the character before.
Beginning beginning_at(std::string_view text, std::size_t at);

/// The verb that makes an open-ended phrase of 持续 or 长期, at the front of `text`: how many bytes it takes.
std::size_t verb_of_open(std::string_view text);

}  // namespace xiaohao::calendar::running_text
