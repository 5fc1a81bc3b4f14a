#include "cli/account_book.hpp"

#include <algorithm>
#include <map>
#include <pwd.h>
#include <unistd.h>

#include "cli/arguments.hpp"
#include "cli/database.hpp"
#include "engine/store/sqlite/sqlite_store.hpp"
#include "workflows/shipped.hpp"

namespace xiaohao::cli {

Result<std::unique_ptr<AccountBook>> AccountBook::open(std::string const& url, std::string const& rules) {
  identity::Settings settings;
  Result<identity::PasswordRules> passwords = workflows::shipped_password_rules(rules);
  if (!passwords) return tl::unexpected(passwords.error());
  settings.passwords = std::move(*passwords);
  Result<std::string> const path = database_path(url);
  if (!path) return tl::unexpected(path.error());
  auto store = store::open_sqlite(*path);
  if (!store) return tl::unexpected(store.error());
  std::unique_ptr<AccountBook> book(new AccountBook);
  book->store_ = std::move(*store);
  book->organisation_ = std::make_shared<Organisation const>(book->store_->read()->organisation());
  book->identity_ = std::make_unique<identity::Identity>(
      *book->store_, book->clock_, [organisation = book->organisation_] { return organisation; },
      std::move(settings));
  return book;
}

identity::Authority AccountBook::authority() const {
  passwd const* user = getpwuid(getuid());
  std::string const name = user ? user->pw_name : std::to_string(getuid());
  return {Actor::person(Username{"cli:" + name}), clock_.now()};
}

Result<std::shared_ptr<store::Reader const>> read_accounts(std::string const& url) {
  return database_path(url).and_then([](std::string const& path) { return store::read_sqlite(path); });
}

Result<std::vector<Role>> roles_in(std::string const& text) {
  std::vector<Role> roles;
  for (std::size_t begin = 0; begin <= text.size();) {
    std::size_t const end = std::min(text.find(',', begin), text.size());
    std::string const name = text.substr(begin, end - begin);
    std::optional<Role> const role = role_named(name);
    if (!role)
      return malformed("/roles", "\"" + name +
                                     "\" is no role; there are Leader, Coordinator, Head, Owner, "
                                     "Inspector, SystemAdministrator, SecurityAdministrator and Auditor");
    if (std::find(roles.begin(), roles.end(), *role) == roles.end()) roles.push_back(*role);
    begin = end + 1;
  }
  return roles;
}

Refusal in_options(Refusal refusal) {
  static std::map<std::string, std::string> const options{
      {"/username", "USERNAME"}, {"/name", "--name"},     {"/roles", "--role"},     {"/unit", "--unit"},
      {"/email", "--email"},     {"/lifetime", "--days"}, {"/password", "password"}};
  for (Fault& fault : refusal.faults)
    if (auto const found = options.find(fault.pointer); found != options.end()) fault.pointer = found->second;
  return refusal;
}

}  // namespace xiaohao::cli
