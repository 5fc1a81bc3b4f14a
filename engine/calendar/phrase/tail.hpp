#pragma once

#include <string_view>

#include "engine/calendar/phrase/scanner.hpp"
#include "engine/calendar/unread.hpp"

namespace xiaohao::calendar::phrase {

/// What may follow a time without changing it: 完成, 启动实施, 报送至县扶贫办 … Trouble: words that would
/// move the date (或, 左右, 除外), digits or marks at once after it, and a second time. Fewer words can move
/// a time that is `closed` by 前 or 内.
Read<void> check_tail(std::string_view tail, bool closed);

/// Words before a time that change nothing: 务必于, 截至, 不迟于, 完成时限：
void skip_openers(Scanner& scanner);

/// A word that means a time which nobody can fix, at the front of `text`; empty for none.
std::string_view vague_word_at(std::string_view text);
/// The first such word anywhere in `text` that names a rhythm or a date (定期, 近期), as against mere haste
/// (尽快).
std::string_view vague_word_in(std::string_view text);

/// Does `text` name a time: a month, a day, a quarter, a period?
bool names_a_time(std::string_view text);

}  // namespace xiaohao::calendar::phrase
