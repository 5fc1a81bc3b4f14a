#pragma once

// One clause: a time with what stands before and after it.

#include "engine/calendar/phrase/meaning.hpp"
#include "engine/calendar/phrase/period.hpp"

namespace xiaohao::calendar::phrase {

/// A clause without its soft words, and where they stood.
struct Softened {
  std::string text;
  std::vector<std::size_t> soft_at;  ///< places in `text` from which 力争, 争取, 原则上 were taken
};
Softened without_soft_words(std::string_view clause);

/// The deadline at the scanner with its 前, 内, 起 …, or nothing, and nothing taken, where no time stands
/// here. `inherited` gives the year, and learns the year of what was read.
Read<std::optional<Meaning>> take_deadline(Scanner& scanner, PhraseContext const& context,
                                           Inherited& inherited);

struct ClauseReading {
  Meaning meaning;
  bool soft = false;
};

/// Reads all of a normalised clause: openers, a deadline, and a tail that does not change it.
Read<ClauseReading> read_clause(std::string_view clause, PhraseContext const& context, Inherited& inherited);

}  // namespace xiaohao::calendar::phrase
