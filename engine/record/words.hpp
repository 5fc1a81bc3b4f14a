#pragma once

// An entry of an item's story in words.

#include <string>

#include "engine/model/text.hpp"
#include "engine/record/story.hpp"

namespace xiaohao::record {

struct Deed {
  std::string at;         ///< `2024-02-29 17:30`, plan time
  std::string actor;      ///< user name; empty when it went by itself
  std::string on_behalf;  ///< user name; empty: nobody's
  Text what;              ///< 初审通过; of a lifecycle of the county's own its event's name
  bool closes = false;    ///< the item was closed by it
  std::string words;      ///< what the actor wrote: summary, reason, text, note
};

/// `entry` is of a story that `story_of` could tell.
Deed deed_of(Json const& entry);

}  // namespace xiaohao::record
