#include "engine/calendar/running_text/neighbours.hpp"

#include <algorithm>
#include <initializer_list>

#include "engine/calendar/phrase/scanner.hpp"
#include "engine/calendar/running_text/line.hpp"

namespace xiaohao::calendar::running_text {
namespace {

using phrase::Scanner;
using Words = std::initializer_list<std::string_view>;

bool any(std::string_view text, Words words) {
  return std::any_of(words.begin(), words.end(),
                     [text](std::string_view word) { return text.starts_with(word); });
}

bool ends_with_any(std::string_view text, Words words) {
  return std::any_of(words.begin(), words.end(),
                     [text](std::string_view word) { return text.ends_with(word); });
}

bool one_of(char32_t c, std::u32string_view set) {
  return c != 0 && set.find(c) != std::u32string_view::npos;
}

bool is_figure(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || c == '.' || c == '/' || c == '-' || c == '~';
  });
}

/// Words that set a term stand before it: 于10.17, 截至20240531.
bool is_introduced(Candidate const& candidate) {
  return candidate.quoted || ends_with_any(candidate.text.substr(0, candidate.begin),
                                           {"于", "在", "截至", "截止", "截止到", "不迟于", "不晚于", "最迟",
                                            "时限:", "时限为", "期限:", "日期:", "时间:", "至迟"});
}

/// 每月补助300元, 每年增长10%: so much in each period, and nothing that must be done by its end.
bool is_so_much_each(std::string_view after) {
  Scanner scanner(after);
  for (int word = 0; word < 4; ++word)
    if (!scanner.take_any({"约",   "达",   "近",   "可",   "增收", "补助", "补贴",   "发放",   "增长",
                           "提高", "下降", "递增", "递减", "收入", "支付", "奖励",   "奖补",   "按照",
                           "按",   "人均", "户均", "平均", "增加", "减少", "不低于", "不少于", "不超过",
                           "至少", "工资", "给予", "缴纳", "领取", "租金", "分红"}))
      break;
  if (!scanner.sees_digit()) return any(after, {"每", "递增", "递减", "人均", "户均"});
  while (scanner.sees_digit() || scanner.sees(".")) {
    std::string_view const rest = scanner.rest();
    scanner = Scanner(rest.substr(1));
  }
  scanner.take_any({"余", "多"});
  scanner.take_any({"万亿", "亿", "千万", "百万", "万", "千", "百"});
  return scanner.sees_any({"元", "%", "‰", "个百分点", "斤", "公斤", "吨", "亩", "小时", "度", "升", "立方"});
}

bool is_recurrence_without_days(Candidate const& candidate, phrase::Meaning const& meaning) {
  return meaning.kind == ScheduleKind::Recurrence &&
         candidate.phrase().find_first_of("0123456789") == std::string::npos;
}

/// 2024年度, 全年: when something is done, or only which year's: 2024年度脱贫攻坚工作, 以往全年收益.
bool year_sets_a_term(Candidate const& candidate) {
  std::string_view const phrase = candidate.phrase(), after = candidate.after();
  char32_t const before = character_before(candidate.text, candidate.begin);
  if (any(phrase, {"全年"}))
    return !one_of(before, U"往去上历占达") &&
           !any(after, {"收入", "收益", "总", "整", "平均", "人均", "累计", "的", "工作", "目标", "任务"});
  if (ends_with_any(phrase, {"前", "内", "底", "末", "终", "全年"})) return true;
  if (any(phrase, {"本年度"})) return !any(after, {"的", "工作", "目标", "任务", "计划"});
  if (any(phrase, {"本年", "当年", "今年", "明年", "次年"})) return any(after, {"完成", "全面", "实现"});
  return after.empty() ||
         any(after, {"全面", "完成", "实现", "全部", "内", ",", ";", "基本", "要", "应", "须", "力", "计划",
                     "开展", "确保", ")"}) ||
         candidate.softened;
}

/// 年底 and 年末 before a noun are no term: 年底考核, 年终考评.
bool end_is_a_noun(std::string_view phrase, std::string_view after) {
  return ends_with_any(phrase, {"年底", "年末", "年终"}) &&
         any(after, {"考", "总结", "绩效", "奖", "评", "决算", "的", "脱贫"});
}

