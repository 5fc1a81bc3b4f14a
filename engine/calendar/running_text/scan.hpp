#pragma once

#include <optional>
#include <vector>

#include "engine/calendar/deadline_phrase.hpp"
#include "engine/calendar/running_text/line.hpp"

namespace xiaohao::calendar::running_text {

/// A phrase found in one line, by the bytes of the original line.
struct Found {
  std::size_t from, to;
  Read<Reading> reading;  ///< its phrase is not yet filled in
  std::optional<int> inherited_year;
  std::optional<unsigned> inherited_month;
};

/// The deadline phrases of one line, in order. `original` is what `line` was made of.
std::vector<Found> scan_line(Line const& line, std::string_view original, PhraseContext const& context);

}  // namespace xiaohao::calendar::running_text
