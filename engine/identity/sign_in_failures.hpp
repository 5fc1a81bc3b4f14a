#pragma once

// How long the next try must wait. Pure; the counts are kept in the store.

#include <optional>
#include <string>

#include "engine/identity/account.hpp"
#include "engine/identity/settings.hpp"

namespace xiaohao::identity {

std::string subject_of_account(std::string const& username);
/// IPv6 clients own a whole network of addresses, so they are counted by its first 64 bits.
std::string subject_of_address(std::string const& address);

/// How long the next try must wait as of `now`, rounded up; none: it may come.
std::optional<std::chrono::seconds> wait_after(std::optional<SignInFailures> const& failures,
                                               Backoff const& backoff, Settings const& settings, Instant now);

/// One more failure. Those that lie further back than `failures_forgotten_after` no longer count.
SignInFailures one_more(std::optional<SignInFailures> const& failures, std::string const& subject,
                        Settings const& settings, Instant now);

}  // namespace xiaohao::identity
