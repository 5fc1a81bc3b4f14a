#include "engine/migration/mapping.hpp"

#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"

namespace xiaohao::migration {

constexpr char const* schema = "xiaohao-migration/1";

Result<Mapping> read_mapping(nlohmann::json const& document) {
  json::Fields fields(document, "");
  if (fields.text("$schema") != schema) fields.fault("$schema", "must be xiaohao-migration/1");
  fields.ignore("description");
  Mapping mapping;
  mapping.from = fields.text("from");
  mapping.to = fields.text("to");
  if (mapping.from == mapping.to && !mapping.to.empty())
    fields.fault("to", "must be another version than from; raise the lifecycle's version");
  std::vector<Fault> faults;
  if (nlohmann::json const* states = fields.optional("states")) {
    if (!states->is_object()) {
      fields.fault("states", "must be an object of state ids");
    } else {
      for (auto const& [state, target] : states->items()) {
        if (target.is_null())
          mapping.states.emplace(state, std::nullopt);
        else if (target.is_string() && !target.get_ref<std::string const&>().empty())
          mapping.states.emplace(state, target.get<std::string>());
        else
          faults.push_back(
              {json::join_pointer("/states", state),
               {"应为新版本的状态编号，或 null", "must be the id of a state of the new version, or null"}});
      }
    }
  }
  if (!faults.empty()) fields.include(tl::unexpected(Refusal{Reason::Malformed, std::move(faults)}));
  if (Result<void> const read = fields.finish(); !read) return tl::unexpected(read.error());
  return mapping;
}

nlohmann::json to_json(Mapping const& mapping) {
  nlohmann::json states = nlohmann::json::object();
  for (auto const& [from, to] : mapping.states)
    states[from] = to ? nlohmann::json(*to) : nlohmann::json(nullptr);
  return {{"$schema", schema}, {"from", mapping.from}, {"to", mapping.to}, {"states", std::move(states)}};
}

}  // namespace xiaohao::migration
