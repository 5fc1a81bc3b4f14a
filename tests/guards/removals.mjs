// What is taken away: each guard of a lifecycle and each entry of the permission table, by changing the data.

const roles = ['Leader', 'Coordinator', 'Head', 'Owner', 'Inspector', 'SystemAdministrator', 'SecurityAdministrator', 'Auditor'];

/** Every removal: {file, name, change(document)}, where `change` alters a parsed copy of the file. */
export function data_removals(read) {
  return [...guard_removals(read), ...permission_removals(read)];
}

/** A lifecycle that lacks a guard is refused when it is loaded if it names what the guard is for, so that is taken away as well. */
function without_properties(lifecycle) {
  delete lifecycle.properties;
}

function transitions_of(state, path = []) {
  const own = [...Object.entries(state.on ?? {}), ...Object.entries(state.after ?? {})].flatMap(([event, transitions]) =>
    [transitions].flat().map((transition, index) => ({event, index, path, transition})));
  return [...own, ...Object.entries(state.states ?? {}).flatMap(([name, child]) => transitions_of(child, [...path, name]))];
}

function guard_removals(read) {
  return ['assignment', 'milestone', 'task', 'finding'].flatMap((lifecycle) => {
    const file = `workflows/lifecycles/${lifecycle}.json`;
    const guarded = (document) => transitions_of(document).filter(({transition}) => transition.guard);
    return guarded(read(file)).flatMap(({event, path, transition}, index) => {
      const where = `${lifecycle}: ${[...path, event].join('.')}`;
      const changed = (name, change) => ({file, kind: 'guard', name, change(document) {
        without_properties(document);
        change(guarded(document)[index].transition);
      }});
      const removals = [changed(`${where} without ${transition.guard}`, (taken) => delete taken.guard)];
      if (transition.guard === 'actor_is_independent')
        removals.push(changed(`${where} with actor_is_not_contributor only`, (taken) => (taken.guard = 'actor_is_not_contributor')));
      return removals;
    });
  });
}

function permission_removals(read) {
  const file = 'workflows/permissions/default.json';
  const removals = [];
  const add = (name, change) => removals.push({file, kind: 'permission', name, change});
  for (const section of ['events', 'reads', 'administration']) {
    const entries = read(file)[section];
    const names = new Set(entries.flatMap((entry) => entry[section]));
    entries.forEach((entry, at) => {
      for (const what of entry[section]) {
        const split = (document, relation) => {
          const changed = document[section][at];
          changed[section] = changed[section].filter((name) => name !== what);
          if (relation) document[section].push({[section]: [what], role: entry.role, relation});
          document[section] = document[section].filter((one) => one[section].length > 0);
        };
        add(`${what}: no longer ${entry.role} (${entry.relation})`, (document) => split(document));
        if (entry.relation !== 'any') add(`${what}: ${entry.role} of any item, not only ${entry.relation}`, (document) => split(document, 'any'));
      }
    });
    for (const what of names)
      for (const role of roles)
        if (!entries.some((entry) => entry.role === role && entry[section].includes(what)))
          add(`${what}: also ${role}`, (document) => document[section].push({[section]: [what], role, relation: 'any'}));
  }
  return removals;
}
