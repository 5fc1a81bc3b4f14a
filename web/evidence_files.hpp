#pragma once

// Evidence on disk: each file once, named by its SHA-256. Safe on disk before the journal speaks of it.

#include <string>
#include <string_view>

#include "web/http/message.hpp"

namespace xiaohao::web {

/// `DIRECTORY/ab/abcd…`: folders by the first two digits, so that none grows too large.
std::string evidence_path(std::string const& directory, Sha256Hex const& sha256);

/// Moves an upload to its place: bytes synced, then renamed, then the folder synced. Whoever hands in the
/// same bytes again finds them there. StorageFull or Unavailable when the disk fails; then nothing refers to
/// what may be left.
Result<void> keep_evidence(std::string const& directory, Upload const& upload);

/// What a file is, by its first bytes and never by its name; `application/octet-stream` when unknown. Text in
/// UTF-8 is `text/plain`.
std::string media_type_of_file(std::string const& path);
std::string media_type_of_bytes(std::string_view first_bytes);

}  // namespace xiaohao::web
