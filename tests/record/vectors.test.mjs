// The test vectors of docs/record-format.md, put to every verifier there is.

import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';

import {root, run} from '../integration/server/county.mjs';
import {Library, verdict_by_document, verdict_on_page} from './verifiers.mjs';
import {small_record} from './small_record.mjs';
import {read_json, record_code, verify_record} from './verify_record.mjs';

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
    assert.equal(verdict_on_page(bytes), expected ? 'h' : 'n');
    assert.equal(verdict_by_document(bytes), expected ? 'h' : 'n');
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

test('every verifier shows the code that the document gives, for whoever holds a file against paper', async () => {
  const document = readFileSync(path.join(root, 'docs/record-format.md'), 'utf8');
  for (const name of files.filter((file) => file.startsWith('good'))) {
    const bytes = readFileSync(path.join(folder, name));
    const [, code] = document.match(new RegExp(`\\| \`${name}\` \\| (\\S+) \\|`));
    assert.equal(record_code(read_json(bytes)), code);
    assert.equal(globalThis.verify_closeout_record(new Uint8Array(bytes)).record_code, code);
    assert.equal(JSON.parse((await run('verify-record', path.join(folder, name), '--json')).out).record_code, code);
  }
});

test('a record that was written from the document alone holds for every verifier', async () => {
  const bytes = Buffer.from(JSON.stringify(small_record()));
  const library = new Library();
  assert.deepEqual(await library.verdicts([bytes]), ['h']);
  library.close();
  assert.equal(verdict_on_page(bytes), 'h');
  assert.equal(verdict_by_document(bytes), 'h');
});

test('there are vectors of each kind', () => {
  assert.ok(files.filter((name) => name.startsWith('good')).length >= 2);
  assert.ok(files.filter((name) => name.startsWith('bad-')).length >= 8);
});
