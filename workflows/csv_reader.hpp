#pragma once

// Tables that come in as text: CSV as RFC 4180 and spreadsheet programs write it.

#include <string>
#include <string_view>
#include <vector>

#include "engine/model/result.hpp"

namespace xiaohao::workflows {

struct CsvRow {
  int line = 0;  ///< of the file, from 1, where the row begins
  std::vector<std::string> cells;
};

/// The rows of `text`, empty ones left out; UTF-8, or GB18030 where it is no UTF-8. The separator is the tab
/// when the first line has one, else the comma. An apostrophe by which a spreadsheet marks text is taken off
/// a cell that would look like a formula without it. Malformed: neither encoding, a quotation mark that
/// nothing closes.
Result<std::vector<CsvRow>> read_csv(std::string_view text);

}  // namespace xiaohao::workflows
