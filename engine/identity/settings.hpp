#pragma once

// How hard signing in is, and how long it lasts. Every figure that a county may want to change stands here.

#include <chrono>
#include <cstdint>
#include <vector>

#include "engine/domain/organisation.hpp"
#include "engine/identity/password_rules.hpp"

namespace xiaohao::identity {

/// What one Argon2id hash costs; one lane. The default is OWASP's: 19 MiB and two passes.
struct HashCost {
  std::uint64_t memory_bytes = 19 << 20;
  std::uint64_t passes = 2;
};

/// Some failures are free; from then on each doubles the wait before the next try, up to a longest one.
struct Backoff {
  int free_failures;
  std::chrono::seconds first_wait;
  std::chrono::seconds longest_wait;
};

struct Settings {
  std::chrono::seconds session_lifetime = std::chrono::hours{12};  ///< however busy
  std::chrono::seconds session_idle_max = std::chrono::hours{2};
  std::chrono::seconds last_seen_written_every = std::chrono::minutes{1};
  /// How long a change that another process made to a session may go unnoticed; one made here counts at once.
  std::chrono::milliseconds recognised_for = std::chrono::seconds{1};

  Backoff of_account{5, std::chrono::seconds{30}, std::chrono::minutes{15}};
  Backoff of_address{20, std::chrono::seconds{30}, std::chrono::minutes{15}};
  std::chrono::seconds failures_forgotten_after = std::chrono::hours{24};

  std::chrono::hours access_token_lifetime_max = std::chrono::hours{24 * 366};
  HashCost hash_cost;
  PasswordRules passwords;
  /// Who must set up one-time codes (GB/T 22239-2019, level three: two factors). A demonstration asks nobody.
  std::vector<Role> codes_required_of{Role::Inspector, Role::SystemAdministrator, Role::SecurityAdministrator,
                                      Role::Auditor};
  /// Passwords of demonstration accounts are public; they open nothing unless this is set.
  bool demonstration = false;
};

}  // namespace xiaohao::identity
