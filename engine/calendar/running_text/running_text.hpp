#pragma once

// Deadline phrases in running text: which words of a document set a term, where they stand, and what they
// mean.
//
//     find_deadlines("三、2026年5月底前完成摸排，9月15日前报送。", {.year = 2024})
//       →  2026年5月底前 (line 1, column 3), 9月15日前 (its year taken from the clause before)
//
// A document names many times that set no term: the year of a title, 〔2024〕5号, 每户3000元, 九年义务教育.
// Those are passed over. What sets a term and cannot be read (2月30日前, 定期, 收到后5日内 without a
// reference) is found too, with the reason, so that nobody believes that it was read.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/calendar/deadline_phrase.hpp"

namespace xiaohao::calendar {

/// Where a phrase stands. Offsets count from 0, lines and columns from 1; a character is one code point.
struct Position {
  std::size_t byte = 0;
  std::size_t character = 0;
  std::size_t line = 1;
  std::size_t column = 1;  ///< in characters
  friend bool operator==(Position const&, Position const&) = default;
};

struct FoundDeadline {
  Position position;
  std::size_t bytes = 0;  ///< how long the phrase is
  std::size_t characters = 0;
  std::string phrase;                       ///< as written
  Read<Reading> reading;                    ///< or why it cannot be read
  std::optional<int> inherited_year;        ///< taken from an earlier clause of its sentence
  std::optional<unsigned> inherited_month;  ///< the same
};

/// The deadline phrases of `text` in order; they do not overlap. Years and months carry on from clause to
/// clause within a sentence. Time grows with the length of the text and no faster. Refuses text that is not
/// UTF-8, naming the byte, and more than `running_text_bytes_max`.
Result<std::vector<FoundDeadline>> find_deadlines(std::string_view text, PhraseContext const& context);

/// The first year of four digits that `text` writes as one: 2024年, 〔2024〕, 2024-05-31.
std::optional<int> first_year_written(std::string_view text);

inline constexpr std::size_t running_text_bytes_max = std::size_t{64} << 20;

}  // namespace xiaohao::calendar
