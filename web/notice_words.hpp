#pragma once

// What became of a notice, in words: why it waits, why it is not sent, what caused it.

#include <string>

#include "engine/domain/notice.hpp"

namespace xiaohao::web {

/// `digest`, `quiet`, `silenced` …; empty when it has gone out, or goes out at once.
std::string reason_code_of(Notice const& notice);
/// Why it is not sent, or not yet; empty when it has gone out, or goes out at once.
Text reason_of(Notice const& notice);

/// What a notice follows from, read from its key.
struct Cause {
  std::string kind;   ///< `step`, `event` or `alarm`
  std::string step;   ///< of a step: its id in the policy, `urge#2`
  std::string due;    ///< of a step: the due date whose ladder it belongs to
  std::string entry;  ///< of an event: the journal's index
};
Cause cause_of(Notice const& notice);

}  // namespace xiaohao::web
