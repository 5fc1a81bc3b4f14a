// Random machines of every construct that needs no JavaScript, and random events for them.

/** mulberry32: the same seed gives the same machines everywhere. */
export function randomFrom(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const sent = ['e1', 'e2', 'a.b', 'a.c', 'a.b.d', 'unknown'];
const raised = ['r1', 'r2', 'a.b'];
const descriptors = ['e1', 'e2', 'a.b', 'a.c', 'a.b.d', 'r1', 'r2', '*', 'a.*', 'a.b.*'];
const delays = ['600000', '3600000', 'PT30M', 'PT1H', 'P1D', 'P1DT2H', 'due-3wd', 'publicity'];
const advances = ['PT10M', 'PT29M59S', 'PT1H', 'PT90M', 'PT5H'];
export const namedDelays = { 'due-3wd': 5_400_000, publicity: 36_000_000, PT30M: 1_800_000, PT1H: 3_600_000, P1D: 86_400_000, P1DT2H: 93_600_000 };
const guardNames = ['g1', 'g2', 'g3', 'g4'];

/** What stands in generated machines, by construct: a generator that forgets one is noticed. */
export const constructs = {};
const count = (name) => (constructs[name] = (constructs[name] ?? 0) + 1);

export function generate(random) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const chance = (share) => random() < share;
  const all = [];
  let labels = 0;
  const guards = Object.fromEntries(guardNames.map((name) => [name, chance(0.5)]));

  function call(name) {
    if (chance(0.08)) return count('raise'), { type: 'raise', params: { event: { type: pick(raised) } } };
    return chance(0.2) ? (count('action with params'), { type: name, params: { p: 1 } }) : name;
  }
  function calls(name) {
    const roll = random();
    if (roll < 0.3) return call(name);
    return roll < 0.7 ? [call(name)] : [call(name), call(`${name}b`)];
  }

  function decorate(node) {
    const label = labels++;
    if (chance(0.6)) node.config.entry = (count('entry'), calls(`n${label}`));
    if (chance(0.6)) node.config.exit = (count('exit'), calls(`x${label}`));
    if (chance(0.15) && node.path.length) node.config.id = (count('id'), `id${label}`);
    if (chance(0.15)) node.config.tags = (count('tags'), chance(0.5) ? 't1' : ['t1', 't2']);
    if (chance(0.15)) node.config.meta = (count('meta'), { label: { zh: '状态', en: 'state' } });
    if (chance(0.1)) node.config.description = 'a state';
  }

  function add(parent, key, config, kind) {
    const node = { config, path: parent ? [...parent.path, key] : [], parent, kind, children: [] };
    all.push(node);
    if (!parent) return node;
    parent.children.push(node);
    parent.config.states[key] = config;
    return node;
  }

  function fill(node, depth) {
    decorate(node);
    if (!(depth === 0 ? chance(0.97) : depth < 3 && chance(0.5))) return;
    node.kind = chance(0.35) ? 'parallel' : 'compound';
    count(node.kind);
    if (node.kind === 'parallel') node.config.type = 'parallel';
    else if (chance(0.1)) node.config.type = 'compound';
    node.config.states = {};
    const size = 2 + Math.floor(random() * 3);
    const numbered = chance(0.12) ? (count('numbered states'), ['10', '9', '2', '30']) : null;
    for (let at = 0; at < size; ++at) fill(add(node, numbered ? numbered[at] : `s${at}`, {}, 'atomic'), depth + 1);
    if (node.kind === 'compound' && chance(0.4)) {
      const last = add(node, 'end', { type: 'final' }, 'final');
      count('final');
      decorate(last);
    }
    if (chance(node.kind === 'parallel' ? 0.15 : 0.35)) addHistory(node, 'h');
    if (chance(0.1)) addHistory(node, 'h2');
    if (node.kind === 'compound') {
      const usable = node.children.filter((child) => child.kind !== 'history' || child.config.target);
      const first = pick(usable);
      if (first.kind === 'history') count('initial history');
      node.config.initial = chance(0.2) ? (count('initial actions'), { target: first.path.at(-1), actions: calls(`i${labels++}`) }) : first.path.at(-1);
    }
  }

  function addHistory(node, key) {
    const deep = chance(0.5);
    const config = chance(0.5) ? { type: 'history', history: deep ? 'deep' : 'shallow' } : deep ? { history: 'deep' } : { type: 'history' };
    count(deep ? 'deep history' : 'shallow history');
    if (node.kind === 'parallel') count('history of parallel');
    const history = add(node, key, config, 'history');
    if (!chance(0.5)) return;
    count('history default');
    let target = pick(node.children.filter((child) => child.kind !== 'history'));
    while (chance(0.3) && target.children.some((child) => child.kind !== 'history')) target = pick(target.children.filter((child) => child.kind !== 'history'));
    history.config.target = target.path.slice(node.path.length).join('.');
  }

  const root = add(null, '', {}, 'atomic');
  fill(root, 0);
  root.config.id = 'm';
  if (root.kind === 'compound' && !chance(0.3)) {
    // Most machines live through all their events: the root's final state is taken away.
    const end = root.children.find((child) => child.kind === 'final');
    if (end && root.config.initial !== 'end' && root.config.initial?.target !== 'end' && !all.some((n) => n.kind === 'history' && n.config.target === 'end' && n.parent === root)) {
      delete root.config.states.end;
      root.children.splice(root.children.indexOf(end), 1);
      all.splice(all.indexOf(end), 1);
    }
  }
  const idOf = (node) => node.config.id ?? ['m', ...node.path].join('.');
  const inside = (node, outer) => outer.path.every((key, at) => node.path[at] === key) && node.path.length > outer.path.length;

  const orthogonal = (a, b) => {
    let meet = root;
    for (let at = 0; at < Math.min(a.path.length, b.path.length) && a.path[at] === b.path[at]; ++at) meet = meet.children.find((c) => c.path.at(-1) === a.path[at]);
    return meet.kind === 'parallel' && meet !== a && meet !== b;
  };

  function makeTarget(source) {
    const roll = random();
    if (source.children.length && roll < 0.2) {
      let child = pick(source.children);
      if (child.children.length && chance(0.3)) child = pick(child.children);
      return count('relative target'), `.${child.path.slice(source.path.length).join('.')}`;
    }
    if (source.parent && roll < 0.5) {
      let sibling = pick(source.parent.children);
      if (sibling.children.length && chance(0.25)) sibling = pick(sibling.children);
      return count('sibling target'), sibling.path.slice(source.parent.path.length).join('.');
    }
    const others = all.filter((node) => node.path.length > 0);
    if (!others.length) return '#m';
    const target = chance(0.04) ? root : pick(others);
    if (chance(0.3)) {
      const other = pick(others);
      if (orthogonal(target, other)) return count('multiple targets'), [`#${idOf(target)}`, `#${idOf(other)}`];
    }
    if (target.parent?.config.id && chance(0.5)) return count('#id.child target'), `#${target.parent.config.id}.${target.path.at(-1)}`;
    return count('#id target'), chance(0.1) ? [`#${idOf(target)}`] : `#${idOf(target)}`;
  }

  function makeTransition(source, kind) {
    if (kind === 'on' && chance(0.06)) return count('forbidden'), {};
    const made = {};
    const label = labels++;
    if (!chance(kind === 'always' ? 0.25 : 0.12)) made.target = makeTarget(source);
    if (chance(kind === 'always' ? 0.85 : 0.35)) {
      const guard = kind === 'always' && chance(0.5) ? (guardNames.find((name) => !guards[name]) ?? 'never') : pick(guardNames);
      made.guard = chance(0.3) ? (count('guard with params'), { type: guard, params: { a: 1 } }) : guard;
    }
    if (chance(0.6)) made.actions = calls(`t${label}`);
    if (chance(0.2)) made.reenter = (count('reenter'), true);
    if (chance(0.1)) made.meta = { label: { zh: '转移', en: 'transition' } };
    return typeof made.target === 'string' && Object.keys(made).length === 1 && chance(0.5) ? made.target : made;
  }
  function makeTransitions(source, kind) {
    count(kind);
    if (!chance(0.25)) return makeTransition(source, kind);
    count('ordered alternatives');
    const alternatives = [makeTransition(source, kind), makeTransition(source, kind)];
    // xstate 5.33 reads a bare name in an array below `after` as nothing; we refuse it.
    return kind === 'after' ? alternatives.map((entry) => (typeof entry === 'string' ? { target: entry } : entry)) : alternatives;
  }

  for (const node of all) {
    if (node.kind === 'final' || node.kind === 'history') continue;
    for (const descriptor of descriptors) {
      if (!chance(0.22)) continue;
      if (descriptor.endsWith('*')) count('wildcard');
      (node.config.on ??= {})[descriptor] = makeTransitions(node, 'on');
    }
    if (chance(0.12)) node.config.always = makeTransitions(node, 'always');
    if (chance(0.3))
      for (const delay of delays) {
        if (!chance(0.2)) continue;
        count(/^\d+$/.test(delay) ? 'after, milliseconds' : delay.startsWith('P') ? 'after, ISO 8601' : 'after, named');
        (node.config.after ??= {})[delay] = makeTransitions(node, 'after');
      }
    if (node.children.length && chance(0.5)) node.config.onDone = makeTransitions(node, 'onDone');
  }
  return { config: root.config, guards };
}

export function generateEvents(random, length) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  return Array.from({ length }, () => (random() < 0.15 ? { type: 'advance', by: pick(advances) } : { type: pick(sent) }));
}
