#pragma once

// Who is who changes while the plan runs: units by the system administrator, people and their roles by the
// security administrator (等保三级). Each runs inside one work of the store, and writes nothing when it
// refuses. Who is in a group is another matter (`membership.hpp`): it moves shares, and administrators act on
// no item.
//
//     Unit unit = *organisation.unit(UnitId{"songshizhen"});
//     std::string const seen = version_of(unit);
//     unit.name = "嵩市镇人民政府";
//     change_unit(transaction, unit, seen, asking);

#include "engine/silencing.hpp"

namespace xiaohao {

/// Of a unit or a group: lower-case ASCII letters, digits and hyphens, 40 at most.
bool is_unit_id(std::string_view text);

/// Whether another unit, or another group by its name or a spelling, is called so: a row of a plan must mean
/// one.
bool name_is_taken(Organisation const& organisation, std::string const& name,
                   std::optional<UnitId> const& unit, std::optional<GroupId> const& group);

/// What stands there now, in 16 hexadecimal digits; another when anything of it changes. Whoever changes it
/// says which he saw.
std::string version_of(Unit const& unit);
std::string version_of(UnitGroup const& group);
std::string version_of(Participant const& participant);

/// Stale, for whoever saw another version.
tl::unexpected<Refusal> changed_since_read();

/// Refuses, in this order: Forbidden by the permission table (administration, `units.change`); NotPossible
/// for an id that is taken; Malformed, with every fault, for an id, a name or a kind that will not do, a head
/// who is no active person of the unit with that role, a supervising leader who is none. The journal keeps it
/// as `unit.created`.
Result<Unit> add_unit(store::Transaction& transaction, Unit wish, Asking const& asking);
/// The same for one that is there, as `unit.changed`. Stale when it is not as `seen`. A unit is retired only
/// when it has no open item and no active person, and is in no group: NotPossible says what it still has.
Result<Unit> change_unit(store::Transaction& transaction, Unit wish, std::string const& seen,
                         Asking const& asking);

/// Refuses: Forbidden (administration, `people.change`); NotPossible for a name that is taken; Malformed as
/// `identity::check_participant`, and for a retired unit. As `participant.created`. He has no account yet.
Result<Participant> add_participant(store::Transaction& transaction, Participant wish, Asking const& asking);
/// The same for one who is there, as `participant.changed`. Nobody changes his own roles, unit or leaving
/// (Forbidden), and the last security administrator with an open account stays one (NotPossible). Whoever
/// becomes inactive loses his sessions, tokens and calendar feed for good.
Result<Participant> change_participant(store::Transaction& transaction, Participant wish,
                                       std::string const& seen, Asking const& asking);

}  // namespace xiaohao
