#pragma once

#include "engine/calendar/phrase/meaning.hpp"
#include "engine/calendar/phrase/period.hpp"

namespace xiaohao::calendar::phrase {

/// `N个工作日内`, `收到通知后15日内`, `自3月1日起一个月内`, `半年内`: at the scanner, or nothing. By 民法典
/// 201–203 the first day is not counted, a month ends on the corresponding day or else on the month's last,
/// and a last day that is no working day moves to the next one. Words before 内 (收到通知后, 印发之日起,
/// 会后) are the reference itself; without a period after them (自印发之日起) they say when something begins.
Read<std::optional<Meaning>> take_relative(Scanner& scanner, PhraseContext const& context,
                                           Inherited inherited);

}  // namespace xiaohao::calendar::phrase
