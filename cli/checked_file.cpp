#include "cli/checked_file.hpp"

#include <algorithm>
#include <map>

#include "engine/calendar/business_calendar.hpp"
#include "engine/decision/lifecycle_check.hpp"
#include "engine/decision/permissions.hpp"
#include "engine/identity/password_rules.hpp"
#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"
#include "engine/migration/mapping.hpp"
#include "notifications/policy.hpp"
#include "workflows/checklist.hpp"
#include "workflows/organisation.hpp"
#include "workflows/policy.hpp"
#include "workflows/shipped.hpp"

namespace xiaohao::cli {
namespace {

using Flaws = std::vector<statechart::Flaw>;

template <class T>
void add(Result<T> const& read, Flaws& found) {
  if (read) return;
  for (Fault const& fault : read.error().faults) found.push_back({fault.pointer, fault.detail, ""});
}

Flaws lifecycle(std::string_view text) {
  Flaws found;
  auto const definition = json::read_ordered(text, statechart::machine_limits).and_then(statechart::load);
  if (definition) return decision::lifecycle_flaws(*definition, decision::kind_run_by(*definition));
  add(definition, found);
  return found;
}

/// A policy's sections have two readers, by who uses them; what both find wrong is said once.
void policy(json::Json const& document, Flaws& found) {
  add(workflows::read_policy(document), found);
  if (!document.contains("escalation")) return;
  Flaws of_ladder;
  add(notifications::read_policy(document), of_ladder);
  for (statechart::Flaw& flaw : of_ladder) {
    auto const same = [&](statechart::Flaw const& other) { return other.pointer == flaw.pointer; };
    if (std::none_of(found.begin(), found.end(), same)) found.push_back(std::move(flaw));
  }
}

using Check = void (*)(json::Json const& document, Flaws& found);

std::map<std::string, Check, std::less<>> const& checks() {
  static std::map<std::string, Check, std::less<>> const by_schema{
      {"xiaohao-checklist/1",
       [](json::Json const& document, Flaws& found) {
         auto const calendar = workflows::shipped_calendar();
         add(calendar, found);
         if (calendar) add(workflows::read_checklist(document, *calendar), found);
       }},
      {"xiaohao-organisation/1",
       [](json::Json const& document, Flaws& found) { add(workflows::read_organisation(document), found); }},
      {"xiaohao-calendar/1", [](json::Json const& document,
                                Flaws& found) { add(calendar::BusinessCalendar::read(document), found); }},
      {"xiaohao-migration/1",
       [](json::Json const& document, Flaws& found) { add(migration::read_mapping(document), found); }},
      {"xiaohao-permissions/1",
       [](json::Json const& document, Flaws& found) { add(decision::Permissions::read(document), found); }},
      {"xiaohao-passwords/1",
       [](json::Json const& document, Flaws& found) { add(identity::PasswordRules::read(document), found); }},
      {"xiaohao-policy/1", policy},
  };
  return by_schema;
}

std::string known_schemas() {
  std::string names = "xiaohao-lifecycle/1";
  for (auto const& [name, check] : checks()) names += ", " + name;
  return names;
}

}  // namespace

Result<CheckedFile> check_document(std::string_view text) {
  auto const document = json::read(text, statechart::machine_limits);
  if (!document) return tl::unexpected(document.error());
  auto const schema = document->is_object() ? document->find("$schema") : document->end();
  std::string const name = schema != document->end() && schema->is_string() ? schema->get<std::string>() : "";
  if (name == "xiaohao-lifecycle/1") return CheckedFile{name, lifecycle(text)};
  auto const check = checks().find(name);
  if (check == checks().end())
    return malformed("/$schema",
                     (name.empty() ? "is missing" : "\"" + name.substr(0, 60) + "\" is not known") +
                         "; it is one of " + known_schemas());
  CheckedFile checked{name, {}};
  check->second(*document, checked.faults);
  return checked;
}

}  // namespace xiaohao::cli
