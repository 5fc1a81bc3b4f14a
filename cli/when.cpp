#include "cli/when.hpp"

#include <istream>
#include <ostream>

#include "cli/arguments.hpp"
#include "cli/when_scan.hpp"
#include "engine/calendar/deadline_phrase.hpp"
#include "engine/json/document.hpp"

namespace xiaohao::cli {
namespace {

constexpr char const* help =
    "xiaohao when PHRASE --year N [--reference DATE] [--json]\n"
    "xiaohao when --scan FILE|- [--year N] [--reference DATE] [--json]\n"
    "Reads a deadline phrase and says which day it means, and why; or finds the phrases in a text and reads "
    "each.\n\n"
    "  --scan FILE       a text in UTF-8, such as a plan; - reads standard input. Without --year the first "
    "year\n"
    "                    that the text writes is the plan's\n"
    "  --year N          the plan's year; a year in the phrase overrides it\n"
    "  --reference DATE  what 10日内 or 下月 counts from, as YYYY-MM-DD\n"
    "  --json            {\"phrase\",\"kind\",\"start\",\"due\",\"recurrence\",\"soft\",\"explanation\"}\n\n"
    "Examples: xiaohao when 2月底 --year 2024\n"
    "          xiaohao when --scan plan.txt --year 2024\n";

nlohmann::json or_null(std::optional<Date> const& date) {
  return date ? nlohmann::json(to_string(*date)) : nlohmann::json(nullptr);
}

nlohmann::json to_json(calendar::Reading const& reading) {
  calendar::Schedule const& schedule = reading.schedule;
  return {
      {"phrase", schedule.phrase},
      {"kind", to_string(schedule.kind)},
      {"start", or_null(schedule.start)},
      {"due", or_null(schedule.due)},
      {"recurrence", schedule.recurrence ? nlohmann::json(*schedule.recurrence) : nlohmann::json(nullptr)},
      {"soft", schedule.soft},
      {"explanation", reading.explanation.zh + " " + reading.explanation.en}};
}

}  // namespace

int when_command(std::vector<std::string> const& arguments, calendar::BusinessCalendar const& calendar,
                 std::istream& in, std::ostream& out, std::ostream& err) {
  auto const read =
      Arguments::read(arguments, {{"--json", "--help"}, {"--year", "--reference", "--scan"}, 0, 1, "PHRASE"});
  if (!read) return report(err, "when", read.error());
  if (read->has("--help")) {
    out << help;
    return exit_done;
  }
  if (auto const file = read->option("--scan")) return when_scan(*file, *read, calendar, in, out, err);
  if (read->words().empty())
    return report(err, "when",
                  Refusal{Reason::Malformed, {{"", {"", "PHRASE is missing; give one, such as 2月底"}}}});
  auto const year_text = read->option("--year");
  if (!year_text)
    return report(err, "when",
                  Refusal{Reason::Malformed,
                          {{"", {"", "--year is missing; give the plan's year, such as --year 2024"}}}});
  auto const year = whole_number(*year_text, 1, 9999);
  if (!year) return report(err, "when: --year", year.error());
  calendar::PhraseContext context{*year, std::nullopt, &calendar};
  if (auto const reference = read->option("--reference")) {
    auto const date = parse_date(*reference);
    if (!date) return report(err, "when: --reference", date.error());
    context.reference = *date;
  }
  auto const reading = calendar::read_deadline(read->words().front(), context);
  if (!reading) return report(err, "when: " + shown(read->words().front()), reading.error());
  if (read->has("--json")) {
    out << to_json(*reading).dump() << "\n";
  } else {
    out << reading->explanation.zh << "\n" << reading->explanation.en << "\n";
  }
  return exit_done;
}

}  // namespace xiaohao::cli
