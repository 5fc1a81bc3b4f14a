#pragma once

// The refusals of the grammar. Each names what is wrong and, after the semicolon, what would be right.

#include <string>
#include <string_view>
#include <utility>

#include "engine/calendar/unread.hpp"

namespace xiaohao::calendar::phrase {

inline tl::unexpected<Unread> unread(Trouble trouble, std::string zh, std::string en) {
  return tl::unexpected(Unread{trouble, {std::move(zh), std::move(en)}});
}

inline tl::unexpected<Unread> nothing_to_read() {
  return unread(Trouble::Nonsense, "没有读到时间；请写成“2月底”“9月15日前”“每季度”等",
                "names no time; write it like 2月底, 9月15日前 or 每季度");
}

inline tl::unexpected<Unread> not_understood(std::string_view words) {
  if (words.empty()) return nothing_to_read();
  std::string const what(words);
  return unread(Trouble::Nonsense, "看不懂“" + what + "”；请写成“2月底”“9月15日前”“每季度”等",
                "cannot read \"" + what + "\"; write it like 2月底, 9月15日前 or 每季度");
}

inline tl::unexpected<Unread> impossible(std::string zh, std::string en) {
  return unread(Trouble::Impossible, zh + "；请写存在的日期", en + "; write a date that exists");
}

inline tl::unexpected<Unread> ambiguous(std::string_view word) {
  std::string const what(word);
  return unread(Trouble::Ambiguous, "“" + what + "”没有确定的时间；请写明日期",
                what + " means a time that cannot be fixed; write a date");
}

inline tl::unexpected<Unread> no_reference() {
  return unread(Trouble::NoReference, "缺参照日期；请用 --reference 给出，例如收到通知的日期",
                "counts from a day that was not given; give it as --reference, such as the day a notice was "
                "received");
}

}  // namespace xiaohao::calendar::phrase
