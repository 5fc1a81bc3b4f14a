#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/model/ids.hpp"
#include "engine/model/time.hpp"

namespace xiaohao {

/// A file handed in for an item. The bytes are stored once under their SHA-256; withdrawn evidence stays in
/// the record.
struct Evidence {
  ItemId item;
  Sha256Hex sha256;
  std::string name;        ///< a label, never a path
  std::int64_t size = 0;   ///< bytes
  std::string media_type;  ///< by content, not by name
  std::string note;
  Username attached_by;
  Instant attached_at;
  int cycle = 1;
  bool withdrawn = false;
  friend bool operator==(Evidence const&, Evidence const&) = default;
};

}  // namespace xiaohao
