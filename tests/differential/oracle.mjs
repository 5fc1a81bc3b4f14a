// What the npm package xstate does with a machine: one line for the initial state, one for each event.

import { createMachine, getInitialMicrosteps, getMicrosteps, raise } from 'xstate';
import { namedDelays } from './generate.mjs';

const microstepsMax = 1000; // as engine/statechart/interpreter.hpp
const actionsMax = 3000; // a machine that does more is followed no further: xstate takes minutes for it
const durations = { PT10M: 600_000, PT29M59S: 1_799_000, PT1H: 3_600_000, PT90M: 5_400_000, PT5H: 18_000_000 };

/** JSON writes raise as an object; xstate wants its own. */
function withRaise(value, key) {
  if (Array.isArray(value)) return value.map((entry) => withRaise(entry, key));
  if (value === null || typeof value !== 'object') return value;
  if (value.type === 'raise' && value.params?.event) return raise(value.params.event);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withRaise(inner, name)]));
}

/** A child without its parent, two children of a compound state, a region that is missing: xstate 5.33 can end up there by history. */
function isIllegal(snapshot) {
  const active = new Set(snapshot._nodes);
  return snapshot._nodes.some((node) => {
    const children = Object.values(node.states).filter((child) => child.type !== 'history');
    const inside = children.filter((child) => active.has(child)).length;
    const complete = node.type === 'compound' ? inside === 1 : node.type === 'parallel' ? inside === children.length : node.type !== 'history';
    return !complete || (node.parent && !active.has(node.parent));
  });
}

/** { lines, stopped, illegal }: how far it came; `stopped` says why no further: "endless" or "long". */
export function play(config, guards, events) {
  const machine = createMachine(
    { ...withRaise(config), options: { maxIterations: microstepsMax } },
    { guards: Object.fromEntries(Object.entries({ ...guards, never: false }).map(([name, answer]) => [name, () => answer])), delays: namedDelays },
  );
  const lines = [];
  let snapshot;
  let actions = [];
  let waiting = []; // delays, in the order they were started
  let now = 0;
  let total = 0;
  let illegal = false;
  const take = (microsteps) => {
    for (const [next, effects] of microsteps) {
      snapshot = next;
      illegal ||= isIllegal(snapshot);
      for (const { type, params } of effects) {
        if (type === 'xstate.raise' && params.delay !== undefined) waiting.push({ due: now + params.delay, event: params.event.type });
        else if (type === 'xstate.cancel') waiting = waiting.filter((delay) => delay.event !== params.sendId);
        else if (!type.startsWith('xstate.')) actions.push(type);
      }
    }
    if (snapshot.status === 'done') waiting = [];
  };
  const send = (type) => snapshot.status === 'done' || take(getMicrosteps(machine, snapshot, { type }));
  const print = () => {
    lines.push({ value: snapshot.value, actions, done: snapshot.status === 'done' });
    total += actions.length;
    actions = [];
  };
  const answer = (stopped) => ({ lines, stopped, illegal });
  try {
    take(getInitialMicrosteps(machine));
    print();
    for (const event of events) {
      if (total > actionsMax) return answer('long');
      if (event.type !== 'advance') send(event.type);
      else {
        const until = now + durations[event.by];
        for (;;) {
          const next = waiting.reduce((first, delay) => (first && first.due <= delay.due ? first : delay), undefined);
          if (!next || next.due > until) break;
          now = next.due;
          waiting.splice(waiting.indexOf(next), 1);
          send(next.event);
          if (total + actions.length > actionsMax) return answer('long');
        }
        now = until;
      }
      print();
    }
  } catch (error) {
    if (!/Infinite loop/.test(error.message)) throw error;
    return answer('endless');
  }
  return answer('');
}
