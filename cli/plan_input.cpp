#include "cli/plan_input.hpp"

#include <algorithm>
#include <filesystem>

#include "cli/arguments.hpp"
#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"
#include "workflows/checklist.hpp"
#include "workflows/instantiate.hpp"
#include "workflows/organisation.hpp"
#include "workflows/shipped.hpp"

namespace xiaohao::cli {
namespace {

/// Larger than any county's checklist, and read in well under a second.
constexpr json::Limits file_limits{.bytes_max = 16 << 20};

}  // namespace

Result<json::Json> read_document(std::string const& name, std::string const& folder) {
  bool const is_name = name.find_first_of("./") == std::string::npos;
  if (is_name && !std::filesystem::exists(name))
    if (auto const text = workflows::shipped(folder + "/" + name + ".json")) return json::read(*text);
  return json::read_file(name, file_limits);
}

Instant counts_from(PlanYear year, Instant now) {
  return std::min(now, start_of_day(Date{std::chrono::year{year.value()} / std::chrono::January / 1}));
}

tl::expected<PlanInput, Refused> read_plan_input(PlanNames const& names, decision::Rules const& rules,
                                                 Instant now) {
  auto const at_fault = [](std::string where) {
    return [where = std::move(where)](Refusal refusal) { return Refused{where, std::move(refusal)}; };
  };
  auto const checklist = read_document(names.checklist, "checklists")
                             .and_then([&](json::Json const& document) {
                               return workflows::read_checklist(document, rules.calendar);
                             })
                             .map_error(at_fault(names.checklist));
  if (!checklist) return tl::unexpected(checklist.error());
  auto const organisation = read_document(names.organisation, "organisation")
                                .and_then(workflows::read_organisation)
                                .map_error(at_fault(names.organisation));
  if (!organisation) return tl::unexpected(organisation.error());
  PlanYear year = checklist->year;
  if (names.year) {
    auto const given = whole_number(*names.year, 1, 9999);
    if (!given) return tl::unexpected(Refused{names.command + ": --year", given.error()});
    year = PlanYear{*given};
  }
  Date const issued = local_date(counts_from(year, now));
  auto draft = workflows::instantiate(*checklist, *organisation,
                                      {year, issued, rules.calendar, rules.settings.immediate_days})
                   .map_error(at_fault(names.checklist));
  if (!draft) return tl::unexpected(draft.error());
  return PlanInput{std::move(*draft), organisation->organisation};
}

}  // namespace xiaohao::cli
