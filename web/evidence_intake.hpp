#pragma once

// Handing in evidence, for the API's one file and a page's several: each file safe on disk first, then one
// command.

#include <optional>
#include <string>
#include <vector>

#include "web/application.hpp"
#include "web/http/message.hpp"

namespace xiaohao::web {

struct HandIn {
  Username who;
  ItemId item;
  std::vector<Upload> uploads;  ///< not empty
  std::string note;             ///< may be empty
  /// The version that the first command goes by. Two who hand in files for one item at once do not contradict
  /// each other, so without it a version that has become stale is read again.
  std::optional<std::int64_t> seen;
  std::string idempotency_key;
};

/// What has been handed in, also when a later file was refused.
struct HandedIn {
  std::optional<WorkItem> item;          ///< as it stands after the last one
  std::vector<std::string> media_types;  ///< of the files handed in, in order
  std::optional<Refusal> refusal;        ///< why the next one was not
};

/// Whether `who` may ever hand in anything for `item`: asked before a file is kept, so that whoever may not
/// leaves nothing on the disk. Forbidden.
Result<void> may_hand_in(Application& application, Username const& who, WorkItem const& item);

/// What an event typed by hand may not say of files: evidence comes with its bytes, never as a name, or an
/// item would close on a file that nobody has handed in, and whoever knows a file's SHA-256 could read it.
/// And only what is handed in can be withdrawn. Forbidden before Malformed or GuardFailed; fine for other
/// events.
Result<void> check_event_on_evidence(Application& application, Command const& command);

/// Files go in one after the other; the first refusal ends it. `done` comes on a worker's thread or on this
/// one.
void hand_in(Application& application, HandIn evidence, std::function<void(HandedIn)> done);

}  // namespace xiaohao::web
