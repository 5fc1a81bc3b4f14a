#include "engine/calendar/running_text/beginnings.hpp"

#include <algorithm>
#include <initializer_list>

#include "engine/calendar/running_text/line.hpp"

namespace xiaohao::calendar::running_text {
namespace {

constexpr std::size_t from_bytes_max = 90;  ///< 自…起: how far apart the two may stand

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool is_letter(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }

bool any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [text](std::string_view word) { return text.starts_with(word); });
}

bool one_of(char32_t c, std::u32string_view set) { return set.find(c) != std::u32string_view::npos; }

/// Digits at the front: how many, and what follows them.
struct Digits {
  std::size_t count = 0;
  std::string_view after;
};
Digits digits_at(std::string_view text) {
  std::size_t const count = std::min(text.find_first_not_of("0123456789"), text.size());
  return {count, text.substr(count)};
}

/// The number that stands at the front, as against one inside a greater whole: 1.5元, 〔2024〕5号, 第3号, A4.
bool number_begins(std::string_view text, std::size_t at) {
  char32_t const before = character_before(text, at);
  Digits const digits = digits_at(text.substr(at));
  if (digits.count > 8) return false;
  if (!any(digits.after,
           {"月",   "年", "日", "号", "季", "周", "天", "个",   "工作",   "自然",   "日历", "星期",
            "礼拜", ".",  "/",  "-",  "~",  "至", "到", "小时", "上半年", "下半年", "全年"}) &&
      digits.count != 8)
    return false;
  bool const dated = any(digits.after, {"月", "季度"}) || (digits.count == 4 && any(digits.after, {"年"}));
  if (before == U'.') return dated && digits.count != 3;  // 1.5月底前: the number of a paragraph
  if (before == U'-' || before == U'/') return false;
  if (before == U':' && at > 1 && is_digit(static_cast<unsigned char>(text[at - 2]))) return false;  // 1:500
  return !is_digit(before) && !is_letter(before) && !one_of(before, U"第〕]号№#%‰￥$¥+=×");
}

bool is_recurrence(std::string_view text, char32_t before) {
  if (text.starts_with("每")) return true;
  if (text.starts_with("按"))
    return any(text,
               {"按月", "按季", "按周", "按旬", "按半年", "按年度", "按年", "按日", "按天", "按双月"}) &&
           !any(text,
                {"按月龄", "按年龄", "按年限", "按日常", "按日计", "按天计", "按年计", "按月计", "按季节"});
  if (text.starts_with("逐")) return any(text, {"逐月", "逐季", "逐周", "逐旬", "逐日报", "逐年报"});
  if (text.starts_with("各")) return any(text, {"各季度末", "各季末", "各月底", "各月末"});
  if (text.starts_with("隔")) return any(text, {"隔周", "隔月", "隔日"}) && !one_of(before, U"间相阻分");
  return any(text,
             {"以季度为单位", "以季为单位", "以月为单位", "以周为单位", "以年为单位", "以半年为单位", "以1"});
}

bool is_year_word(std::string_view text, char32_t before) {
  if (is_digit(before) || one_of(before, U"几数多近每往历前去周")) return false;
  if (text.starts_with("全年")) return !one_of(before, U"占达");
  if (text.starts_with("年"))
    return any(text,
               {"年底", "年末", "年内", "年终前", "年终,", "年终;", "年终以前", "年终之前", "年度内"}) ||
           text == "年终";
  return any(text, {"今年", "本年", "明年", "次年", "来年", "翌年", "下年度", "当年"}) &&
         !one_of(before, U"适");
}

bool is_reference(std::string_view text, char32_t before) {
  if (is_digit(before) || one_of(before, U"每个首末多几")) return false;
  if (text.starts_with("本")) {
    if (one_of(before, U"基日成根资样版文原剧书课标")) return false;
    return any(text, {"本月", "本季", "本周", "本星期"});
  }
  if (text.starts_with("当") || text.starts_with("该"))
    return any(text, {"当月", "当季", "该月", "该季", "当日前", "当日内", "当天内", "当天前", "当日起"});
  if (text.starts_with("下"))
    return any(text, {"下月", "下个月", "下周", "下星期", "下个星期", "下季", "下个季", "下下", "下旬",
                      "下1季", "下1个", "下1周"});
  if (text.starts_with("次")) return any(text, {"次月", "次季度", "次周", "次日前", "次日内"});
  if (text.starts_with("上") || text.starts_with("中")) return any(text, {"上旬", "中旬"});
  if (text.starts_with("月")) return any(text, {"月底", "月末"});
  if (text.starts_with("季")) return any(text, {"季度末", "季末", "季度底"});
  if (any(text, {"周", "星期"})) {
    std::string_view const day = text.substr(text.starts_with("周") ? 3 : 6);
    return any(day, {"日前", "日下班"}) || (!day.empty() && day[0] > '0' && day[0] < '8');
  }
  return any(text, {"今日", "今天", "明日", "明天", "后天", "即日起"});
}

bool is_open(std::string_view text) {
  std::string_view rest = text;
  if (text.starts_with("长期"))
    rest.remove_prefix(6);
  else if (text.starts_with("持续"))
    rest.remove_prefix(6);
  else
    return any(text, {"常态化", "常抓不懈", "长抓不懈", "经常性开展", "经常开展", "常年坚持", "常年开展",
                      "长年坚持"});
  return rest.empty() || any(rest, {"到", "至", ",", ";", ")"}) || verb_of_open(rest) > 0;
}

