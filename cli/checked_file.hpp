#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/model/result.hpp"
#include "engine/statechart/soundness/soundness.hpp"

namespace xiaohao::cli {

/// What `check` found in one file.
struct CheckedFile {
  std::string schema;                    ///< `xiaohao-lifecycle/1`
  std::vector<statechart::Flaw> faults;  ///< every one, in the order of the file; empty: it may be used
};

/// Checks a document of a county's by the reader that its `$schema` names. Refuses (Malformed) what is no
/// JSON or has no schema that is known.
Result<CheckedFile> check_document(std::string_view text);

}  // namespace xiaohao::cli
