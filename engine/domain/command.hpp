#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "engine/json/document.hpp"
#include "engine/model/ids.hpp"
#include "engine/model/time.hpp"

namespace xiaohao {

/// When something counts, and when it is written. A plan that is loaded late counts from its first day, so
/// that what has fallen due since is found when time is advanced.
struct Moment {
  Instant at;
  Instant recorded_at;
};

/// Who acts. The clock is a source of events like any other, and so is a child that tells its parent.
struct Actor {
  Username username{""};   ///< of a participant; `clock` when time acts, `engine` when one item moves another
  bool automatic = false;  ///< true for the clock and the engine
  std::optional<Username> on_behalf_of;

  static Actor person(Username username) { return {std::move(username), false, std::nullopt}; }
  static Actor clock() { return {Username{"clock"}, true, std::nullopt}; }
  static Actor engine() { return {Username{"engine"}, true, std::nullopt}; }
  friend bool operator==(Actor const&, Actor const&) = default;
};

/// One wish to change one item: a click, an API call, a timer that fires.
struct Command {
  ItemId item;
  std::string type;        ///< the lifecycle's event: `closeout.apply`
  nlohmann::json payload;  ///< its fields, an object; `note` is always allowed
  Actor actor;
  std::optional<std::int64_t> seen;  ///< the version the actor saw; none only for automatic actors
  std::string idempotency_key;       ///< empty: none
};

/// One line of the journal 日志: an accepted command with everything that followed from it.
struct JournalEntry {
  std::int64_t index = 0;  ///< from 0, without gaps
  Instant at;              ///< when it counts: for a timer that fired late, the instant it was due
  Instant recorded_at;     ///< when it was written
  Actor actor;
  std::optional<ItemId> item;
  std::string type;        ///< the event, or `plan.created`, `item.created`, `organisation.changed` …
  nlohmann::json payload;  ///< the command's fields
  nlohmann::json
      outcome;  ///< {"from", "to": state values, "actions": […], "version"}; what replay must reach again
  /// By field of the payload: what the leaf has instead of that text, in base64. The text itself lies beside.
  std::map<std::string, std::string> commitments{};
};

/// The type of an entry that tells which texts of other entries were erased, by whom and why.
inline constexpr char const* erasure_event = "text.erased";
/// Stands where a text stood that was erased.
inline constexpr char const* erased_text = "（已依法删除 erased by law）";

/// Longer than anything that comes in by one request: a plan's entry holds whole definitions.
inline constexpr std::size_t leaf_bytes_max = 16 << 20;

/// The exact bytes of an entry that the journal hashes: UTF-8 JSON with sorted keys and no spaces.
std::string leaf_of(JournalEntry const& entry);
/// The entry that `leaf_of` wrote. Malformed for anything else.
Result<JournalEntry> entry_of(std::string_view leaf);

}  // namespace xiaohao
