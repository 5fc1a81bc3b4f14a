// Mutants of good records, put to all three verifiers: each must be refused by all, or be equal in meaning to the record it comes from.
//
//     node tests/record/mutants.mjs --seconds 60 [--seed N]

import assert from 'node:assert/strict';
import {readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {isDeepStrictEqual} from 'node:util';

import {root} from '../integration/server/county.mjs';
import {chance, kinds, mutant} from './mutations.mjs';
import {holds_by_document, holds_on_page, Library} from './verifiers.mjs';
import {read_json} from './verify_record.mjs';

const batch = 200;
const folder = path.join(root, 'tests/data/records');
const plain = (value) => JSON.parse(JSON.stringify(value));

/** Puts `count` mutants, or as many as `seconds` allow, to the verifiers: {tried, held, by_kind}. */
export async function attack({seed, count = Infinity, seconds = Infinity}) {
  const pick = chance(seed);
  const library = new Library();
  const originals = ['good.json', 'good-rotated.json'].map((name) => {
    const meaning = plain(read_json(readFileSync(path.join(folder, name))));
    return {meaning, bytes: Buffer.from(JSON.stringify(meaning))};
  });
  const end = performance.now() + seconds * 1000;
  const by_kind = Object.fromEntries(kinds.map((kind) => [kind, 0]));
  let tried = 0, held = 0;
  try {
    while (tried < count && performance.now() < end) {
      const made = Array.from({length: Math.min(batch, count - tried)}, () => {
        const original = originals[pick(originals.length)];
        return {original, ...mutant(original.bytes, pick)};
      });
      const verdicts = await library.verdicts(made.map(({bytes}) => bytes));
      made.forEach(({original, kind, bytes}, at) => {
        const answers = {library: verdicts[at] === 'h', page: holds_on_page(bytes), document: holds_by_document(bytes)};
        const agree = 'hnm'.includes(verdicts[at]) && answers.library === answers.page && answers.page === answers.document;
        const same = !answers.library || isDeepStrictEqual(plain(read_json(bytes)), original.meaning);
        if (!agree || !same) {
          const file = path.join(tmpdir(), `xiaohao-mutant-${seed}-${tried + at}.json`);
          writeFileSync(file, bytes);
          assert.fail(`${kind}: ${JSON.stringify(answers)} ${verdicts[at]}, same meaning: ${same}; seed ${seed}; kept as ${file}`);
        }
        by_kind[kind] += 1;
        if (answers.library) held += 1;
      });
      tried += made.length;
    }
  } finally {
    library.close();
  }
  return {tried, held, by_kind};
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const option = (name, otherwise) => (process.argv.includes(name) ? Number(process.argv[process.argv.indexOf(name) + 1]) : otherwise);
  const seed = option('--seed', (Date.now() & 0x7fffffff) || 1);
  const {tried, held, by_kind} = await attack({seed, seconds: option('--seconds', 60)});
  console.log(`seed ${seed}: ${tried} mutants, ${held} equal in meaning, ${tried - held} refused by all three verifiers`);
  console.log(Object.entries(by_kind).map(([kind, count]) => `${kind} ${count}`).join(', '));
}
