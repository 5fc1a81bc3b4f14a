#include "cli/rehearsal_text.hpp"

#include <ostream>
#include <string>

#include "engine/json/document.hpp"

namespace xiaohao::cli {
namespace {

using nlohmann::json;

constexpr std::size_t rows_max = 8;

std::string words(json const& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

std::string listed(json const& values) {
  std::string text;
  for (json const& value : values) text += (text.empty() ? "" : ", ") + words(value);
  return text;
}

/// The first rows of a list, and how many more there are.
template <class Write>
void print_rows(std::ostream& out, std::string const& heading, json const& rows, Write write) {
  if (rows.empty()) return;
  out << heading << "\n";
  for (std::size_t row = 0; row < rows.size() && row < rows_max; ++row) {
    out << "  ";
    write(rows[row]);
    out << "\n";
  }
  if (rows.size() > rows_max) out << "  … and " << rows.size() - rows_max << " more (--json)\n";
}

void print_comparison(std::ostream& out, json const& comparison) {
  out << "by the changed rules:\n";
  bool same = true;
  for (auto const& [step, change] : comparison["by_step"].items()) {
    if (change["before"] == change["after"] && change["moved"] == 0) continue;
    same = false;
    out << "  " << step << ": " << change["before"] << " -> " << change["after"] << ", moved "
        << change["moved"];
    if (!change["units_more"].empty())
      out << "; " << change["units_more"].size() << " units get more: " << listed(change["units_more"]);
    if (!change["units_fewer"].empty())
      out << "; " << change["units_fewer"].size() << " units get fewer: " << listed(change["units_fewer"]);
    out << "\n";
  }
  if (same) out << "  nobody is told anything more, less or on another day\n";
}

}  // namespace

void print_rehearsal(std::ostream& out, json const& report) {
  json const& notices = report["notices"];
  out << report["year"] << ": " << report["items"] << " items of " << report["units"] << " units, "
      << report["closed"] << " closed by " << words(report["until"]) << " (" << words(report["scenario"])
      << ", seed " << report["seed"] << ")\n";
  if (!report["years_without_calendar"].empty())
    out << "no calendar for " << listed(report["years_without_calendar"])
        << ": only weekends are counted as days off there\n";
  out << "notices: " << notices["total"];
  for (auto const& [step, count] : notices["by_step"].items()) out << ", " << step << " " << count;
  out << "\n";
  out << "red: " << report["red"]["items"] << " items on " << report["red"]["days"] << " days together\n";
  json const& busiest = report["deadlines"]["busiest_week"];
  if (!busiest.is_null())
    out << "most deadlines: week of " << words(busiest["week"]) << ", " << busiest["deadlines"] << "\n";
  json const& peaks = report["peaks"];
  if (!peaks["unit"].is_null())
    out << "heaviest week of a unit: " << words(peaks["unit"]["name"]) << ", week of "
        << words(peaks["unit"]["week"]) << ", " << peaks["unit"]["deadlines"] << " deadlines\n";
  if (!peaks["recipient"].is_null())
    out << "heaviest week of a person: " << words(peaks["recipient"]["recipient"]) << ", week of "
        << words(peaks["recipient"]["week"]) << ", " << peaks["recipient"]["notices"] << " notices\n";
  print_rows(out, "most told:", notices["by_recipient"],
             [&](json const& row) { out << words(row["recipient"]) << " " << row["notices"]; });
  print_rows(out, "longest red:", report["red"]["by_unit"], [&](json const& row) {
    out << words(row["name"]) << ": " << row["days"] << " days of " << row["items"] << " items";
  });
  print_rows(out, "due on a day off:", report["due_on_rest_days"], [&](json const& row) {
    out << words(row["due"]) << " (next working day " << words(row["next_working_day"]) << "): items "
        << listed(row["numbers"]);
  });
  print_rows(out, "steps that holidays move:", report["moved_by_holidays"], [&](json const& row) {
    out << words(row["step"]) << " of items " << listed(row["numbers"]) << " due " << words(row["due"])
        << ": " << words(row["by_weekends_alone"]).substr(0, 10) << " -> " << words(row["at"]).substr(0, 10);
  });
  print_rows(out, "steps that would tell nobody:", report["nobody_told"],
             [&](json const& row) { out << words(row["name"]) << ": " << words(row["step"]); });
  print_rows(out, "nobody there to act:", report["nobody_to_act"], [&](json const& row) {
    out << words(row["name"]) << ": " << words(row["event"]) << ", " << row["items"] << " items";
  });
  if (report.contains("comparison")) print_comparison(out, report["comparison"]);
}

}  // namespace xiaohao::cli
