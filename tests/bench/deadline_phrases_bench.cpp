// How many deadline phrases are read in a second, and how much of that is bringing their characters into one
// spelling; and how long it takes to find those of a megabyte of text that was made to be slow.

#include <chrono>
#include <cstdio>
#include <functional>

#include "engine/calendar/deadline_phrase.hpp"
#include "engine/calendar/phrase/normalise.hpp"
#include "engine/calendar/running_text/running_text.hpp"
#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"
#include "tests/unit/calendar/convention_table.hpp"
#include "tests/unit/calendar/shipped_calendar.hpp"

namespace {

using namespace xiaohao;
using namespace xiaohao::calendar;

double seconds_for(int rounds, std::function<void()> const& work) {
  auto const begun = std::chrono::steady_clock::now();
  for (int round = 0; round < rounds; ++round) work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

}  // namespace

int main() {
  std::vector<Row> rows = rows_of("deadline-phrases.tsv");
  for (Row const& row : rows_of("further-deadline-phrases.tsv")) rows.push_back(row);
  std::size_t read = 0, normal = 0;
  int const rounds = 50;
  double const reading = seconds_for(rounds, [&] {
    for (Row const& row : rows) {
      PhraseContext context{std::stoi(row.year), std::nullopt, &shipped_calendar()};
      if (!row.reference.empty()) context.reference = *parse_date(row.reference);
      read += try_deadline(row.phrase, context).has_value() ? 1u : 0u;
    }
  });
  double const normalising = seconds_for(rounds, [&] {
    for (Row const& row : rows) normal += phrase::normalise(row.phrase).has_value() ? 1u : 0u;
  });
  double const count = static_cast<double>(rows.size()) * rounds;
  std::printf("%.0f phrases, %.0f %% of them read\n", count, 100.0 * static_cast<double>(read) / count);
  std::printf("%.0f phrases a second, %.1f µs each\n", count / reading, reading / count * 1e6);
  std::printf("%.1f times the cost of normalising them (%zu had sound characters)\n", reading / normalising,
              normal);
  for (char const* piece : {"每月", "1", "一1", "1月", "自", "自后起", "力争3月", "收到通知后", "后5日内",
                            "每周一、", "春节", "2024年", "从今年起", "贫困户"}) {
    std::string text;
    while (text.size() < 1'000'000) text += piece;
    std::size_t found = 0;
    double const scanning = seconds_for(1, [&] {
      found = find_deadlines(text, {2024, std::nullopt, &shipped_calendar()})->size();
    });
    std::printf("1 MB of %s: %.2f s, %zu found\n", piece, scanning, found);
  }
}
