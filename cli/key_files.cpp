#include "cli/key_files.hpp"

#include <filesystem>

#include "engine/record/keeping.hpp"

namespace xiaohao::cli {
namespace {

std::string previous_of(std::string const& path) { return path + ".key.previous"; }

}  // namespace

Result<void> keep_key(store::Store& store, std::string const& path, Moment moment) {
  Result<journal::SigningKey> const previous = journal::SigningKey::load(previous_of(path));
  if (!previous && previous.error().reason != Reason::NotFound) return tl::unexpected(previous.error());
  Result<void> const kept = record::keep_key(store, previous ? &*previous : nullptr, moment);
  std::error_code ignored;
  if (kept && previous) std::filesystem::remove(previous_of(path), ignored);
  return kept;
}

Result<void> put_new_key(std::string const& path, journal::Suite suite) {
  std::error_code error;
  if (std::filesystem::exists(path + ".key", error)) {
    std::filesystem::rename(path + ".key", previous_of(path), error);
    if (error)
      return refuse(Reason::Unavailable, "",
                    {"无法移动 " + path + ".key", path + ".key cannot be moved (" + error.message() + ")"});
  }
  return journal::SigningKey::generate(suite).save(path + ".key");
}

}  // namespace xiaohao::cli