bool number_sets_a_term(Candidate const& candidate, phrase::Meaning const& meaning) {
  std::string_view const phrase = candidate.phrase(), after = candidate.after();
  char32_t const before = character_before(candidate.text, candidate.begin);
  if (is_figure(phrase)) {
    bool const dated = std::any_of(std::begin("-./"), std::end("-./"), [phrase](char mark) {
      return std::count(phrase.begin(), phrase.end(), mark) >= 2;
    });
    if (!after.empty() &&
        ((after[0] >= '0' && after[0] <= '9') || any(after, {".", "-", "/", ":", "%", "版"})))
      return false;
    return dated || is_introduced(candidate);
  }
  if (meaning.kind == ScheduleKind::Relative)
    return !one_of(before, U"近几数前满共约达") && !any(after, {"以上", "以外"});
  Scanner day(phrase);
  if (day.number_before({"日", "号"}, 2) && day.at_end())  // a day alone needs the month of an earlier clause
    return candidate.month_is_set && !phrase.ends_with("号") && !one_of(before, U"期共约达超");
  if (phrase.ends_with("月") &&
      (any(after, {"龄", "经", "饼", "租", "薪", "嫂", "子", "工资", "大"}) || one_of(before, U"满")))
    return false;
  if (meaning.kind == ScheduleKind::Range && phrase.ends_with("年") && !phrase.ends_with("半年") &&
      !candidate.softened)
    return false;  // 2024-2026年
  return !(phrase.ends_with("后") && any(after, {"的", "续"}));
}

}  // namespace

bool sets_a_term(Candidate const& candidate, phrase::Meaning const& meaning) {
  std::string_view const after = candidate.after();
  if (any(after, {"以来"})) return false;
  if (meaning.mention && !candidate.softened) return false;
  if (meaning.recurrence && is_recurrence_without_days(candidate, meaning) && is_so_much_each(after))
    return false;
  if (end_is_a_noun(candidate.phrase(), after)) return false;
  if (meaning.kind == ScheduleKind::Range && (meaning.recurrence || meaning.mention))
    return year_sets_a_term(candidate);
  if (candidate.beginning == Beginning::Number) return number_sets_a_term(candidate, meaning);
  if (candidate.beginning == Beginning::YearWord && candidate.phrase().ends_with("年") &&
      !candidate.phrase().ends_with("半年") && !candidate.softened)
    return year_sets_a_term(candidate);
  if (candidate.beginning == Beginning::Open) return !any(after, {"的", "性", "增收", "稳定"});
  return !(candidate.phrase().ends_with("后") && any(after, {"的", "续"}));
}

bool is_meant_as_a_term(Candidate const& candidate, Trouble trouble) {
  std::string_view const phrase = candidate.phrase();
  char32_t const before = character_before(candidate.text, candidate.begin);
  bool const bounded =
      phrase.find("前") != std::string_view::npos || phrase.find("内") != std::string_view::npos;
  switch (candidate.beginning) {
    case Beginning::Recurrence:
      return !is_so_much_each(candidate.after());
    case Beginning::Number: {
      if (one_of(before, U"近几数前满共约达")) return false;
      Scanner after_number(phrase);
      while (after_number.sees_digit()) after_number = Scanner(after_number.rest().substr(1));
      if (after_number.sees("月") || after_number.sees("季度")) return true;
      if (after_number.sees_any({"日", "号"})) return bounded;
      if (after_number.sees("年")) return trouble == Trouble::Impossible || bounded;
      return after_number.sees_any(
                 {"个工作日", "工作日", "天内", "周内", "个月内", "小时内", "个小时内", "天之内"}) ||
             (trouble == Trouble::Impossible && phrase.size() >= 8 && is_figure(phrase.substr(0, 8)) &&
              (bounded || is_introduced(candidate)));
    }
    case Beginning::Holiday:
      return bounded || phrase.find("期间") != std::string_view::npos;
    case Beginning::From:
    case Beginning::Immediate:
    case Beginning::Open:
    case Beginning::YearWord:
      return false;
    default:
      return true;
  }
}

bool has_an_alternative(Candidate const& candidate) {
  auto const names_a_time = [](std::string_view text) {
    Scanner scanner(text);
    if (!scanner.take("或")) return false;
    scanner.take_any({"者", "是", "在"});
    return scanner.number_before({"月", "日", "季度", "年"}, 4).has_value();
  };
  if (names_a_time(candidate.after())) return true;
  std::string_view const before = candidate.text.substr(0, candidate.begin);
  return ends_with_any(before, {"底或", "日或", "末或", "旬或", "月或", "前或", "或者"}) &&
         candidate.beginning == Beginning::Number;
}

std::size_t extent_of_time(std::string_view text) {
  static constexpr std::u32string_view parts =
      U"0123456789年月日号季度半周天个工作星期礼拜上中下旬底末初前后内之以至到-~/"
      U".每隔次轮本当该节间元旦春清明端午秋国庆劳动小时左右";
  std::size_t length = 0;
  for (int characters = 0; length < text.size() && characters < 20; ++characters) {
    Character const c = character_at(text.substr(length));
    if (!one_of(c.value, parts)) break;
    length += c.bytes;
  }
  while (length > 0 && (text[length - 1] == '.' || text[length - 1] == '-' || text[length - 1] == '/'))
    --length;
  return length;
}

}  // namespace xiaohao::calendar::running_text
