#pragma once

// Where items go that stand in one version of a lifecycle when another takes its place, as data:
//
//     {"$schema": "xiaohao-migration/1", "from": "assignment/1", "to": "assignment/2",
//      "states": {"assignment.closeout.verification": "assignment.closeout.site_visit"}}
//
// A state that is not named keeps its id. `null` lets a region go that the new version no longer has.

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "engine/model/result.hpp"

namespace xiaohao::migration {

struct Mapping {
  std::string from;  ///< `assignment/1`
  std::string to;
  std::map<std::string, std::optional<std::string>> states;  ///< ids; those that keep theirs are not named
  friend bool operator==(Mapping const&, Mapping const&) = default;
};

/// Malformed, with pointers, for anything else than the above; `description` is allowed.
Result<Mapping> read_mapping(nlohmann::json const& document);
nlohmann::json to_json(Mapping const& mapping);

}  // namespace xiaohao::migration
