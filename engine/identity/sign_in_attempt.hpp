#pragma once

#include "engine/identity/identity.hpp"

namespace xiaohao::identity {

/// What stood before a try was counted, to be put back when it succeeds; and what it is held against.
struct Identity::Attempt {
  SignInFailures counted_account;
  SignInFailures counted_address;
  std::optional<SignInFailures> address_before;
  std::optional<Account> account;
  std::optional<OneTimeCodes> codes;
};

}  // namespace xiaohao::identity
