#pragma once

#include <string>
#include <string_view>

#include "engine/model/result.hpp"

namespace xiaohao::calendar::phrase {

/// One spelling for what means the same: ASCII digits and punctuation, no spaces or quotation marks, Chinese
/// numerals as digits. Refuses invalid UTF-8, invisible characters, and radicals that only look like
/// characters (⽉): a person cannot see what is meant.
Result<std::string> normalise(std::string_view phrase);

}  // namespace xiaohao::calendar::phrase
