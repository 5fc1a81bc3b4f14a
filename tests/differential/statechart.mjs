// Random machines, run by xstate and by `xiaohao machine`, compared line by line.
//
//     node statechart.mjs BINARY MACHINES SEED
//
// The oracle is the npm package xstate: the same file must give the same state value, completion and order of actions after every step.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { createMachine, initialTransition, transition } from 'xstate';

const [binary, machines = '200', seedText = '1'] = process.argv.slice(2);
const eventsEach = 50;

/** mulberry32: the same seed gives the same machines everywhere. */
function randomFrom(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const eventNames = ['e1', 'e2', 'a.b', 'a.c', 'a.b.d', 'r1'];
const descriptors = [...eventNames, '*', 'a.*', 'a.b.*'];
const guardNames = ['yes', 'no', 'yes2'];

function generate(random) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const chance = (share) => random() < share;
  let count = 0;
  const all = [];

  function makeState(depth, path) {
    const id = path.join('.');
    const node = { config: {}, path, kind: 'atomic', children: [] };
    all.push(node);
    const label = `${count++}`;
    if (chance(0.6)) node.config.entry = chance(0.3) ? [`n${label}`, `n${label}b`] : `n${label}`;
    if (chance(0.6)) node.config.exit = [`x${label}`];
    if (chance(0.15) && depth > 0) node.config.id = `id${label}`;
    node.id = node.config.id ?? ['m', ...path].join('.');
    const roll = random();
    if (depth < 3 && (depth === 0 || roll < 0.5)) {
      node.kind = chance(0.3) ? 'parallel' : 'compound';
      if (node.kind === 'parallel') node.config.type = 'parallel';
      node.config.states = {};
      const size = 2 + Math.floor(random() * 3);
      for (let at = 0; at < size; ++at) {
        const key = `s${at}`;
        const child = makeState(depth + 1, [...path, key]);
        node.children.push(child);
        node.config.states[key] = child.config;
      }
      if (node.kind === 'compound') {
        if (chance(0.35)) {
          const last = { config: { type: 'final', entry: `f${label}` }, path: [...path, 'end'], kind: 'final', children: [] };
          last.id = ['m', ...last.path].join('.');
          all.push(last);
          node.children.push(last);
          node.config.states.end = last.config;
        }
        if (chance(0.35)) {
          const history = { config: { type: 'history', history: chance(0.5) ? 'deep' : 'shallow' }, path: [...path, 'h'], kind: 'history', children: [] };
          history.id = ['m', ...history.path].join('.');
          if (chance(0.4)) history.config.target = pick(node.children).path.at(-1);
          all.push(history);
          node.children.push(history);
          node.config.states.h = history.config;
        }
        const first = pick(node.children.filter((c) => c.kind !== 'history')).path.at(-1);
        node.config.initial = chance(0.15) ? { target: first, actions: [`i${label}`] } : first;
      }
    }
    return node;
  }

  const root = makeState(0, []);
  root.config.id = 'm';
  root.id = 'm';

  const orthogonal = (a, b) => {
    let meet = root;
    for (let at = 0; at < Math.min(a.path.length, b.path.length) && a.path[at] === b.path[at]; ++at) meet = meet.children.find((c) => c.path.at(-1) === a.path[at]);
    return meet.kind === 'parallel' && meet !== a && meet !== b;
  };

  function makeTarget(source) {
    const roll = random();
    if (source.children.length && roll < 0.25) return `.${pick(source.children).path.at(-1)}`;
    if (source.path.length && roll < 0.5) {
      const parent = all.find((n) => n.path.join('.') === source.path.slice(0, -1).join('.') && n.path.length === source.path.length - 1);
      return pick(parent.children).path.at(-1);
    }
    const target = pick(all.filter((n) => n.path.length > 0));
    if (chance(0.25)) {
      const other = pick(all.filter((n) => n.path.length > 0));
      if (orthogonal(target, other)) return [`#${target.id}`, `#${other.id}`];
    }
    return `#${target.id}`;
  }

  function makeTransition(source, label, quiet = false) {
    if (!quiet && chance(0.06)) return {};
    const made = {};
    if (!chance(0.12)) made.target = makeTarget(source);
    if (chance(quiet ? 1 : 0.35)) made.guard = chance(0.3) ? { type: quiet ? 'no' : pick(guardNames), params: { a: 1 } } : quiet && !chance(0.15) ? 'no' : pick(guardNames);
    if (chance(0.6)) made.actions = chance(0.2) ? { type: `t${label}`, params: { p: 1 } } : [`t${label}`];
    if (chance(0.2)) made.reenter = true;
    return typeof made.target === 'string' && Object.keys(made).length === 1 && chance(0.5) ? made.target : made;
  }

  let label = 0;
  for (const node of all) {
    if (node.kind === 'final' || node.kind === 'history') continue;
    for (const descriptor of descriptors) {
      if (!chance(0.25)) continue;
      node.config.on ??= {};
      node.config.on[descriptor] = chance(0.25) ? [makeTransition(node, label++), makeTransition(node, label++)] : makeTransition(node, label++);
    }
    if (chance(0.12)) node.config.always = [makeTransition(node, label++, true)];
    if (node.children.length && chance(0.5)) node.config.onDone = makeTransition(node, label++);
  }
  return root.config;
}

