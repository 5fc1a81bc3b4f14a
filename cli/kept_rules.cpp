#include "cli/kept_rules.hpp"

#include "cli/changed_rules.hpp"
#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"
#include "engine/migration/stored_lifecycles.hpp"
#include "workflows/rules.hpp"

namespace xiaohao::cli {
namespace {

constexpr char const* calendar_name = "rules/calendar";
constexpr char const* sections[] = {"lights", "settings", "evidence", "escalation"};

std::string name_of(char const* section) { return std::string("rules/") + section; }

/// A section that was kept before its policy's name was kept with it has none, and a ladder needs one.
Result<InstalledRules> with_kept_policy(InstalledRules rules, json::Json document) {
  if (document.contains("escalation") && !document.contains("name")) document["name"] = "督办阶梯";
  return with_policy(std::move(rules), document);
}

}  // namespace

Result<InstalledRules> rules_in_force(store::Reader const& reader) {
  Result<InstalledRules> installed = installed_rules();
  if (!installed) return installed;
  InstalledRules rules = std::move(*installed);
  auto const at_fault = [](std::string const& name) {
    return [name](Refusal refusal) {
      for (Fault& fault : refusal.faults) fault.pointer = name + fault.pointer;
      return refusal;
    };
  };
  auto const take = [&](std::string const& name, auto change) -> Result<void> {
    auto const text = reader.definition(name);
    if (!text) return {};
    Result<InstalledRules> changed =
        json::read(*text)
            .and_then([&](json::Json const& document) { return change(rules, document); })
            .map_error(at_fault(name));
    if (!changed) return tl::unexpected(changed.error());
    rules = std::move(*changed);
    return {};
  };
  if (auto taken = take(calendar_name, with_calendar); !taken) return tl::unexpected(taken.error());
  for (char const* section : sections)
    if (auto taken = take(name_of(section), with_kept_policy); !taken) return tl::unexpected(taken.error());
  if (auto const added = migration::add_stored_lifecycles(reader, rules.rules); !added)
    return tl::unexpected(added.error());
  return rules;
}

Result<void> keep_lifecycles(store::Store& store) {
  std::map<std::string, std::string> missing = workflows::shipped_lifecycles();
  auto const reader = store.read();
  std::erase_if(missing, [&](auto const& entry) { return reader->definition(entry.first).has_value(); });
  if (missing.empty()) return {};
  return store.write_and_wait([&](store::Transaction& transaction) -> Result<void> {
    for (auto const& [name, document] : missing) transaction.put_definition(name, document);
    return {};
  });
}

std::map<std::string, json::Json> kept_calendar(json::Json const& document) {
  return {{calendar_name, document}};
}

std::map<std::string, json::Json> kept_policy(json::Json const& document) {
  std::map<std::string, json::Json> kept;
  for (char const* section : sections)
    if (document.contains(section)) {
      json::Json part{{"$schema", document.at("$schema")}, {section, document.at(section)}};
      if (std::string_view(section) == "escalation") part["name"] = document.at("name");
      kept.emplace(name_of(section), std::move(part));
    }
  return kept;
}

}  // namespace xiaohao::cli
