#pragma once

// What `xiaohao user` and `xiaohao token` share: the accounts of a database that no server holds.

#include <memory>
#include <string>
#include <vector>

#include "engine/clock/clock.hpp"
#include "engine/identity/identity.hpp"
#include "engine/store/store.hpp"

namespace xiaohao::cli {

class AccountBook {
 public:
  /// Opens the database that `url` names, to change its accounts by the password rules of that name. Refuses
  /// (Unavailable) while a server, or another command, writes it.
  static Result<std::unique_ptr<AccountBook>> open(std::string const& url, std::string const& rules);

  identity::Identity& identity() { return *identity_; }
  Organisation const& organisation() const { return *organisation_; }
  /// Whoever runs the command, by the name the operating system knows: `cli:root`.
  identity::Authority authority() const;

 private:
  AccountBook() = default;
  SystemClock clock_;
  std::unique_ptr<store::Store> store_;
  std::shared_ptr<Organisation const> organisation_;
  std::unique_ptr<identity::Identity> identity_;
};

/// Reads the accounts of the database that `url` names; beside a running server too.
Result<std::shared_ptr<store::Reader const>> read_accounts(std::string const& url);

/// `Owner,Inspector`. Malformed, at /roles, for a name that is no role.
Result<std::vector<Role>> roles_in(std::string const& text);

/// `refusal` with the words of the command line instead of pointers: `--role` for `/roles`.
Refusal in_options(Refusal refusal);

}  // namespace xiaohao::cli
