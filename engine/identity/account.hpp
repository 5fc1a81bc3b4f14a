#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/identity/scope.hpp"
#include "engine/model/ids.hpp"
#include "engine/model/time.hpp"

namespace xiaohao::identity {

/// What is kept of a participant's means to sign in. Secrets are stored hashed only.
struct Account {
  Username username;
  std::string password_hash;  ///< Argon2id, in the encoded form that names its parameters
  bool disabled = false;
  Instant changed_at;
  friend bool operator==(Account const&, Account const&) = default;
};

/// What an authenticator app and this program both know. Kept as it is, since codes are computed from it:
/// whoever reads the database can make them, but no password.
struct OneTimeCodes {
  Username username;
  std::string secret;            ///< bytes
  std::optional<Instant> since;  ///< when a first code proved that the app has it; none: not yet asked for
  std::int64_t last_step = 0;    ///< of the code that was accepted last: none opens anything twice
  friend bool operator==(OneTimeCodes const&, OneTimeCodes const&) = default;
};

/// A signed-in browser. The cookie holds a random token; only its SHA-256 is stored.
struct Session {
  std::string token_hash;  ///< hexadecimal
  Username username;
  std::string csrf_token;
  Instant created_at;
  Instant last_seen_at;
  Instant expires_at;
  std::string address;
  bool must_set_up_codes =
      false;  ///< its user has a role that needs one-time codes, and has none; not stored
  friend bool operator==(Session const&, Session const&) = default;
};

/// A personal access token for scripts; shown once, stored hashed.
struct AccessToken {
  std::string token_hash;  ///< hexadecimal
  Username username;
  std::string name;
  Instant created_at;
  std::optional<Instant> expires_at;
  bool revoked = false;
  Scopes scopes{};  ///< none: everything its owner may, as before there were scopes
  friend bool operator==(AccessToken const&, AccessToken const&) = default;
};

/// The address by which a calendar program reads a person's due dates without signing in: one for each
/// person, shown once, kept hashed, and good for nothing else.
struct CalendarFeed {
  Username username;
  std::string token_hash;  ///< hexadecimal; of the secret in the address
  Instant created_at;
  friend bool operator==(CalendarFeed const&, CalendarFeed const&) = default;
};

/// The same for all the duties of a unit: one for each person and unit.
struct UnitCalendarFeed {
  Username username;  ///< who made it; it shows what he may read
  UnitId unit;
  std::string token_hash;  ///< hexadecimal; of the secret in the address
  Instant created_at;
  friend bool operator==(UnitCalendarFeed const&, UnitCalendarFeed const&) = default;
};

/// Failed attempts to sign in as an account or from an address; kept over restarts.
struct SignInFailures {
  std::string subject;  ///< `account:NAME` or `address:IP`
  int count = 0;
  Instant last_at;
  friend bool operator==(SignInFailures const&, SignInFailures const&) = default;
};

}  // namespace xiaohao::identity