bool is_immediate(std::string_view text) {
  if (text.starts_with("边")) {
    std::string_view const near = text.substr(0, 18);
    return near.find("边改") != std::string_view::npos || near.find("边整改") != std::string_view::npos;
  }
  return any(text, {"立行立改", "立改立行", "即知即改", "即知立改", "立知立改", "即行即改", "即查即改",
                    "立查立改", "立整立改", "即整即改", "即交即改", "立说立行", "马上整改", "马上就办",
                    "即刻整改", "当场整改", "现场整改", "随查随改", "立即整改", "立即改",   "立即纠正"});
}

bool is_vague(std::string_view text, char32_t before) {
  if (any(text, {"不定期", "择期", "择机", "脱贫攻坚期内"})) return true;
  if (any(text, {"定期", "近期", "适时", "近日", "择日"})) return before != U'不';
  return any(text, {"年初前", "月初前", "年中前", "月中前", "年初完成", "月初完成", "年中完成"}) &&
         !is_digit(before);
}

}  // namespace

std::size_t verb_of_open(std::string_view text) {
  for (std::string_view verb :
       {"坚持", "抓好", "抓", "推进", "推动", "开展", "落实", "执行", "实施", "用力", "发力"})
    if (text.starts_with(verb)) return verb.size();
  return 0;
}

Beginning beginning_at(std::string_view text, std::size_t at) {
  if (is_digit(static_cast<unsigned char>(text[at])))
    return number_begins(text, at) ? Beginning::Number : Beginning::None;
  std::string_view const rest = text.substr(at);
  auto const when = [](bool is, Beginning beginning) { return is ? beginning : Beginning::None; };
  switch (character_at(rest).value) {
    case U'每':
      return Beginning::Recurrence;
    case U'按':
    case U'逐':
    case U'各':
    case U'隔':
    case U'以':
      return when(is_recurrence(rest, character_before(text, at)), Beginning::Recurrence);
    case U'自':
    case U'从':
    case U'由':
      return when(rest.substr(0, from_bytes_max).find("起") != std::string_view::npos ||
                      (rest.size() > 3 && is_digit(static_cast<unsigned char>(rest[3]))),
                  Beginning::From);
    case U'全':
    case U'今':
    case U'明':
    case U'来':
    case U'翌':
    case U'年':
      if (is_year_word(rest, character_before(text, at))) return Beginning::YearWord;
      break;
    case U'本':
    case U'当':
      if (rest.starts_with("当场整改")) return Beginning::Immediate;
      [[fallthrough]];
    case U'次':
    case U'下':
      if (rest.starts_with("下半")) return when(rest.starts_with("下半年"), Beginning::Part);
      if (is_year_word(rest, character_before(text, at))) return Beginning::YearWord;
      break;
    case U'上':
      if (rest.starts_with("上半年")) return Beginning::Part;
      break;
    case U'第':
      return when(rest.size() > 3 && is_digit(static_cast<unsigned char>(rest[3])) &&
                      any(rest.substr(4), {"季度", "季末", "季底", "季前", "季内"}),
                  Beginning::Part);
    case U'前':
      return when(rest.size() > 3 && is_digit(static_cast<unsigned char>(rest[3])) &&
                      any(rest.substr(4), {"季度", "个季度"}),
                  Beginning::Part);
    case U'半':
      if (any(rest, {"半年1次", "半年1考", "半年1评", "半年1报", "半年1通报", "半年1督", "半年1调度"}) &&
          !one_of(character_before(text, at), U"上下每大近前"))
        return Beginning::Recurrence;
      return when(any(rest, {"半年内", "半个月内", "半月内", "半年之内", "半年以内"}) &&
                      !one_of(character_before(text, at), U"上下每大近前"),
                  Beginning::Part);
    case U'公':
      return when(rest.starts_with("公元"), Beginning::Number);
    case U'元':
      return when(any(rest, {"元月", "元旦"}) && !is_digit(character_before(text, at)),
                  rest.starts_with("元旦") ? Beginning::Holiday : Beginning::Part);
    case U'春':
    case U'清':
    case U'端':
    case U'中':
    case U'国':
    case U'劳':
      if (any(rest, {"春节", "清明", "端午", "中秋", "国庆", "劳动节", "国际劳动节"}))
        return Beginning::Holiday;
      break;
    case U'长':
    case U'持':
    case U'常':
    case U'经':
      return when(is_open(rest), Beginning::Open);
    case U'立':
    case U'马':
    case U'现':
    case U'即':
    case U'边':
    case U'随':
      if (is_immediate(rest)) return Beginning::Immediate;
      break;
    case U'该':
    case U'月':
    case U'季':
      if (any(rest, {"月月", "季季"})) return Beginning::Recurrence;
      break;
    case U'周':
      if (rest.starts_with("周周")) return Beginning::Recurrence;
      break;
    case U'星':
    case U'后':
      break;
    case U'不':
    case U'定':
    case U'近':
    case U'适':
    case U'择':
    case U'脱':
      return when(is_vague(rest, character_before(text, at)), Beginning::Vague);
    default:
      return Beginning::None;
  }
  char32_t const before = character_before(text, at);
  if (is_vague(rest, before)) return Beginning::Vague;
  return when(is_reference(rest, before), Beginning::Reference);
}

}  // namespace xiaohao::calendar::running_text
