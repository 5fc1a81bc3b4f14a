// Takes away each guard and each permission on purpose, one at a time, and runs the tests that ought to notice. Prints every removal
// that none noticed; exit code 1 if there is one.
//
//     node tests/guards/guards.mjs data BUILD [WORD]   the lifecycles' guards and the permission table
//     node tests/guards/guards.mjs code BUILD [WORD]   the checks in C++
//
// With WORD: only those removals whose description has it.
//
// The data is embedded in the programs byte for byte, so it is altered there, in copies of them: JSON may have blanks at its end, and
// the files are written wide enough. For the C++ see taken_away.mjs.

import {spawnSync} from 'node:child_process';
import {chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

import {data_removals} from './removals.mjs';
import {take_away_code} from './taken_away.mjs';

const root = path.resolve(path.dirname(new URL(import.meta.url).pathname), '../..');
const seconds_max = 120;

/**
 * What notices a change of the data, cheapest first. `program` is the executable whose bytes are altered. The permission table is
 * printed in docs/security.md and compared there; that the program does what its table says is what
 * tests/integration/server/permissions.test.mjs walks, and what is left out of the checks is the list of `code`.
 */
const of_the_program = (name, ...words) => ({name: [name, ...words].join(' '), program: name, run: (file) => [file, ...words]});
const handbook = {name: 'docs/security.md', program: 'xiaohao', run: () => ['node', '--test', path.join(root, 'tests/integration/documents/security.test.mjs')]};
const watchers_of = {
  guard: [of_the_program('xiaohao', 'check', '--permissions'), of_the_program('decision_test'), of_the_program('independence_test'),
    of_the_program('engine_test'), of_the_program('lifecycle_paths_test')],
  permission: [of_the_program('xiaohao', 'check', '--permissions'), handbook],
};

/** A run that takes too long is no answer: something else has to notice. */
function passes([program, ...words], cwd, environment = {}) {
  const {status, error} = spawnSync(program, words, {cwd, encoding: 'utf8', timeout: seconds_max * 1000, env: {...process.env, ...environment}, stdio: 'ignore'});
  if (error && error.code !== 'ETIMEDOUT') throw error;
  return status === 0 || Boolean(error);
}

/** A folder like the root, but with its own copy of the rules. */
function stage_of(folder) {
  for (const name of ['tests', 'docs', 'web', 'engine']) symlinkSync(path.join(root, name), path.join(folder, name));
  cpSync(path.join(root, 'workflows'), path.join(folder, 'workflows'), {recursive: true});
}

function put_into(program, target, original, altered) {
  const bytes = readFileSync(program);
  let found = 0;
  for (let at = bytes.indexOf(original); at >= 0; at = bytes.indexOf(original, at + 1), ++found) altered.copy(bytes, at);
  if (found === 0) throw new Error(`${program} does not hold the file`);
  writeFileSync(target, bytes);
  chmodSync(target, 0o755);
}

function take_away_data(build, word) {
  const folder = mkdtempSync(path.join(tmpdir(), 'xiaohao-guards-'));
  stage_of(folder);
  const programs = path.join(folder, 'bin');
  mkdirSync(programs);
  const read = (file) => JSON.parse(readFileSync(path.join(root, file), 'utf8'));
  const watchers = Object.values(watchers_of).flat();
  const names = [...new Set(watchers.map((watcher) => watcher.program))];
  const environment = {XIAOHAO: path.join(programs, 'xiaohao')};
  const runs = (watcher) => passes(watcher.run(path.join(programs, watcher.program)), folder, environment);
  try {
    for (const name of names) cpSync(path.join(build, 'bin', name), path.join(programs, name));
    for (const watcher of watchers) if (!runs(watcher)) throw new Error(`${watcher.name} fails before anything is taken away`);
    const counts = {};
    const unnoticed = [];
    for (const {file, kind, name, change} of data_removals(read).filter((removal) => !word || `${removal.kind} ${removal.name}`.includes(word))) {
      const original = readFileSync(path.join(root, file));
      const document = JSON.parse(original);
      change(document);
      const text = Buffer.from(JSON.stringify(document));
      if (text.length > original.length) throw new Error(`${file} is too narrow for: ${name}`);
      const altered = Buffer.alloc(original.length, ' ');
      text.copy(altered);
      writeFileSync(path.join(folder, file), altered);
      for (const program of new Set(watchers_of[kind].map((watcher) => watcher.program)))
        put_into(path.join(build, 'bin', program), path.join(programs, program), original, altered);
      const noticed = watchers_of[kind].find((watcher) => !runs(watcher));
      writeFileSync(path.join(folder, file), original);
      counts[kind] ??= {};
      counts[kind][noticed?.name ?? 'nobody'] = (counts[kind][noticed?.name ?? 'nobody'] ?? 0) + 1;
      if (!noticed) unnoticed.push(`${file}: ${name}`);
      console.log(`${noticed ? `noticed by ${noticed.name}` : 'NOT NOTICED'}: ${name}`);
    }
    for (const [kind, by] of Object.entries(counts)) {
      const all = Object.values(by).reduce((sum, count) => sum + count, 0);
      console.log(`${kind}: ${all} removals; ${Object.entries(by).map(([who, count]) => `${count} by ${who}`).join(', ')}`);
    }
    return unnoticed;
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

const [what, build, word] = process.argv.slice(2);
if (!['data', 'code'].includes(what) || !build) {
  console.error('guards: node tests/guards/guards.mjs data|code BUILD [WORD]');
  process.exit(2);
}
const unnoticed = what === 'data' ? take_away_data(path.resolve(build), word) : await take_away_code(path.resolve(build), word);
for (const one of unnoticed) console.log(`not noticed: ${one}`);
process.exit(unnoticed.length ? 1 : 0);
