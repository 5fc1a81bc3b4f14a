#include "web/csv.hpp"

#include <algorithm>
#include <array>

namespace xiaohao::web {
namespace {

/// The second four are the first four as a Chinese keyboard writes them: full width.
constexpr std::array<std::string_view, 11> formula_beginnings{"=",  "+",  "-",  "@",  "\t", "\r",
                                                              "\n", "＝", "＋", "－", "＠"};

}  // namespace

std::string csv_cell(std::string_view text) {
  bool const is_formula =
      std::any_of(formula_beginnings.begin(), formula_beginnings.end(),
                  [&](std::string_view beginning) { return text.substr(0, beginning.size()) == beginning; });
  std::string cell = (is_formula ? "'" : "") + std::string(text);
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (char const c : cell) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

void Csv::row(std::vector<std::string> const& cells) {
  for (std::size_t place = 0; place < cells.size(); ++place) {
    if (place > 0) text_ += ',';
    text_ += csv_cell(cells[place]);
  }
  text_ += "\r\n";
}

Response csv_response(Csv const& csv, std::string_view name) {
  Response response = text_response(200, "text/csv; charset=utf-8", csv.text());
  response.headers.emplace_back("Content-Disposition",
                                "attachment; filename=\"" + std::string(name) + ".csv\"");
  return response;
}

}  // namespace xiaohao::web