const guards = Object.fromEntries(guardNames.map((name) => [name, () => name !== 'no']));
const internal = (action) => action.type.startsWith('xstate.');
const line = ([snapshot, actions]) => ({
  value: snapshot.value,
  actions: actions.filter((a) => !internal(a)).map((a) => a.type),
  done: snapshot.status === 'done',
});

function oracle(config, events) {
  const machine = createMachine(config, { guards });
  let [snapshot, actions] = initialTransition(machine);
  const lines = [line([snapshot, actions])];
  for (const type of events) {
    if (snapshot.status === 'done') {
      lines.push({ value: snapshot.value, actions: [], done: true });
      continue;
    }
    [snapshot, actions] = transition(machine, snapshot, { type });
    lines.push(line([snapshot, actions]));
  }
  return lines;
}

/** Two active children of a compound state: xstate 5.33 can end up there by history; no statechart may. */
function isIllegal(config, value) {
  if (typeof value === 'string') return false;
  const keys = Object.keys(value);
  if (config.type !== 'parallel' && keys.length > 1) return true;
  return keys.some((key) => isIllegal(config.states[key], value[key]));
}

const folder = mkdtempSync(join(tmpdir(), 'statechart-'));
let compared = 0, different = 0, endless = 0, illegal = 0;
for (let index = 0; index < Number(machines); ++index) {
  const random = randomFrom(Number(seedText) * 1_000_003 + index);
  const config = generate(random);
  const events = Array.from({ length: eventsEach }, () => eventNames[Math.floor(random() * eventNames.length)]);
  const file = join(folder, 'machine.json');
  writeFileSync(file, JSON.stringify(config));
  const ours = spawnSync(binary, ['machine', file, '--events', '-', '--guards', '{"yes":true,"yes2":true,"no":false}'], {
    input: events.map((type) => JSON.stringify({ type })).join('\n'),
    encoding: 'utf8',
    timeout: 20_000,
  });
  if (/never comes to rest/.test(ours.stderr)) {
    ++endless; // xstate would hang on it
    continue;
  }
  let expected;
  try {
    expected = oracle(structuredClone(config), events);
  } catch (error) {
    expected = null;
    if (process.env.VERBOSE) console.log(`machine ${index}: xstate: ${error.message}`);
  }
  if (!expected) {
    if (ours.status === 0) ++different, console.log(`machine ${index}: xstate refuses it, we run it`);
    continue;
  }
  const got = ours.stdout.trim().split('\n').filter(Boolean).map((text) => JSON.parse(text));
  if (expected.some((want) => isIllegal(config, want.value))) {
    ++illegal;
    continue;
  }
  ++compared;
  const at = expected.findIndex((want, place) => !isDeepStrictEqual(want, got[place]));
  if (at >= 0) {
    ++different;
    if (different <= 5) {
      console.log(`machine ${index} differs at step ${at} (${at ? events[at - 1] : 'start'})`);
      console.log('  xstate: ', JSON.stringify(expected[at]));
      console.log('  xiaohao:', JSON.stringify(got[at]) ?? ours.stderr.trim());
      if (process.env.KEEP) writeFileSync(join(process.env.KEEP, `machine-${index}.json`), JSON.stringify(config, null, 1));
    }
  }
}
rmSync(folder, { recursive: true });
console.log(`${compared} machines of ${eventsEach} events compared, ${different} different, ${endless} that never come to rest, ${illegal} that xstate brings into an illegal state`);
process.exit(different ? 1 : 0);
