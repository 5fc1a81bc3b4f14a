// docs/deadlines.md teaches the language by examples; each of its rows is run here.

#include <fstream>
#include <gmock/gmock.h>
#include <sstream>

#include "engine/calendar/deadline_phrase.hpp"
#include "tests/unit/calendar/shipped_calendar.hpp"

namespace xiaohao::calendar {
namespace {

struct Example {
  std::string phrase, year, reference, reading;
};
void PrintTo(Example const& example, std::ostream* out) { *out << example.phrase << " in " << example.year; }

std::string without_blanks(std::string const& cell) {
  auto const first = cell.find_first_not_of(' ');
  return first == std::string::npos ? "" : cell.substr(first, cell.find_last_not_of(' ') - first + 1);
}

/// Rows such as | `2月底` | 2024 | | month_end · due 2024-02-29 |.
std::vector<Example> examples() {
  std::ifstream document("docs/deadlines.md");
  std::vector<Example> rows;
  for (std::string line; std::getline(document, line);) {
    if (!line.starts_with("| `")) continue;
    std::vector<std::string> cells;
    std::istringstream parts(line.substr(1));
    for (std::string cell; std::getline(parts, cell, '|');) cells.push_back(without_blanks(cell));
    cells.resize(4);
    rows.push_back({cells[0].substr(1, cells[0].size() - 2), cells[1], cells[2], cells[3]});
  }
  return rows;
}

std::string as_the_document_says(Read<Reading> const& reading) {
  if (!reading) return "refused: " + std::string(to_string(reading.error().trouble));
  Schedule const& schedule = reading->schedule;
  std::string text(to_string(schedule.kind));
  if (schedule.start && schedule.due && *schedule.start != *schedule.due)
    text += " · " + to_string(*schedule.start) + " to " + to_string(*schedule.due);
  else if (schedule.due)
    text += " · due " + to_string(*schedule.due);
  else if (schedule.start)
    text += " · from " + to_string(*schedule.start);
  if (schedule.recurrence) text += " · `" + *schedule.recurrence + "`";
  if (schedule.soft) text += " · soft";
  return text;
}

class Handbook : public testing::TestWithParam<Example> {};
TEST_P(Handbook, TeachesWhatTheReaderReads) {
  Example const& example = GetParam();
  PhraseContext context{std::stoi(example.year), std::nullopt, &shipped_calendar()};
  if (!example.reference.empty()) context.reference = parse_date(example.reference).value();
  EXPECT_EQ(as_the_document_says(try_deadline(example.phrase, context)), example.reading);
}
INSTANTIATE_TEST_SUITE_P(Examples, Handbook, testing::ValuesIn(examples()));

TEST(HandbookExamples, AreOfEveryKindAndRefusal) {
  std::string all;
  for (Example const& example : examples()) all += example.reading + "\n";
  for (char const* word :
       {"date", "month_end", "range", "recurrence", "relative", "open", "immediate", "soft", "impossible",
        "reversed", "nonsense", "ambiguous", "no_reference", "no_calendar", "characters"})
    EXPECT_THAT(all, testing::HasSubstr(word));
}

}  // namespace
}  // namespace xiaohao::calendar
