// Random machines, run by xstate and by `xiaohao machine`, compared line by line.
//
//     node statechart.mjs BINARY MACHINES SEED        until MACHINES have run through all their events
//     node statechart.mjs BINARY --seconds N [SEED]   for so long
//
// The oracle is the npm package xstate: the same file must give the same state value, completion and order of actions after every step,
// and come to no rest where xstate comes to none. Machines on which xstate fails are counted apart and named. KEEP=FOLDER keeps the machines that differ.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { constructs, generate, generateEvents, namedDelays, randomFrom } from './generate.mjs';
import { play } from './oracle.mjs';

const [binary, first, second, third] = process.argv.slice(2);
const seconds = first === '--seconds' ? Number(second) : Infinity;
const machines = first === '--seconds' ? Infinity : Number(first ?? 200);
const seed = Number((first === '--seconds' ? third : second) ?? 1);
const eventsEach = 50;

const folder = mkdtempSync(join(tmpdir(), 'statechart-'));
const tally = { whole: 0, part: 0, illegal: 0, refused: 0, different: 0 };
const overflown = []; // machines on which xstate itself overflows JavaScript's stack: there is nothing to compare with

function ours(config, guards, events) {
  const file = join(folder, 'machine.json');
  writeFileSync(file, JSON.stringify(config));
  const named = Object.fromEntries(Object.entries(namedDelays).filter(([name]) => !name.startsWith('P')));
  const run = spawnSync(binary, ['machine', file, '--events', '-', '--guards', JSON.stringify(guards), '--delays', JSON.stringify(named)], {
    input: events.map((event) => JSON.stringify(event)).join('\n'),
    encoding: 'utf8',
    timeout: 60_000,
  });
  const lines = run.stdout.trim().split('\n').filter(Boolean).map((text) => JSON.parse(text));
  return { lines, endless: run.status === 2 && /never comes to rest/.test(run.stderr), status: run.status, stderr: run.stderr };
}

function report(index, config, events, what, expected, got) {
  if (++tally.different > 5) return;
  console.log(`machine ${index} of seed ${seed}: ${what}`);
  console.log('  xstate: ', JSON.stringify(expected).slice(0, 1000));
  console.log('  xiaohao:', JSON.stringify(got).slice(0, 1000));
  if (process.env.KEEP) {
    writeFileSync(join(process.env.KEEP, `machine-${seed}-${index}.json`), JSON.stringify(config, null, 1));
    writeFileSync(join(process.env.KEEP, `events-${seed}-${index}.jsonl`), events.map((event) => JSON.stringify(event)).join('\n') + '\n');
  }
}

function compare(index) {
  const random = randomFrom(seed * 1_000_003 + index);
  const { config, guards } = generate(random);
  const events = generateEvents(random, eventsEach);
  const got = ours(config, guards, events);
  let expected;
  try {
    expected = play(structuredClone(config), guards, events);
  } catch (error) {
    if (error instanceof RangeError && /call stack/.test(error.message)) return void overflown.push(index);
    ++tally.refused;
    if (got.status === 0) report(index, config, events, 'xstate refuses it', error.message, 'runs it');
    return;
  }
  if (expected.illegal) return void ++tally.illegal;
  const at = expected.lines.findIndex((want, place) => !isDeepStrictEqual(want, got.lines[place]));
  const bothEnd = expected.stopped === 'long' || (expected.stopped === 'endless') === got.endless;
  if (at >= 0) report(index, config, events, `differs at step ${at} (${at ? events[at - 1].type : 'start'})`, expected.lines[at], got.lines[at] ?? got.stderr);
  else if (!bothEnd) report(index, config, events, 'one of them does not come to rest', expected.stopped, got.stderr);
  else if (expected.stopped) ++tally.part;
  else if (expected.lines.length !== got.lines.length) report(index, config, events, 'one has more lines', expected.lines.length, got.lines.length);
  else ++tally.whole;
}

const until = Date.now() + seconds * 1000;
for (let index = 0; tally.whole < machines && Date.now() < until && tally.different < 100; ++index) compare(index);
rmSync(folder, { recursive: true });
console.log(
  `seed ${seed}: ${tally.whole} machines of ${eventsEach} events compared to the end, ${tally.part} more up to a step that never comes to rest or to 3000 actions, ` +
    `${tally.different} different; left out: ${tally.illegal} that xstate brings into an illegal state, ${tally.refused} that xstate refuses, ` +
    `${overflown.length} on which xstate overflows its stack${overflown.length ? ` (machines ${overflown.join(', ')})` : ''}`,
);
console.log('constructs: ' + Object.entries(constructs).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, times]) => `${name} ${times}`).join(', '));
process.exit(tally.different ? 1 : 0);
