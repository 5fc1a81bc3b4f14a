#include <algorithm>
#include <string>

#include "engine/calendar/phrase/period.hpp"
#include "engine/calendar/phrase/troubles.hpp"

namespace xiaohao::calendar::phrase {
namespace {

/// 2024年, 2024年度, 公元2024年. Two digits before a month or an end are a year cut short; before anything
/// else they are no year at all (9年义务教育).
Read<std::optional<WrittenYear>> year_in_digits(Scanner& scanner) {
  Scanner ahead = scanner;
  ahead.take("公元");
  std::string_view const at = ahead.rest();
  std::size_t const digits = std::min(at.find_first_not_of("0123456789"), at.size());
  Scanner after(at.substr(digits));
  bool const short_form = digits == 4 && after.sees_any({"上半年", "下半年", "全年", "年度"});  // 2024上半年
  if (digits == 0 || (!after.take("年") && !short_form)) return std::optional<WrittenYear>{};
  if (digits != 4) {
    Scanner month = after;
    bool const dated =
        month.number_before({"月"}, 2) || after.sees_any({"度", "底", "末", "上半年", "下半年"});
    bool const long_number = digits > 4 || at.substr(0, digits) == "0";
    if (!dated && !long_number) return std::optional<WrittenYear>{};
    return impossible("年份应为四位数字，如2024年", "a year has four digits, such as 2024年");
  }
  auto const y = checked_year(*Scanner(at).number(4));
  if (!y) return tl::unexpected(y.error());
  bool const checkpoints = after.take("度");
  after.take("的");
  scanner = after;
  return WrittenYear{*y, checkpoints};
}

struct YearWord {
  std::string_view word;
  int shift;
  bool checkpoints;  ///< 当年 and 本年度 alone are a year with checkpoints; 今年 is a year
};
constexpr YearWord year_words[] = {
    {"今年度", 0, true}, {"今年", 0, false},  {"本年度", 0, true},  {"本年", 0, true},   {"当年度", 0, true},
    {"当年", 0, true},   {"下年度", 1, true}, {"下1年度", 1, true}, {"下1年", 1, false}, {"明年", 1, false},
    {"次年度", 1, true}, {"次年", 1, false},  {"来年", 1, false},   {"翌年", 1, false},  {"上年度", -1, true},
    {"去年", -1, false}, {"上年", -1, false}, {"后年", 2, false}};

}  // namespace

Read<std::optional<WrittenYear>> take_year(Scanner& scanner, PhraseContext const& context,
                                           Inherited inherited) {
  for (auto const& [word, shift, checkpoints] : year_words)
    if (scanner.take(word)) {
      // 次年 follows the year of what stands before it; the others follow the plan.
      bool const following = word.starts_with("次年") || word.starts_with("翌年");
      auto const y = checked_year((following ? inherited.year : context.year) + shift);
      if (!y) return tl::unexpected(y.error());
      scanner.take("的");
      return WrittenYear{*y, checkpoints};
    }
  return year_in_digits(scanner);
}

}  // namespace xiaohao::calendar::phrase
