#pragma once

// 回头看抽查: which of the closed items are looked at again. A draw takes a share of all that have been
// closed and not been in a draw since, by chance or the riskiest first. Its seed is the root of the journal
// as it stood just before, which nobody knew when the items closed; so a unit cannot know what will be drawn,
// whoever draws cannot choose, and anybody can repeat the draw from the entry that tells of it
// (`docs/reinspection.md`).

#include <string>
#include <vector>

#include "engine/silencing.hpp"

namespace xiaohao {

inline constexpr char const* draw_event = "reinspection.drawn";

struct Drawn {
  ItemId item{0};
  int cycle = 1;  ///< of the close-out that is looked at again
  friend bool operator==(Drawn const&, Drawn const&) = default;
};

/// What somebody asks for.
struct DrawWish {
  PlanYear plan{0};
  int share_percent = 20;  ///< 1–100 of those that can be drawn, at least one
  bool by_risk = false;    ///< the riskiest first, chance only among equals
  Date until{};            ///< by when they are looked at, local to the plan
};

/// A draw that was made, as its journal entry tells it.
struct Draw {
  std::int64_t index = 0;  ///< of the entry
  DrawWish wish;
  Username drawn_by{""};
  Instant drawn_at{};
  std::string seed;               ///< root of the journal's first `index` entries, in hexadecimal
  std::vector<Drawn> population;  ///< by item
  std::vector<Drawn> chosen;      ///< in the order drawn
};

/// Who comes first: the smaller the hash of seed, item and cycle, the earlier.
std::string draw_ticket(std::string const& seed, Drawn const& drawn);

/// Returned and extended often, reopened before, closed late: the more, the sooner it is looked at.
int risk_of(WorkItem const& closed);

/// All draws, the latest first.
std::vector<Draw> draws(store::Reader const& reader);

/// What a draw in `plan` would draw from: closed shares and milestones, by item, whose present cycle has been
/// in no draw.
std::vector<WorkItem> waiting_for_draw(store::Reader const& reader, PlanYear plan);

/// Draws, and tells the inspectors of each item. Refuses: Forbidden by the permission table, event
/// `reinspection.draw`; Malformed: a share that is none, a day that is past, a year without a plan;
/// NotPossible: nothing was closed since the last draw.
Result<Draw> draw_reinspections(store::Transaction& transaction, DrawWish const& wish, Asking const& asking);

}  // namespace xiaohao
