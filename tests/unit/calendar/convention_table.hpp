#pragma once

#include <fstream>
#include <ostream>
#include <string>
#include <vector>

namespace xiaohao::calendar {

/// One row of a table of phrases (tests/data/deadline-phrases.tsv, whose head states every convention).
struct Row {
  std::string phrase, year, reference, kind, start, due, recurrence, soft, of_class;
};

inline void PrintTo(Row const& row, std::ostream* out) {
  *out << "“" << row.phrase << "” in " << row.year << (row.reference.empty() ? "" : " read from ")
       << row.reference;
}

inline std::vector<Row> rows_of(std::string const& name) {
  std::ifstream file("tests/data/" + name);
  std::vector<Row> rows;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#') || line.starts_with("phrase\t")) continue;
    std::vector<std::string> cells(1);
    for (char c : line) {
      if (c == '\t')
        cells.emplace_back();
      else
        cells.back() += c;
    }
    cells.resize(11);
    rows.push_back(
        {cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6], cells[7], cells[8]});
  }
  return rows;
}

}  // namespace xiaohao::calendar
