#include "cli/acting.hpp"

#include "cli/database.hpp"
#include "cli/kept_rules.hpp"
#include "engine/store/sqlite/sqlite_store.hpp"

namespace xiaohao::cli {

Result<ActingDatabase> ActingDatabase::open(std::string const& url) {
  Result<std::string> const path = database_path(url);
  if (!path) return tl::unexpected(path.error());
  auto store = store::open_sqlite(*path);
  if (!store) return tl::unexpected(store.error());
  auto const reader = (*store)->read();
  Result<InstalledRules> installed = rules_in_force(*reader);
  if (!installed) return tl::unexpected(installed.error());
  return ActingDatabase(std::move(*store), std::move(installed->rules), reader->organisation());
}

}  // namespace xiaohao::cli
