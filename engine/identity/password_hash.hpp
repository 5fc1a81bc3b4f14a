#pragma once

#include <string>

#include "engine/identity/settings.hpp"

namespace xiaohao::identity {

/// Argon2id by libsodium, in the encoded form that names its own parameters. Safe to use from any thread.
///
/// Each call of `hash` or `matches` takes some 25 ms and the memory of `HashCost`: never on a server thread.
class PasswordHasher {
 public:
  explicit PasswordHasher(HashCost cost);

  std::string hash(std::string const& password) const;
  bool matches(std::string const& encoded, std::string const& password) const;
  bool outdated(std::string const& encoded) const;  ///< made at another cost: to be made anew

  /// A hash that no password matches, of the same cost as a real one: whoever asks for an account that does
  /// not exist waits as long.
  std::string const& of_nobody() const { return of_nobody_; }

 private:
  HashCost cost_;
  std::string of_nobody_;
};

}  // namespace xiaohao::identity
