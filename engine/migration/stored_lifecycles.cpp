#include "engine/migration/stored_lifecycles.hpp"

#include "engine/domain/command.hpp"
#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"
#include "engine/migration/migration.hpp"

namespace xiaohao::migration {

Result<void> add_stored_lifecycles(store::Reader const& reader, decision::Rules& rules) {
  for (std::string const& name : reader.definition_names()) {
    auto loaded = json::read_ordered(reader.definition(name).value(), statechart::machine_limits)
                      .and_then(statechart::load);
    if (!loaded)
      return refuse(Reason::Unavailable, "",
                    {"数据库中的生命周期 " + name + " 无法读取",
                     "the stored lifecycle " + name + " cannot be read (" + loaded.error().first().pointer +
                         " " + loaded.error().first().detail.en + ")"});
    rules.lifecycles.insert_or_assign(name, std::move(*loaded));
  }
  for (store::JournalLine const& line : reader.entries_of_type(event)) {
    auto const entry = entry_of(line.leaf);
    if (!entry) return tl::unexpected(entry.error());
    auto const mapping = read_mapping(entry->payload.at("mapping"));
    if (!mapping) return tl::unexpected(mapping.error());
    for (auto& [kind, lifecycle] : rules.lifecycle_of)
      if (lifecycle == mapping->from) lifecycle = mapping->to;
  }
  return {};
}

}  // namespace xiaohao::migration
