#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "engine/model/text.hpp"

namespace xiaohao {

/// Why a request changes nothing. One table in `web/` maps a reason to a status, one in `cli/` to an exit
/// code.
enum class Reason {
  Malformed,        ///< the input cannot be read: a field is missing, of the wrong type or out of range
  NotFound,         ///< no such thing, or none that this person may know of
  Unauthenticated,  ///< nobody is signed in
  VersionMissing,   ///< a change came without the version it saw
  Stale,            ///< the item has changed since it was read
  Forbidden,        ///< this person may not do this
  NotPossible,      ///< not in this state
  GuardFailed,      ///< possible in this state, but a condition does not hold
  TooLarge,         ///< beyond a stated limit
  TooOften,         ///< beyond a stated rate
  StorageFull,      ///< the disk is full; nothing was changed
  Unavailable,      ///< the store cannot be used now; nothing was changed
};

/// One thing that is wrong, and what would be right.
struct Fault {
  std::string pointer;  ///< RFC 6901, into the input; empty: all of it
  Text detail;

  friend bool operator==(Fault const&, Fault const&) = default;
};

/// The answer "no". It always names at least one fault; all that can be found at once are named at once.
struct Refusal {
  Reason reason;
  std::vector<Fault> faults;

  Fault const& first() const { return faults.front(); }
  friend bool operator==(Refusal const&, Refusal const&) = default;
};

/// A value, or why there is none. Becomes `std::expected` when the compiler has it.
template <class T>
using Result = tl::expected<T, Refusal>;

inline tl::unexpected<Refusal> refuse(Reason reason, std::string pointer, Text detail) {
  Refusal refusal{reason, {}};
  refusal.faults.push_back(Fault{std::move(pointer), std::move(detail)});
  return tl::unexpected<Refusal>(std::move(refusal));
}

/// For faults in files and commands that only English-speaking tools and logs show.
inline tl::unexpected<Refusal> malformed(std::string pointer, std::string_view detail) {
  return refuse(Reason::Malformed, std::move(pointer), Text{std::string(detail), std::string(detail)});
}

}  // namespace xiaohao
