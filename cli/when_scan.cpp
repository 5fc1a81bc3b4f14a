#include "cli/when_scan.hpp"

#include <filesystem>
#include <fstream>
#include <istream>
#include <iterator>
#include <ostream>

#include "engine/calendar/running_text/running_text.hpp"
#include "engine/json/document.hpp"

namespace xiaohao::cli {
namespace {

Refusal wrong(std::string detail) { return {Reason::Malformed, {{"", {"", std::move(detail)}}}}; }

/// All of a text, but no more than one byte over the limit: what is longer is refused by whoever reads it.
Result<std::string> text_of(std::string const& file, std::istream& in) {
  std::ifstream opened;
  if (file != "-") {
    std::error_code error;
    if (std::filesystem::is_directory(file, error))
      return tl::unexpected(wrong("is a directory; name a file"));
    opened.open(file, std::ios::binary);
    if (!opened)
      return tl::unexpected(wrong("cannot be opened; name a file that can be read, or - for standard input"));
  }
  std::istream& from = file == "-" ? in : opened;
  std::string text;
  char buffer[65536];
  while (text.size() <= calendar::running_text_bytes_max &&
         (from.read(buffer, sizeof buffer), from.gcount() > 0))
    text.append(buffer, static_cast<std::size_t>(from.gcount()));
  return text;
}

template <class Value>
nlohmann::json or_null(std::optional<Value> const& value) {
  return value ? nlohmann::json(*value) : nlohmann::json(nullptr);
}

nlohmann::json to_json(calendar::FoundDeadline const& found) {
  auto const date = [](std::optional<Date> const& value) {
    return value ? nlohmann::json(to_string(*value)) : nlohmann::json(nullptr);
  };
  nlohmann::json entry{
      {"phrase", found.phrase},
      {"byte", found.position.byte},
      {"bytes", found.bytes},
      {"character", found.position.character},
      {"characters", found.characters},
      {"line", found.position.line},
      {"column", found.position.column},
      {"inherited", {{"year", or_null(found.inherited_year)}, {"month", or_null(found.inherited_month)}}},
      {"kind", nullptr},
      {"start", nullptr},
      {"due", nullptr},
      {"recurrence", nullptr},
      {"soft", false},
      {"explanation", nullptr},
      {"trouble", nullptr}};
  if (!found.reading) {
    calendar::Unread const& unread = found.reading.error();
    entry["trouble"] = to_string(unread.trouble);
    entry["explanation"] = unread.detail.zh + " " + unread.detail.en;
    return entry;
  }
  calendar::Schedule const& schedule = found.reading->schedule;
  entry["kind"] = to_string(schedule.kind);
  entry["start"] = date(schedule.start);
  entry["due"] = date(schedule.due);
  entry["recurrence"] = or_null(schedule.recurrence);
  entry["soft"] = schedule.soft;
  entry["explanation"] = found.reading->explanation.zh + " " + found.reading->explanation.en;
  return entry;
}

std::string in_words(calendar::FoundDeadline const& found) {
  std::string text = std::to_string(found.position.line) + ":" + std::to_string(found.position.column) +
                     "\t" + shown(found.phrase) + "\t";
  text += found.reading ? found.reading->explanation.zh + " " + found.reading->explanation.en
                        : "未能读出：" + found.reading.error().detail.zh +
                              "。 Not read: " + found.reading.error().detail.en + ".";
  if (found.inherited_year) text += " [" + std::to_string(*found.inherited_year) + "年←]";
  if (found.inherited_month) text += " [" + std::to_string(*found.inherited_month) + "月←]";
  return text;
}

}  // namespace

int when_scan(std::string const& file, Arguments const& arguments, calendar::BusinessCalendar const& calendar,
              std::istream& in, std::ostream& out, std::ostream& err) {
  std::string const where = "when: --scan " + shown(file);
  if (!arguments.words().empty())
    return report(err, "when", wrong("PHRASE and --scan exclude each other; give one of them"));
  auto const text = text_of(file, in);
  if (!text) return report(err, where, text.error());
  auto const written = calendar::first_year_written(*text);
  calendar::PhraseContext context{written.value_or(0), std::nullopt, &calendar};
  if (auto const year_text = arguments.option("--year")) {
    auto const year = whole_number(*year_text, 1, 9999);
    if (!year) return report(err, "when: --year", year.error());
    context.year = *year;
  } else if (!written) {
    return report(err, where, wrong("writes no year; give the plan's year, such as --year 2024"));
  }
  if (auto const reference = arguments.option("--reference")) {
    auto const date = parse_date(*reference);
    if (!date) return report(err, "when: --reference", date.error());
    context.reference = *date;
  }
  auto const found = calendar::find_deadlines(*text, context);
  if (!found) return report(err, where, found.error());
  std::size_t read = 0;
  for (calendar::FoundDeadline const& deadline : *found) read += deadline.reading.has_value() ? 1u : 0u;
  if (!arguments.has("--json")) {
    for (calendar::FoundDeadline const& deadline : *found) out << in_words(deadline) << "\n";
    out << "共 " << found->size() << " 处，读出 " << read << " 处（" << context.year << " 年）; "
        << found->size() << " phrases, " << read << " read, for " << context.year << "\n";
    return exit_done;
  }
  // Written one by one: a text may have a hundred thousand of them.
  out << "{\"file\":" << nlohmann::json(file).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)
      << ",\"year\":" << context.year << ",\"read\":" << read << ",\"unread\":" << found->size() - read
      << ",\"found\":[";
  for (std::size_t index = 0; index < found->size(); ++index)
    out << (index == 0 ? "\n" : ",\n") << to_json((*found)[index]).dump();
  out << "]}\n";
  return exit_done;
}

}  // namespace xiaohao::cli
