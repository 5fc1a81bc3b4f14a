#include "engine/calendar/phrase/tail.hpp"

#include <algorithm>
#include <iterator>
#include <string>

#include "engine/calendar/phrase/troubles.hpp"

namespace xiaohao::calendar::phrase {
namespace {

/// Words that tie a time to another, or move it.
constexpr std::string_view joining[] = {"或", "和",   "及",   "与",   "、",   "/",    "至",   "到", "-",
                                        "~",  "左右", "上下", "前后", "除外", "以外", "之外", "前", "半月"};
/// Words that make something else of a time without 前: 6月半, 6月第一周, 周五天.
constexpr std::string_view continuing[] = {"以来", "不", "未", "半", "多", "余",
                                           "第",   "最", "后", "天", "次", "小时"};
constexpr std::string_view harmless[] = {"至少",   "不少于", "不低于",   "不断",   "不得少于",
                                         "到位",   "到户",   "多措并举", "多形式", "多渠道",
                                         "多部门", "第3方",  "最终",     "及时",   "及早"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

template <std::size_t count>
bool begins_with_any(std::string_view text, std::string_view const (&words)[count]) {
  return std::any_of(std::begin(words), std::end(words),
                     [&](std::string_view word) { return text.starts_with(word); });
}

}  // namespace

Read<void> check_tail(std::string_view tail, bool closed) {
  Scanner scanner(tail);
  scanner.take_any({"为止", "止"});
  scanner.take(")");
  scanner.take_any({":", ".", "!"});
  std::string_view const rest = scanner.rest();
  if (rest.empty()) return {};
  bool const mark = static_cast<unsigned char>(rest.front()) < 0x80 && rest.front() != '(';
  bool const moves = !begins_with_any(rest, harmless) &&
                     (begins_with_any(rest, joining) || (!closed && begins_with_any(rest, continuing)));
  bool const doubtful = rest.find_first_of("?*=<>|{}[]\\^") != std::string_view::npos;
  if (mark || moves || doubtful || names_a_time(rest)) return not_understood(rest);
  return {};
}

void skip_openers(Scanner& scanner) {
  scanner.take("(");
  if (scanner.take_any({"完成时限", "办结时限", "整改时限", "反馈时限", "完成时间", "办结时间", "截止时间",
                        "截止日期", "时限", "期限", "时间"})) {
    scanner.take("要求");
    scanner.take_any({"定为", "为", "是", ":"});
  }
  scanner.take("贯穿");
  auto const take_at_latest = [&] {  // 不超过7月底; 不超过15日 is a period, which reads it itself
    Scanner ahead = scanner;
    if (!ahead.take_any({"不超过", "不得超过"}) || !Scanner(ahead).number_before({"月", "年"})) return false;
    scanner = ahead;
    return true;
  };
  while (take_at_latest() ||
         scanner.take_any({"不得晚于", "不得迟于", "最晚于", "最迟于", "暂定", "初定", "务必",
                           "必须",     "确保",     "最迟",   "最晚",   "至迟", "截至", "截止到",
                           "截止至",   "截止",     "不迟于", "不晚于", "应当", "应",   "须",
                           "需",       "要",       "在",     "于",     "到",   "直至", "至",
                           "拟",       "计划",     "预计",   "将",     "赶在"})) {
  }
}

namespace {

/// 五六月, 三四天: two digits beside each other mean "about".
std::string_view about(std::string_view text) {
  static constexpr std::string_view digits = "一二三四五六七八九两";
  auto const character = [&](std::size_t at) { return text.substr(std::min(at * 3, text.size()), 3); };
  auto const is_one = [&](std::size_t at) {
    return character(at).size() == 3 && digits.find(character(at)) % 3 == 0;
  };
  if (!is_one(0) || !is_one(1)) return {};
  Scanner unit(text.substr(6));
  unit.take("个");
  if (!unit.take_any({"月", "日", "天", "周", "年", "季", "工作日"})) return {};
  return text.substr(0, text.size() - unit.rest().size());
}

}  // namespace

std::string_view vague_word_at(std::string_view text) {
  if (std::string_view const word = about(text); !word.empty()) return word;
  static constexpr std::string_view words[] = {
      "脱贫攻坚期内", "脱贫攻坚期", "不定期",   "定期", "适时",    "择期", "择机", "择日", "尽快",
      "尽早",         "及时",       "及早",     "近期", "近日",    "随时", "年初", "年中", "年前",
      "年后",         "年关",       "季初",     "月初", "月中",    "不日", "早日", "日内", "另行通知",
      "待定",         "同步",       "条件成熟", "节前", "节后",    "节日", "两节", "2节",  "双节",
      "除夕",         "农历",       "阴历",     "正月", "腊月",    "大约", "大概", "春季", "夏季",
      "秋季",         "冬季",       "秋冬",     "冬春", "春夏",    "夏秋", "汛期", "暑假", "暑期",
      "寒假",         "春耕",       "秋收",     "开学", "2会期间", "限期", "限时", "按期", "如期",
      "按时",         "元宵"};
  for (std::string_view word : words)
    if (text.starts_with(word)) return word;
  if (text.starts_with("日前")) return "日前";  // anywhere else it ends a date: 25日前
  return {};
}

std::string_view vague_word_in(std::string_view text) {
  std::string_view found;
  std::size_t first = std::string_view::npos;
  for (std::string_view word : {"不定期", "定期", "近期", "择期", "择机", "适时"})
    if (auto const at = text.find(word); at < first) first = at, found = word;
  return found;
}

bool names_a_time(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (!is_digit(text[at])) {
      ++at;
      continue;
    }
    std::size_t const end = std::min(text.find_first_not_of("0123456789", at), text.size());
    Scanner after(text.substr(end));
    if (after.sees_any({"月", "日", "号", "季度", "个工作日", "工作日", "天内", "周内", "个月内", "年内",
                        "年底", "年末"}))
      return true;
    at = end;
  }
  for (std::string_view word : {"月底", "月末", "年底", "年末", "季度末", "每月", "每季", "每周", "每年",
                                "每半年", "上旬", "中旬", "下旬"})
    if (text.find(word) != std::string_view::npos) return true;
  return false;
}

}  // namespace xiaohao::calendar::phrase
