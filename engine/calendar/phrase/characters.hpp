#pragma once

// Characters, before any of them is read as a word.

#include <optional>
#include <string>
#include <string_view>

namespace xiaohao::calendar::phrase {

/// Takes the next code point off `text`; nothing, and nothing taken, where the bytes are no UTF-8 (overlong
/// forms and surrogates included).
std::optional<char32_t> take_code_point(std::string_view& text);
void append(std::string& text, char32_t c);

/// Controls, zero-width and direction characters, variation selectors: a person cannot see them.
bool is_invisible(char32_t c);

/// Characters that a person takes for others: ⽉ U+2F49 for 月, 曰 for 日, ニ for 二, Cyrillic О, digits of
/// other scripts.
bool is_look_alike(char32_t c);
/// The character that `c` is taken for, where it matters to a deadline; else `c` itself.
char32_t original_of(char32_t c);

/// Spaces and quotation marks: they change nothing.
bool is_dropped(char32_t c);
bool is_line_end(char32_t c);

/// One spelling for full-width forms, dashes and dots.
char32_t one_spelling(char32_t c);

}  // namespace xiaohao::calendar::phrase
