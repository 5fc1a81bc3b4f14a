#pragma once

#include <string_view>

namespace xiaohao {

/// Whether `text` may be a name that pages, mail subjects and files show: no control characters, line breaks
/// included, and none that are invisible or turn the direction of writing, behind which another name can
/// hide. `text` is UTF-8 already, by the JSON reader.
bool is_plain(std::string_view text);

/// Nothing but blanks and what lays text out.
bool is_blank(std::string_view text);

/// Whether `text`, which may have several lines, has control characters besides those that lay it out: they
/// hide, end or rewrite what is read next, on a terminal for instance.
bool has_controls(std::string_view text);

/// Whether `text` has the form of a mail address that is safe in a header: one @ between two parts, no
/// spaces, brackets or commas.
bool is_mail_address(std::string_view text);

}  // namespace xiaohao
