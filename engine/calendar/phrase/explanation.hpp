#pragma once

#include "engine/calendar/phrase/meaning.hpp"

namespace xiaohao::calendar::phrase {

/// One sentence: the days it means, and by which rule; what a person should know besides at its end.
Text explanation_of(Meaning const& meaning, bool soft);

/// Do its days lie within the years 1 to 9999?
bool within_calendar(Meaning const& meaning);

}  // namespace xiaohao::calendar::phrase
