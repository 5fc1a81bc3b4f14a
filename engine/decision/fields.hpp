#pragma once

// The fields of an event. Which an event asks for follows from the actions it would run: an action that
// records a report needs the progress, so that a lifecycle which uses the action asks for it.

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "engine/model/result.hpp"

namespace xiaohao::decision {

enum class FieldType {
  Percent,     ///< an integer 0–100
  Text,        ///< not empty, at most 4,000 bytes
  Date,        ///< `YYYY-MM-DD`
  Sha256,      ///< 64 hexadecimal digits
  Sha256List,  ///< an array of them
  Indicators,  ///< an object: name of an indicator → integer value
  Bytes,       ///< an integer number of bytes
  Unit,        ///< id of a unit, as `GET /units` lists them
  Count,       ///< a small integer that the engine itself sends
};

struct Field {
  std::string name;
  FieldType type;
  bool required;
  Text label;
  friend bool operator==(Field const&, Field const&) = default;
};

/// Checks `payload` against `fields` and the `note` that every event may carry. Every fault is named at once,
/// with its pointer; a field that is neither is refused, since it is a misspelt one.
Result<void> check_fields(nlohmann::json const& payload, std::vector<Field> const& fields);

}  // namespace xiaohao::decision
