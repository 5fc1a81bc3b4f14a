#pragma once

// `--db URL`: a file path, `sqlite:PATH`, or (not yet) `postgresql://…`.

#include <string>

#include "engine/model/result.hpp"

namespace xiaohao::cli {

/// The path of the SQLite file that `url` names. Malformed when it names none.
Result<std::string> database_path(std::string const& url);

/// Where the evidence of the database at `path` lies: `PATH.evidence`, a folder beside it.
std::string evidence_directory(std::string const& path);

}  // namespace xiaohao::cli
