#pragma once

// Tables as spreadsheet programs open them: UTF-8 with a byte order mark, CRLF, and no cell that a program
// would take for a formula.

#include <string>
#include <string_view>
#include <vector>

#include "web/http/message.hpp"

namespace xiaohao::web {

class Csv {
 public:
  explicit Csv(std::vector<std::string> const& heads) { row(heads); }
  void row(std::vector<std::string> const& cells);
  std::string const& text() const { return text_; }

 private:
  std::string text_ = "\xEF\xBB\xBF";
};

/// A cell that begins with `=`, `+`, `-`, `@` (of either width), a tab or a line break gets an apostrophe
/// before it, by which spreadsheet programs read text.
std::string csv_cell(std::string_view text);

/// As a file to keep, named `name`.csv (ASCII).
Response csv_response(Csv const& csv, std::string_view name);

}  // namespace xiaohao::web
