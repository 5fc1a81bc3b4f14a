#pragma once

// What happened to an item, in sentences: who did what and why, and who was told.

#include <string>

#include "web/pages/item/item_view.hpp"

namespace xiaohao::web::pages {

/// `张三（县住建局）`; the clock and the engine have names of their own.
std::string actor_name(Visit const& visit, Actor const& actor);
std::string person_name(Visit const& visit, Username const& username);

/// What was done, in the lifecycle's own word for it: 签收, 初审退回.
std::string deed_of(ItemView const& view, JournalEntry const& entry);
/// What was written with it: reason, summary, opinion; empty when nothing was.
std::string words_of(JournalEntry const& entry);

/// One entry in one line, without its time: `张三 初审退回：缺照片`.
std::string sentence_of(ItemView const& view, JournalEntry const& entry);

/// All of it, latest first.
html::Html history_section(ItemView const& view);

/// `督办`: a step of the ladder, or an occasion on which people are told.
std::string step_name(Say const& t, std::string_view step);

/// Recipients by name for those who see everybody's notices; otherwise how many, and whether oneself is among
/// them.
std::string told_whom(Visit const& visit, std::vector<Username> const& recipients);

}  // namespace xiaohao::web::pages
