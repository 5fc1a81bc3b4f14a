// The test vectors of docs/record-format.md, put to every verifier there is.

import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';

import {root, run} from '../integration/server/county.mjs';
import {holds_by_document, holds_on_page, Library} from './verifiers.mjs';
import {verify_record} from './verify_record.mjs';

const folder = path.join(root, 'tests/data/records');
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

for (const name of files)
  test(`${name} ${name.startsWith('good') ? 'holds' : 'does not hold'}, say all of them`, async () => {
    const bytes = readFileSync(path.join(folder, name));
    const library = new Library();
    const [verdict] = await library.verdicts([bytes]);
    library.close();
    const expected = name.startsWith('good');
    assert.equal(verdict === 'h', expected, `the library says ${verdict}`);
    assert.equal(holds_on_page(bytes), expected);
    assert.equal(holds_by_document(bytes), expected);
    assert.equal((await run('verify-record', path.join(folder, name))).code === 0, expected);
  });

test('the first key vouches for the record signed by the one that it was handed over to', async () => {
  const key = readFileSync(path.join(folder, 'first_key.txt'), 'utf8').trim();
  const expected = {'good.json': 'given', 'good-rotated.json': 'handed_over'};
  for (const [name, trust] of Object.entries(expected)) {
    const bytes = readFileSync(path.join(folder, name));
    assert.equal(verify_record(bytes, key), trust);
    assert.equal(globalThis.verify_closeout_record(new Uint8Array(bytes), key).trust, trust);
    const checked = await run('verify-record', path.join(folder, name), '--key', path.join(folder, 'first_key.txt'), '--json');
    assert.equal(JSON.parse(checked.out).trust, trust);
    assert.throws(() => verify_record(bytes, 'f'.repeat(64)));
  }
});

test('there are vectors of each kind', () => {
  assert.ok(files.filter((name) => name.startsWith('good')).length >= 2);
  assert.ok(files.filter((name) => name.startsWith('bad-')).length >= 8);
});
