// What a person may do to an item: engine/decision, and what the engine asks around it.

import {of} from './of.mjs';

const decision = ['decision_test:-ShippedLifecycles.*:AssignmentLifecycle.*', 'independence_test', 'engine_test'];
const table = ['decision_test:PermissionTable.*', 'cli_test:Check.*'];

export const checks_of_decisions = [
  ...of('engine/decision/permissions.cpp', [...decision, 'identity_test'], [
    ['⟦if (!participant.active) return false;⟧'],
    ['return ⟦participant.unit && participant.unit == subject.item.definition.unit⟧;', 'true'],
    ['⟦std::find(subject.leads.begin(), subject.leads.end(), *participant.unit) != subject.leads.end()⟧', 'true'],
    ['return ⟦!is_supporting_share(subject.item) || subject.leads.empty()⟧;', 'true'],
    ['std::string_view event) const {\n  auto const [begin, end] = events_.equal_range(event);\n  return ⟦participant.active⟧ &&\n', 'true'],
  ]),
  ...of('engine/decision/permissions.cpp', ['engine_test:UnitCalendars.*'], [
    ['(relation == Relation::Own && ⟦participant.unit == unit⟧)', 'true'],
    ['return ⟦participant.active⟧ && std::any_of(begin, end, [&](auto const& entry) {\n           Relation', 'true'],
  ]),
  ...of('engine/decision/permissions.cpp', ['server/permissions.test.mjs'], [
    ['return participant.has(entry.second.role) && ⟦entry.second.relation == Relation::Any⟧;', 'true'],
    ['administration_.equal_range(what);\n  return ⟦participant.active⟧ &&', 'true'],
  ]),
  ...of('engine/decision/permissions.cpp', table, [
    ['if (⟦role && administers(*role) && rules == &permissions.events_⟧)'],
    ['if (⟦role && !administers(*role) && rules == &permissions.administration_⟧)'],
  ]),
  ...of('engine/decision/decide.cpp', decision, [
    ['if (⟦!command.seen⟧)'],
    ['if (⟦*command.seen != context.item.status.version⟧)'],
    ['if (⟦!leave.given⟧)\n    return refuse'],
    ['if (!context.absences || ⟦!participant.active⟧) return {};'],
    ['⟦if (absence.substitute != participant.username) continue;⟧'],
    ['if (away && ⟦permissions.may_send(*away, event, subject)⟧) return {true', 'true'],
    ['if (⟦is_internal(command.type) && !command.actor.automatic⟧)'],
    ['check_fields(command.payload, fields_of(transitions)); ⟦!fields⟧)'],
  ]),
  ...of('engine/decision/guards.cpp', decision, [
    ['if (⟦had(in.actor.username)⟧ || (in.actor'],
    ['return ⟦absence.substitute == in.actor.username && had(absence.away)⟧;'],
    ['if (⟦of_the_unit(in.participant)⟧ ||'],
    ['|| ⟦of_the_unit(in.principal)⟧)'],
    ['if (first && (⟦first == in.actor.username⟧ ||'],
    ['|| ⟦first == in.actor.on_behalf_of⟧))'],
    ['actor_is_independent(GuardInput const& in) {\n  ⟦if (Answer const answer = actor_is_not_contributor(in)) return answer;⟧'],
    ['return ⟦!piece.withdrawn⟧ && piece.cycle', 'true'],
    ['&& ⟦piece.cycle == in.item.status.cycle⟧;', 'true'],
    ['return ⟦counts(piece)⟧ && piece.sha256', 'true'],
    ['return counts(piece) && ⟦piece.sha256.value() == sha256⟧;', 'true'],
    ['if (⟦!status.open() || status.applied_at⟧)'],
    ['if (⟦status.extensions >= settings.extensions_max⟧)'],
    ['if (⟦local_date(in.at) > last_day⟧)'],
    ['if (⟦due <= *status.due⟧)'],
    ['if (⟦static_cast<int>(due.year()) != in.item.definition.plan.value()⟧)'],
    ['extension_may_be_granted(GuardInput const& in) {\n  ⟦if (Answer const answer = actor_is_not_contributor(in)) return answer;⟧'],
    ['|| ⟦days_between(*original, *asked) <= days⟧) return holds;', 'true'],
    ['⟦*parse_date(day->get_ref<std::string const&>()) >= local_date(in.at)⟧)', 'true'],
    ['⟦shares == number(in.payload, "shares_closed")⟧ &&', 'true'],
    ['⟦number(in.payload, "groups_unknown") == 0⟧)', 'true'],
  ]),
  ...of('engine/decision/actions.cpp', decision, [['⟦if (!status.requested_due) status.contributors.clear();⟧', 'status.contributors.clear();']]),
  ...of('engine/engine.cpp', ['engine_test:County.*'], [['if (⟦reply->request != request_of(command)⟧)']]),
  ...of('engine/execution.cpp', ['engine_test:Organising.*', 'server/organisation.test.mjs'], [
    ['check_taker(transaction_, organisation_, *item, *taker); ⟦!may⟧)'],
  ]),
  ...of('engine/share_passing.cpp', ['engine_test:Organising.*', 'server/organisation.test.mjs'], [
    ['if (⟦share.definition.unit == taker⟧)'],
    ['if (⟦has_one⟧)'],
  ]),
  ...of('engine/rule_change.cpp', ['cli_test:Change.*'], [['if (⟦!may_change_rules(transaction.organisation(), change.before, actor)⟧)']]),
  ...of('engine/lifecycle_migration.cpp', ['migrate_lifecycle_test'], [
    ['if (⟦kept && *kept != document⟧)'],
    ['if (⟦!rules.permissions.may_send(*participant, migration::event,\n                                      {move.before, execution.leads_of(move.before)})⟧)'],
  ]),
];
