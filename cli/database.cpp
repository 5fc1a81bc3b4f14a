#include "cli/database.hpp"

namespace xiaohao::cli {

Result<std::string> database_path(std::string const& url) {
  constexpr std::string_view scheme = "sqlite:";
  std::string path = url.starts_with(scheme) ? url.substr(scheme.size()) : url;
  if (path.starts_with("postgresql:") || path.starts_with("postgres:"))
    return malformed("", "PostgreSQL is not served yet; give the path of an SQLite file");
  if (path.find("://") != std::string::npos)
    return malformed("", "\"" + url + "\" will not do; give a file path or sqlite:PATH");
  if (path.empty() || path.find('\0') != std::string::npos)
    return malformed("", "no file is named; give a file path or sqlite:PATH");
  return path;
}

std::string evidence_directory(std::string const& path) { return path + ".evidence"; }

}  // namespace xiaohao::cli
