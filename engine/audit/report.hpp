#pragma once

// What an audit has to say: what does not agree, each row by its name, and what a reader should know besides.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/text.hpp"

namespace xiaohao::audit {

enum class Kind {
  Edited,     ///< it is there, and is not what was written
  Deleted,    ///< it was written, and is gone
  PutIn,      ///< it is there, and was never written by this program
  Reordered,  ///< it was written, and stood in another place
  CutShort,   ///< the history was longer than it is
  Rewritten,  ///< the history is long enough, and says something else
  Unsigned,   ///< no key that the journal names vouches for it
  Damaged,    ///< it cannot be read
  Unproven,   ///< it hangs on something that is named above, so it cannot be held against it
};
std::string_view to_string(Kind kind);  ///< `edited`, `put_in`, `cut_short` …
Text words_of(Kind kind);

struct Finding {
  Kind kind;
  std::string where;  ///< `TABLE/KEY`, parts of a key joined by `/`; `schema/NAME`; `file/NAME`
  Text what;
};

/// How much was looked at.
struct Extent {
  std::int64_t entries = 0, rows = 0, items = 0, evidence_files = 0, heads = 0;
};

struct Report {
  std::vector<Finding> findings;  ///< empty: everything agrees
  std::vector<Text> notes;        ///< no faults: what was not looked at, and why that does no harm
  Extent extent;
  std::int64_t size = 0;   ///< of the journal
  std::string root;        ///< recomputed from its entries; 32 bytes
  std::string key_id;      ///< of the key that the journal named last; empty: none
  std::string short_code;  ///< of the last head that was kept; empty: none

  bool agrees() const { return findings.empty(); }
  void add(Kind kind, std::string where, Text what) {
    findings.push_back({kind, std::move(where), std::move(what)});
  }
};

}  // namespace xiaohao::audit
