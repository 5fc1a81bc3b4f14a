#include "workflows/csv_reader.hpp"

#include <algorithm>
#include <iconv.h>

namespace xiaohao::workflows {
namespace {

/// `text` from `encoding` to UTF-8; empty when it is not of that encoding.
std::string converted(std::string_view text, char const* encoding) {
  iconv_t const conversion = iconv_open("UTF-8", encoding);
  if (conversion == reinterpret_cast<iconv_t>(-1)) return {};
  std::string in(text), out(text.size() * 4 + 4, '\0');
  char* from = in.data();
  char* to = out.data();
  std::size_t left = in.size(), room = out.size();
  bool const whole = iconv(conversion, &from, &left, &to, &room) != static_cast<std::size_t>(-1);
  iconv_close(conversion);
  if (!whole) return {};
  out.resize(out.size() - room);
  return out;
}

bool looks_like_a_formula(std::string const& cell) {
  return cell.size() > 1 && cell[0] == '\'' &&
         std::string_view("=+-@").find(cell[1]) != std::string_view::npos;
}

void keep(CsvRow& row, std::string& cell) {
  auto const first = cell.find_first_not_of(" \t\r\n");
  auto const last = cell.find_last_not_of(" \t\r\n");
  cell = first == std::string::npos ? std::string() : cell.substr(first, last - first + 1);
  if (looks_like_a_formula(cell)) cell.erase(0, 1);
  row.cells.push_back(std::move(cell));
  cell.clear();
}

}  // namespace

Result<std::vector<CsvRow>> read_csv(std::string_view text) {
  std::string whole = converted(text, "UTF-8");
  if (whole.empty() && !text.empty()) whole = converted(text, "GB18030");
  if (whole.empty() && !text.empty())
    return refuse(Reason::Malformed, "",
                  {"既不是 UTF-8 也不是 GB18030", "is neither UTF-8 nor GB18030; save it as CSV UTF-8"});
  std::string_view rest = whole;
  if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
  char const separator = rest.substr(0, rest.find('\n')).find('\t') != std::string_view::npos ? '\t' : ',';
  std::vector<CsvRow> rows;
  CsvRow row{1, {}};
  std::string cell;
  bool quoted = false;
  int line = 1, opened = 0;
  auto const end_row = [&] {
    keep(row, cell);
    bool const empty =
        std::all_of(row.cells.begin(), row.cells.end(), [](std::string const& each) { return each.empty(); });
    if (!empty) rows.push_back(std::move(row));
    row = {line + 1, {}};
  };
  for (std::size_t at = 0; at < rest.size(); ++at) {
    char const c = rest[at];
    if (quoted) {
      if (c == '"' && at + 1 < rest.size() && rest[at + 1] == '"') {
        cell += rest[++at];
      } else if (c == '"') {
        quoted = false;
      } else {
        cell += c;
        line += c == '\n';
      }
    } else if (c == '"' && cell.empty()) {
      quoted = true;
      opened = line;
    } else if (c == separator) {
      keep(row, cell);
    } else if (c == '\n') {
      end_row();
      ++line;
    } else {
      cell += c;
    }
  }
  if (quoted)
    return refuse(Reason::Malformed, "row " + std::to_string(opened),
                  {"引号没有结束", "a quotation mark is never closed"});
  if (!cell.empty() || !row.cells.empty()) end_row();
  return rows;
}

}  // namespace xiaohao::workflows
