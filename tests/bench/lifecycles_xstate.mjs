// node lifecycles_xstate.mjs MACHINE EVENT…: how many transitions a second the npm package xstate makes of the events, over and over from
// the state after `accept`, and how many actions one round has. xstate's fastest way: its pure `transition`, nothing run.

import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';

const here = path.dirname(new URL(import.meta.url).pathname);
const {createMachine, initialTransition, transition} = createRequire(path.join(here, '../differential/package.json'))('xstate');

const [file, ...names] = process.argv.slice(2);
const machine = createMachine(JSON.parse(readFileSync(file, 'utf8')));
const events = names.map((type) => ({type}));
const [first] = initialTransition(machine);
const [begun] = transition(machine, first, {type: 'accept'});

function turn(rounds) {
  let snapshot = begun;
  let actions = 0;
  for (let round = 0; round < rounds; ++round)
    for (const event of events) {
      const [next, effects] = transition(machine, snapshot, event);
      snapshot = next;
      actions += effects.length;
    }
  return actions;
}

turn(2000); // what is compiled on the way is not measured
for (let rounds = 500; ; rounds *= 2) {
  const began = process.hrtime.bigint();
  const actions = turn(rounds);
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  if (seconds < 0.2) continue;
  console.log((rounds * events.length) / seconds, actions / rounds);
  break;
}
