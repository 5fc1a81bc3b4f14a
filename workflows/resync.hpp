#pragma once

// What a new list of members means for the shares of a running plan.

#include <map>

#include "engine/membership.hpp"

namespace xiaohao::workflows {

/// A share whose unit is no longer meant by its task: the group has lost it. One that was handed over to its
/// unit is none, since that was decided. It stays open, with its light
/// and its ladder, until a person decides.
struct Departure {
  WorkItem task;
  WorkItem share;
};

/// What is to become of the shares of a unit that has left.
struct DepartureDecision {
  std::optional<UnitId> successor;  ///< takes the work over; none: it is cancelled
  std::string reason;
};

struct Resync {
  Organisation organisation;  ///< as it will stand
  std::vector<ItemDraft> shares;
  std::vector<Departure> departures;
};

/// `known` with the units and groups of `file` in place of its own; nobody is taken away, since their history
/// names them.
Organisation updated(Organisation known, Organisation const& file);

/// The shares that tasks of `reader` lack by `organisation`, and those whose unit has left. A new share
/// begins `today`, not when its task did, so that nobody is behind or unsigned for days before he was a
/// member; it says so among its doubts. Pure but for reading.
Resync resync_of(store::Reader const& reader, Organisation organisation, Date today);

/// The change that carries out `resync` with what was decided on each unit that has left: its open shares are
/// cancelled with the reason, and where a successor is named that unit gets a share from `today` unless it
/// has one. Shares of units nobody has decided on stay as they are. Refuses decisions on units that have not
/// left, and successors that the organisation does not know.
Result<MembershipChange> change_of(Resync const& resync, store::Reader const& reader,
                                   std::map<UnitId, DepartureDecision> const& decisions, Actor const& actor,
                                   Date today);

}  // namespace xiaohao::workflows
