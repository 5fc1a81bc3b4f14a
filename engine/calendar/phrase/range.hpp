#pragma once

#include "engine/calendar/phrase/meaning.hpp"
#include "engine/calendar/phrase/period.hpp"

namespace xiaohao::calendar::phrase {

/// The `3` of `3～5月`, the `1` of `3月1-15日`, the `一` of `一至三季度`: a number that takes its unit from
/// the number after it. The scanner stands behind the 至 then.
Found take_bare_beginning(Scanner& scanner, PhraseContext const& context, Inherited inherited);

/// `A至B` once A and the 至 are read: from the first day of A to the last day of B, which takes A's year and
/// month where it has none. Trouble: an end before its start; crossing a year must be written.
Read<Meaning> take_range_end(Scanner& scanner, Period const& first, PhraseContext const& context,
                             Inherited& inherited);

}  // namespace xiaohao::calendar::phrase
