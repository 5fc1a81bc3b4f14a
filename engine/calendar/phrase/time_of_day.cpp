#include "engine/calendar/phrase/time_of_day.hpp"

#include <string>

#include "engine/calendar/phrase/troubles.hpp"

namespace xiaohao::calendar::phrase {

Read<std::optional<Text>> take_time_of_day(Scanner& scanner) {
  Scanner ahead = scanner;
  ahead.take(" ");
  std::string_view const written = ahead.rest();
  ahead.take_any({"上午", "下午", "中午", "晚上", "凌晨", "晚", "早"});
  bool const before_closing = ahead.take_any({"下班", "收盘"});
  if (!before_closing) {
    auto const hour = ahead.number_before({"时", "点", ":"}, 2);
    if (!hour) return std::optional<Text>{};
    bool minutes = false;
    if (ahead.take("半")) minutes = true;
    if (auto const m = ahead.number(2)) {
      if (*m > 59) return impossible("没有这样的时刻", "there is no such time of day");
      minutes = *m > 0;
      ahead.take_any({"分", "时"});
    } else {
      ahead.take("整");
    }
    if (*hour > 24 || (*hour == 24 && minutes))
      return impossible("没有这样的时刻", "there is no such time of day");
    if (*hour == 0 && !minutes)
      return unread(Trouble::Ambiguous, "“0时”是当日开始还是结束不明确；请写“24时”或前一日",
                    "midnight may be the day's beginning or its end; write 24时, or the day before");
    if (*hour == 24) {
      scanner = ahead;
      return std::optional<Text>{};
    }
  }
  std::string const what(written.substr(0, written.size() - ahead.rest().size()));
  scanner = ahead;
  return std::optional(Text{"时限以日为单位，“" + what + "”未计入，按当日24:00",
                            "a deadline is a whole day, so the time of day (" + what + ") was left out"});
}

}  // namespace xiaohao::calendar::phrase
