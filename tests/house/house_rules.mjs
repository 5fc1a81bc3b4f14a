// The rules of the house that a program can check. One line for each breach: file:line: rule.
//
// Which folder may include from which is the table below; within `engine` the order of the list counts, and a
// folder may use those before it.

import {execFileSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../..');
const lines_max = 450;

const engine = [
  'engine/model', 'engine/json', 'engine/calendar', 'engine/statechart', 'engine/journal', 'engine/clock', 'engine/domain',
  'engine/store', 'engine/record', 'engine/decision', 'engine/migration', 'engine/replay', 'engine/audit', 'engine/identity',
];
// What a store keeps of accounts is a plain type, though the folder that hashes and decides stands above it.
const plain_types = ['engine/identity/account.hpp'];
const may_use = {
  engine: ['engine'],
  workflows: ['engine', 'workflows'],
  notifications: ['engine', 'notifications'],
  web: ['engine', 'web'],
  cli: ['engine', 'workflows', 'notifications', 'web', 'cli'],
};

const breaches = [];
const report = (file, line, rule) => breaches.push(`${file}:${line}: ${rule}`);

function room_of(folder) {
  return engine.findIndex((room) => folder === room || folder.startsWith(room + '/'));
}

function check_include(file, line, included) {
  const from = path.dirname(file);
  const to = path.dirname(included);
  const top = from.split('/')[0];
  const used = to.split('/')[0];
  if (!(used in may_use)) return;  // the standard library, a package, a generated file
  if (!may_use[top].includes(used)) report(file, line, `${top} may not include from ${used}`);
  if (from.startsWith('web/http') && to.startsWith('web') && !to.startsWith('web/http'))
    report(file, line, 'web/http knows nothing of the pages and the API');
  const here = room_of(from);
  const there = room_of(to);
  if (top === 'engine' && used === 'engine' && here >= 0 && (there < 0 || there > here) && !plain_types.includes(included))
    report(file, line, `${engine[here]} may not include from ${to}, which stands above it`);
}

// What only one place may do, and where that is.
const reserved = [
  [/\b(system_clock|steady_clock)::now\(\)/, /^engine\/clock\/|^web\/http\//, 'only engine/clock reads the clock'],
  [/\b(time|gettimeofday|clock_gettime)\((nullptr|NULL|0|&|CLOCK)/, /^engine\/clock\//, 'only engine/clock reads the clock'],
  [/#include <boost\/(asio|beast)/, /^web\/(http|beast)\/|^tests\//, 'sockets stay in web/http'],
  [/#include <nlohmann\/json\.hpp>/, /^engine\/json\/document\.hpp$/, 'include engine/json/document.hpp: it compiles the members once'],
  [/#include <sqlite3.h>/, /^engine\/store\/sqlite\/|^tests\//, 'SQLite stays behind engine/store'],
  [/co_await\s+[\w:.>-]+\((?:[^;]*[,(]\s*)?(\{|\[[&=\w])/, /^$/, 'no braces and no capturing lambda inside a co_await: g++ 12 frees them twice'],
];

function check_source(file) {
  const text = readFileSync(path.join(root, file), 'utf8');
  const lines = text.split('\n');
  const top = file.split('/')[0];
  if (lines.length > lines_max) report(file, lines.length, `more than ${lines_max} lines: which two rooms is it?`);
  lines.forEach((line, index) => {
    const included = line.match(/^#include "([^"]+)"/);
    if (included && top in may_use) check_include(file, index + 1, included[1]);
    if (!(top in may_use)) return;
    for (const [pattern, allowed, rule] of reserved)
      if (pattern.test(line) && !allowed.test(file)) report(file, index + 1, rule);
  });
}

function check_name(file) {
  const name = path.basename(file);
  if (/(manager|helper|util|misc|common)/i.test(name)) report(file, 1, 'a name that says nothing');
}

/** Every .cpp is named by some CMakeLists.txt, by its path from there or with a variable before it. */
function check_built(file, built) {
  const end = file.split('/').slice(-2).join('/');
  for (const {folder, words} of built)
    if (words.has(path.relative(folder, file)) || [...words].some((word) => word.endsWith('/' + end))) return;
  report(file, 1, 'no CMakeLists.txt builds it: a dead file');
}

const files = execFileSync('git', ['-C', root, 'ls-files', '--cached', '--others', '--exclude-standard'], {encoding: 'utf8'})
  .split('\n').filter((file) => file && existsSync(path.join(root, file)));
const built = files.filter((file) => path.basename(file) === 'CMakeLists.txt').map((file) => (
  {folder: path.dirname(file), words: new Set(readFileSync(path.join(root, file), 'utf8').split(/[\s()"]+/))}));
for (const file of files) {
  check_name(file);
  if (/\.(cpp|hpp)$/.test(file)) check_source(file);
  if (/\.cpp$/.test(file)) check_built(file, built);
}

for (const breach of breaches) console.log(breach);
console.log(`${files.length} files, ${breaches.length} breaches`);
process.exit(breaches.length ? 1 : 0);
