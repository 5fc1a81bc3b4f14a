// What is taken away in C++: each check that no data states. `find` stands once in the file; `tests` are the programs that ought to
// notice: a test program, or a story of tests/integration/server.

const decision = ['decision_test', 'engine_test', 'independence_test'];

export const mutations = [
  {file: 'engine/decision/permissions.cpp', find: '  if (!participant.active) return false;\n', replace: '', tests: [...decision, 'identity_test']},
  {file: 'engine/decision/permissions.cpp', find: 'return participant.unit && participant.unit == subject.item.definition.unit;', replace: 'return true;', tests: decision},
  {file: 'engine/decision/permissions.cpp', find: 'return !is_supporting_share(subject.item) || subject.leads.empty();', replace: 'return true;', tests: decision},
  {file: 'engine/decision/permissions.cpp', find: 'if (role && administers(*role) && rules == &permissions.events_)', replace: 'if (role && administers(*role) && false)', tests: ['decision_test']},
  {file: 'engine/decision/decide.cpp', find: 'if (*command.seen != context.item.status.version)', replace: 'if (false)', tests: decision},
  {file: 'engine/decision/decide.cpp', find: 'if (!leave.given)\n    return refuse', replace: 'if (false)\n    return refuse', tests: decision},
  {file: 'engine/decision/decide.cpp', find: 'if (absence.substitute != participant.username) continue;', replace: '', tests: decision},
  {file: 'engine/decision/decide.cpp', find: 'if (is_internal(command.type) && !command.actor.automatic)', replace: 'if (false)', tests: decision},
  {file: 'engine/decision/decide.cpp', find: 'if (Result<void> fields = check_fields(command.payload, fields_of(transitions)); !fields)', replace: 'if (Result<void> fields = check_fields(command.payload, fields_of(transitions)); false)', tests: decision},
  {file: 'engine/decision/guards.cpp', find: 'if (had(in.actor.username) || (in.actor.on_behalf_of && had(*in.actor.on_behalf_of))) return true;', replace: 'if (in.actor.on_behalf_of && had(*in.actor.on_behalf_of)) return true;', tests: decision},
  {file: 'engine/decision/guards.cpp', find: 'return absence.substitute == in.actor.username && had(absence.away);', replace: 'return absence.substitute == in.actor.username && had(absence.away) && false;', tests: decision},
  {file: 'engine/decision/guards.cpp', find: 'if (of_the_unit(in.participant) || of_the_unit(in.principal))', replace: 'if (of_the_unit(in.principal))', tests: decision},
  {file: 'engine/decision/guards.cpp', find: 'if (of_the_unit(in.participant) || of_the_unit(in.principal))', replace: 'if (of_the_unit(in.participant))', tests: decision},
  {file: 'engine/decision/guards.cpp', find: 'if (first && (first == in.actor.username || first == in.actor.on_behalf_of))', replace: 'if (first && first == in.actor.on_behalf_of)', tests: decision},
  {file: 'engine/decision/guards.cpp', find: 'if (first && (first == in.actor.username || first == in.actor.on_behalf_of))', replace: 'if (first && first == in.actor.username)', tests: decision},
  {file: 'engine/decision/guards.cpp', find: 'return !piece.withdrawn && piece.cycle == in.item.status.cycle;', replace: 'return !piece.withdrawn;', tests: decision},
  {file: 'engine/decision/guards.cpp', find: 'return !piece.withdrawn && piece.cycle == in.item.status.cycle;', replace: 'return piece.cycle == in.item.status.cycle;', tests: decision},
  {file: 'engine/decision/guards.cpp', find: 'if (!status.open() || status.applied_at)', replace: 'if (false)', tests: decision},
  {file: 'engine/decision/guards.cpp', find: 'if (status.extensions >= settings.extensions_max)', replace: 'if (false)', tests: decision},
  {file: 'engine/decision/guards.cpp', find: 'if (local_date(in.at) > last_day)', replace: 'if (false)', tests: decision},
  {file: 'engine/decision/guards.cpp', find: 'if (due <= *status.due)', replace: 'if (false)', tests: decision},
  {file: 'engine/decision/actions.cpp', find: 'if (!status.requested_due) status.contributors.clear();', replace: 'status.contributors.clear();', tests: decision},
  {file: 'engine/silencing.cpp', find: 'if (absence.away == asking.who || asking.rules.permissions.may_at_large(**person, "absence")) return {};', replace: 'if (absence.away != absence.substitute) return {};', tests: ['engine_test']},
  {file: 'engine/silencing.cpp', find: 'if (is_administrator(*away) || is_administrator(*substitute))', replace: 'if (is_administrator(*away) && false)', tests: ['engine_test']},
  {file: 'engine/identity/people.cpp', find: 'is_invisible(*character) || ++characters', replace: '(is_invisible(*character) && false) || ++characters', tests: ['identity_test']},
  {file: 'engine/identity/people.cpp', find: 'if (auto const conflict = conflict_between(participant.roles)) fault("/roles", *conflict);', replace: '', tests: ['identity_test']},
  {file: 'web/front_door.cpp', find: 'if (comes_from_elsewhere(request) || (by_cookie && for_programs && !token_in_header)) {', replace: 'if ((comes_from_elsewhere(request) && false) || (by_cookie && for_programs && !token_in_header)) {', tests: ['web_test']},
  {file: 'web/front_door.cpp', find: 'if (token == asked->form.end() || !same_secret(token->second, asked->visitor->csrf_token))', replace: 'if (token == asked->form.end() && false)', tests: ['web_test']},
  {file: 'web/front_door.cpp', find: 'if (match.route->access == Access::SignedIn && !request.visitor) {', replace: 'if (false) {', tests: ['web_test']},
  {file: 'web/evidence_intake.cpp', find: '  if (attaches)\n', replace: '  if (false)\n', tests: ['web_pages_test']},
  {file: 'web/evidence_intake.cpp', find: '  if (may_ever_send(application, who, "evidence.attach", item)) return {};\n', replace: '  return {};\n', tests: ['attack_uploads.test.mjs']},
];
