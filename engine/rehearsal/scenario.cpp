#include "engine/rehearsal/scenario.hpp"

#include <algorithm>

#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"

namespace xiaohao::rehearsal {
namespace {

constexpr int days_max = 400;

template <class Value>
bool among(std::vector<Value> const& wanted, Value const& value) {
  return wanted.empty() || std::find(wanted.begin(), wanted.end(), value) != wanted.end();
}

Span read_span(json::Fields& fields, std::string_view name, Span fallback) {
  if (!fields.has(name)) return fallback;
  std::vector<int> const ends = fields.integers(name, 0, days_max);
  if (ends.size() == 2 && ends[0] <= ends[1]) return {ends[0], ends[1]};
  fields.fault(name, "must be two whole numbers of days, the smaller first, such as [1, 3]");
  return fallback;
}

int read_number(json::Fields& fields, std::string_view name, int max, int fallback) {
  return static_cast<int>(fields.integer_or(name, 0, max, fallback));
}

/// The optional object `conduct` of `outer`.
Conduct read_conduct(json::Fields& outer, Conduct conduct) {
  json::Json const* const object = outer.optional("conduct");
  if (!object) return conduct;
  json::Fields fields(*object, outer.pointer("conduct"));
  conduct.accepts_percent = read_number(fields, "accepts_percent", 100, conduct.accepts_percent);
  conduct.accept_working_days = read_span(fields, "accept_working_days", conduct.accept_working_days);
  conduct.report_every_days = read_number(fields, "report_every_days", days_max, conduct.report_every_days);
  conduct.late_percent = read_number(fields, "late_percent", 100, conduct.late_percent);
  conduct.late_days = read_span(fields, "late_days", conduct.late_days);
  conduct.early_days = read_span(fields, "early_days", conduct.early_days);
  conduct.never_applies_percent =
      read_number(fields, "never_applies_percent", 100, conduct.never_applies_percent);
  conduct.review_working_days = read_span(fields, "review_working_days", conduct.review_working_days);
  conduct.returned_percent = read_number(fields, "returned_percent", 100, conduct.returned_percent);
  conduct.again_working_days = read_span(fields, "again_working_days", conduct.again_working_days);
  outer.include(fields.finish());
  return conduct;
}

Exception read_exception(json::Fields& fields, Conduct const& otherwise) {
  Exception exception;
  for (std::string const& unit : fields.texts("units")) exception.units.emplace_back(unit);
  exception.numbers = fields.integers("numbers", 1, 1'000'000);
  for (std::string const& name : fields.texts("kinds")) {
    if (auto const kind = item_kind_named(name))
      exception.kinds.push_back(*kind);
    else
      fields.fault("kinds", "\"" + name + "\" is no kind of item; Assignment, Milestone or Occurrence");
  }
  exception.conduct = read_conduct(fields, otherwise);
  if (exception.units.empty() && exception.numbers.empty() && exception.kinds.empty())
    fields.fault("units", "give units, numbers or kinds that the exception is for");
  return exception;
}

}  // namespace

bool Exception::fits(ItemDefinition const& item) const {
  return (units.empty() || (item.unit && among(units, *item.unit))) && among(numbers, item.number) &&
         among(kinds, item.kind);
}

Conduct const& Scenario::conduct_for(ItemDefinition const& item) const {
  auto const found = std::find_if(exceptions.begin(), exceptions.end(),
                                  [&](Exception const& exception) { return exception.fits(item); });
  return found == exceptions.end() ? conduct : found->conduct;
}

Result<Scenario> read_scenario(nlohmann::json const& document) {
  json::Fields top(document, "");
  if (top.text("$schema") != "xiaohao-scenario/1") top.fault("$schema", "must be xiaohao-scenario/1");
  top.ignore("description");
  Scenario scenario;
  scenario.name = top.text_or("name", scenario.name);
  scenario.conduct = read_conduct(top, scenario.conduct);
  std::size_t index = 0;
  for (json::Json const& entry : top.array_or_empty("exceptions")) {
    json::Fields fields(entry, json::join_pointer(top.pointer("exceptions"), index++));
    scenario.exceptions.push_back(read_exception(fields, scenario.conduct));
    top.include(fields.finish());
  }
  if (Result<void> const finished = top.finish(); !finished) return tl::unexpected(finished.error());
  return scenario;
}

}  // namespace xiaohao::rehearsal
