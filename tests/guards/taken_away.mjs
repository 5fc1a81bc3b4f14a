// The checks in C++, taken away one at a time. In a copy of the tree each check of mutations.mjs asks first whether it is the one that is
// left out (taken_away.hpp), so that everything is compiled once; then the programs run once for each, with its number in their
// environment. The copy is built with the preset asan: a check whose absence only shows as a bad access is missed, too.

import {execFileSync, spawn, spawnSync} from 'node:child_process';
import {cpSync, existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import {mutations} from './mutations.mjs';

const root = path.resolve(path.dirname(new URL(import.meta.url).pathname), '../..');
const seconds_max = 300;
const header = '#include "tests/guards/taken_away.hpp"\n';

const is_story = (test) => test.endsWith('.test.mjs');
const program_of = (test) => (is_story(test) ? 'xiaohao' : test.split(':')[0]);
const name_of = ({file, check, instead}) => `${file}: ${check.replace(/\s+/g, ' ').trim()} -> ${instead || 'nothing'}`;

/** Where in `source` the check stands, and what is written there; or what is wrong with the list. */
function place_of({check, instead}, number, source) {
  const [before, taken, after] = check.split(/[⟦⟧]/);
  if (after === undefined) return {fault: 'marks nothing'};
  const text = before + taken + after;
  if (source.split(text).length !== 2) return {fault: 'does not stand once in the file'};
  const from = source.indexOf(text) + before.length;
  const gone = `::xiaohao::taken_away(${number})`;
  const written = taken.endsWith(';') ? `{ if (${gone}) { ${instead} } else { ${taken} } }` :
    instead === 'false' ? `(!${gone} && (${taken}))` :
    instead === 'true' ? `(${gone} || (${taken}))` :
    `(${gone} ? (${instead}) : (${taken}))`;
  return {from, to: from + taken.length, written};
}

/** The file with every one of `places` in it; each gets the lines on which it stands. */
function altered(source, places) {
  let text = header;
  let at = 0;
  const line = () => text.split('\n').length;
  for (const place of [...places].sort((a, b) => a.from - b.from)) {
    if (place.from < at) throw new Error(`checks overlap: ${source.slice(place.from, place.to)}`);
    text += source.slice(at, place.from);
    place.first_line = line();
    text += place.written;
    place.last_line = line();
    at = place.to;
  }
  return text + source.slice(at);
}

function write_if_other(file, text) {
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  mkdirSync(path.dirname(file), {recursive: true});
  writeFileSync(file, text);
}

/** Makes the copy equal to the tree, but for `files`, which are given; only what differs is written, so that a second run compiles little. */
function make_copy(tree, files) {
  const kept = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {cwd: root, encoding: 'utf8'});
  for (const file of kept.split('\0').filter(Boolean)) {
    const [from, to] = [path.join(root, file), path.join(tree, file)];
    if (files.has(file)) write_if_other(to, files.get(file));
    else if (existsSync(from) && !(existsSync(to) && readFileSync(from).equals(readFileSync(to)))) cpSync(from, to);
  }
}

/** Builds the copy; what does not compile is put back and goes among `faults`. */
function build_copy(tree, inside, chosen, faults) {
  const cmake = (...words) => spawnSync('cmake', words, {cwd: tree, encoding: 'utf8', maxBuffer: 64 << 20});
  let first = true;
  for (;;) {
    const left = chosen.filter((mutation) => !faults.has(mutation));
    const files = new Map();
    for (const file of new Set(chosen.map((mutation) => mutation.file))) {
      const places = left.filter((mutation) => mutation.file === file).map((mutation) => mutation.place);
      files.set(file, altered(readFileSync(path.join(root, file), 'utf8'), places));
    }
    make_copy(tree, files);
    if (first) {
      const made = cmake('--preset', 'asan');
      if (made.status !== 0) throw new Error(made.stderr);
      first = false;
    }
    const targets = [...new Set(left.flatMap(({tests}) => tests).map(program_of))];
    const built = cmake('--build', inside, '--target', ...targets, '--', '-k', '0');
    if (built.status === 0) return left;
    const known = faults.size;
    for (const [, where, at, words] of built.stdout.matchAll(/^(\S+):(\d+):\d+: (?:fatal )?error: (.*)$/gm)) {
      const guilty = left.find(({file, place}) => path.resolve(inside, where) === path.join(tree, file) && place.first_line <= at && at <= place.last_line);
      if (guilty) faults.set(guilty, `does not compile: ${words}`);
    }
    if (faults.size === known) throw new Error(built.stdout.slice(-4000));
  }
}

/** Whether it passes; a run that takes too long is no answer, and something else has to notice. */
function passes(test, inside, number) {
  const [program, filter] = test.split(':', 1).concat(test.slice(program_of(test).length + 1));
  const words = is_story(test) ? ['node', '--test', path.join(root, 'tests/integration', test)] :
    [path.join(inside, 'bin', program), ...(filter ? [`--gtest_filter=${filter}`] : [])];
  const environment = {...process.env, XIAOHAO: path.join(inside, 'bin/xiaohao'), XIAOHAO_TAKEN_AWAY: String(number), GTEST_FAIL_FAST: '1'};
  return new Promise((done, fail) => {
    const child = spawn(words[0], words.slice(1), {cwd: root, stdio: 'ignore', timeout: seconds_max * 1000, env: environment});
    child.on('error', fail);
    child.on('exit', (status, signal) => done(status === 0 || signal === 'SIGTERM'));  // one that took too long is no answer
  });
}

/** As many of `work` at once as there are processors. */
async function in_parallel(list, work) {
  const waiting = [...list];
  const worker = async () => { while (waiting.length) await work(waiting.shift()); };
  await Promise.all(os.cpus().map(worker));
}

/** Prints what came of each removal. What nobody noticed, and what is wrong with the list. */
export async function take_away_code(build, word) {
  const tree = path.join(build, 'guards');
  const inside = path.join(tree, 'build/asan');
  const numbered = mutations.map((mutation, index) => ({...mutation, number: index + 1}));
  const chosen = numbered.filter((mutation) => !word || name_of(mutation).includes(word));
  const faults = new Map();
  for (const mutation of chosen) {
    mutation.place = place_of(mutation, mutation.number, readFileSync(path.join(root, mutation.file), 'utf8'));
    if (mutation.place.fault) faults.set(mutation, mutation.place.fault);
  }
  const left = build_copy(tree, inside, chosen, faults);
  const bad = [];
  await in_parallel(new Set(left.flatMap(({tests}) => tests)), async (test) => {
    if (!await passes(test, inside, 0)) bad.push(test);
  });
  if (bad.length) throw new Error(`${bad.join(', ')} fail before anything is taken away`);
  const unnoticed = [];
  await in_parallel(left, async (mutation) => {
    let noticed;
    for (const test of mutation.tests)
      if (!noticed && !await passes(test, inside, mutation.number)) noticed = test;
    if (!noticed) unnoticed.push(name_of(mutation));
    console.log(`${noticed ? `noticed by ${noticed.split(':')[0]}` : 'NOT NOTICED'}: ${name_of(mutation)}`);
  });
  for (const [mutation, fault] of faults) console.log(`FAULT OF THE LIST, ${fault}: ${name_of(mutation)}`);
  console.log(`code: ${left.length} removals; ${left.length - unnoticed.length} noticed`);
  return [...unnoticed, ...[...faults.keys()].map((mutation) => `not run: ${name_of(mutation)}`)];
}
