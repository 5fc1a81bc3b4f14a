#include "engine/migration/stored_lifecycles.hpp"

#include <algorithm>

#include "engine/domain/command.hpp"
#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"
#include "engine/migration/migration.hpp"

namespace xiaohao::migration {
namespace {

/// The version of `lifecycle`, a name, that the items of a store began, before any migration: the version
/// itself where the store keeps it, else the one it keeps to which no migration led.
std::string began_by(std::string const& lifecycle, std::vector<std::string> const& kept,
                     std::vector<Mapping> const& mappings, decision::Rules const& rules) {
  if (std::find(kept.begin(), kept.end(), lifecycle) != kept.end()) return lifecycle;
  std::string const& id = rules.lifecycles.at(lifecycle).id();
  auto const began = std::find_if(kept.begin(), kept.end(), [&](std::string const& name) {
    return rules.lifecycles.at(name).id() == id &&
           std::none_of(mappings.begin(), mappings.end(),
                        [&](Mapping const& mapping) { return mapping.to == name; });
  });
  return began == kept.end() ? lifecycle : *began;
}

}  // namespace

Result<void> add_stored_lifecycles(store::Reader const& reader, decision::Rules& rules) {
  std::vector<std::string> kept = reader.definition_names();
  // Other rules of a running year are kept beside them.
  std::erase_if(kept, [](std::string const& name) { return name.starts_with("rules/"); });
  for (std::string const& name : kept) {
    auto loaded = json::read_ordered(reader.definition(name).value(), statechart::machine_limits)
                      .and_then(statechart::load);
    if (!loaded)
      return refuse(Reason::Unavailable, "",
                    {"数据库中的生命周期 " + name + " 无法读取",
                     "the stored lifecycle " + name + " cannot be read (" + loaded.error().first().pointer +
                         " " + loaded.error().first().detail.en + ")"});
    if (loaded->name() != name)
      return refuse(Reason::Unavailable, "",
                    {"数据库中的生命周期 " + name + " 实为 " + loaded->name(),
                     "what is stored as the lifecycle " + name + " is " + loaded->name()});
    rules.lifecycles.insert_or_assign(name, std::move(*loaded));
  }
  std::vector<Mapping> mappings;
  for (store::JournalLine const& line : reader.entries_of_type(event)) {
    auto const entry = entry_of(line);
    if (!entry) return tl::unexpected(entry.error());
    auto mapping = read_mapping(entry->payload.at("mapping"));
    if (!mapping) return tl::unexpected(mapping.error());
    mappings.push_back(std::move(*mapping));
  }
  for (auto& [kind, lifecycle] : rules.lifecycle_of) {
    lifecycle = began_by(lifecycle, kept, mappings, rules);
    for (Mapping const& mapping : mappings)
      if (mapping.from == lifecycle) lifecycle = mapping.to;
  }
  return {};
}

}  // namespace xiaohao::migration
