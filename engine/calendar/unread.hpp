#pragma once

#include <string_view>
#include <tl/expected.hpp>

#include "engine/model/text.hpp"

namespace xiaohao::calendar {

/// Why a phrase is no deadline.
enum class Trouble {
  Nonsense,     ///< nothing to read, or words that the grammar does not know
  Impossible,   ///< no such date: 2月30日, 13月, 每周八
  Reversed,     ///< the end is before the start: 5月至3月
  Ambiguous,    ///< a time is meant that nobody can fix: 近期, 适时, 三四月
  NoReference,  ///< counts from a day that was not given: 10日内, 下月, 25日前
  NoCalendar,   ///< a holiday in a year without the State Council's notice
  Characters,   ///< invalid UTF-8, invisible characters, characters that only look like others
  TooLong,      ///< more than a deadline can be
};
std::string_view to_string(Trouble trouble);  ///< `nonsense`, `impossible`, … `no_reference`, …

/// A phrase that could not be read: what kind of trouble it is, what is wrong, and what would be right.
struct Unread {
  Trouble trouble;
  Text detail;
  friend bool operator==(Unread const&, Unread const&) = default;
};

template <class T>
using Read = tl::expected<T, Unread>;

}  // namespace xiaohao::calendar
