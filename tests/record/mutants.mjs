// Mutants of good records, put to all three verifiers: each must be refused by all, or be equal in meaning to the record it comes from.
//
//     node tests/record/mutants.mjs --seconds 60 [--seed N]

import assert from 'node:assert/strict';
import {readFileSync, writeFileSync} from 'node:fs';
import {availableParallelism, tmpdir} from 'node:os';
import path from 'node:path';
import {isDeepStrictEqual} from 'node:util';
import {isMainThread, parentPort, Worker, workerData} from 'node:worker_threads';

import {root} from '../integration/server/county.mjs';
import {chance, kinds, mutant} from './mutations.mjs';
import {small_record} from './small_record.mjs';
import {Library, verdict_by_document, verdict_on_page} from './verifiers.mjs';
import {read_json} from './verify_record.mjs';

const batch = 500;
const folder = path.join(root, 'tests/data/records');
const plain = (value) => JSON.parse(JSON.stringify(value));

/** The records of a real server, and the smallest there is, of which far more mutants can be tried in a second. */
function originals() {
  const made = ['good-erased.json', 'good-rotated.json'].map((name) => plain(read_json(readFileSync(path.join(folder, name)))));
  return [...made, small_record()].map((meaning) => ({meaning, bytes: Buffer.from(JSON.stringify(meaning))}));
}

/** Puts `count` mutants, or as many as `seconds` allow, to the verifiers: {tried, held, by_kind}. One in `small_share` is of a large record. */
export async function attack({seed, count = Infinity, seconds = Infinity, small_share = 3}) {
  const pick = chance(seed);
  const [one, other, small] = originals();
  const end = performance.now() + seconds * 1000;
  const by_kind = Object.fromEntries(kinds.map((kind) => [kind, 0]));
  let tried = 0, held = 0;
  const library = new Library();
  try {
    while (tried < count && performance.now() < end) {
      const made = Array.from({length: Math.min(batch, count - tried)}, () => {
        const original = pick(small_share) > 0 ? small : [one, other][pick(2)];
        return {original, ...mutant(original.bytes, pick)};
      });
      const answered = library.verdicts(made.map(({bytes}) => bytes));  // it judges while the two others do
      const others = made.map(({bytes}) => ({page: verdict_on_page(bytes), document: verdict_by_document(bytes)}));
      const verdicts = await answered;
      made.forEach(({original, kind, bytes}, at) => {
        const answers = {library: verdicts[at].replace(/^m$/, 'n'), ...others[at]};
        const agree = ['h', 'n'].includes(answers.library) && answers.library === answers.page && answers.page === answers.document;
        const same = !agree || answers.library === 'n' || isDeepStrictEqual(plain(read_json(bytes)), original.meaning);
        if (!agree || !same) {
          const file = path.join(tmpdir(), `xiaohao-mutant-${seed}-${tried + at}.json`);
          writeFileSync(file, bytes);
          assert.fail(`${kind}: ${JSON.stringify(answers)}, same meaning: ${same}; seed ${seed}; kept as ${file}`);
        }
        by_kind[kind] += 1;
        if (answers.library === 'h') held += 1;
      });
      tried += made.length;
    }
  } finally {
    library.close();
  }
  return {tried, held, by_kind};
}

/** The same in one thread for each core, each with a seed of its own. */
async function attack_together({seed, seconds}) {
  const parts = Array.from({length: availableParallelism()}, (_, at) => new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), {workerData: {seed: seed + at, seconds, small_share: 16}});
    worker.once('message', resolve);
    worker.once('error', reject);
  }));
  return (await Promise.all(parts)).reduce((all, part) => ({tried: all.tried + part.tried, held: all.held + part.held,
    by_kind: Object.fromEntries(kinds.map((kind) => [kind, all.by_kind[kind] + part.by_kind[kind]]))}));
}

if (!isMainThread && workerData?.seed) {
  parentPort.postMessage(await attack(workerData));
} else if (process.argv[1] === new URL(import.meta.url).pathname) {
  const option = (name, otherwise) => (process.argv.includes(name) ? Number(process.argv[process.argv.indexOf(name) + 1]) : otherwise);
  const seed = option('--seed', (Date.now() & 0x3fffffff) || 1);
  const {tried, held, by_kind} = await attack_together({seed, seconds: option('--seconds', 60)});
  console.log(`seed ${seed}: ${tried} mutants, ${held} equal in meaning, ${tried - held} refused by all three verifiers`);
  console.log(Object.entries(by_kind).map(([kind, count]) => `${kind} ${count}`).join(', '));
}
