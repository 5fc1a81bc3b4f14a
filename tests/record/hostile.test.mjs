// What is no record, put to the command: a clear answer in one line, exit 1 or 2, never a crash and never long.

import assert from 'node:assert/strict';
import {closeSync, ftruncateSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {after, test} from 'node:test';

import {root, run} from '../integration/server/county.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'xiaohao-hostile-'));
const file = path.join(folder, 'record.json');
const good = readFileSync(path.join(root, 'tests/data/records/good.json'));
const text = good.toString();
after(() => rmSync(folder, {recursive: true, force: true}));

async function verdict_on(bytes) {
  if (bytes !== undefined) writeFileSync(file, bytes);
  const {code, out, err} = await run('verify-record', file);
  assert.ok([0, 1, 2].includes(code), `ended with ${code}: ${err}`);
  if (code === 2) assert.match(err, /^xiaohao: verify-record: [^\n]+\n$/, 'one line says what is wrong');
  else assert.equal(err, '');
  return {code, said: out + err};
}

test('a file of 1 GB is refused by its size, before it is read to the end', async () => {
  const sparse = openSync(file, 'w');
  writeSync(sparse, good);
  ftruncateSync(sparse, 2 ** 30);
  closeSync(sparse);
  const {code, said} = await verdict_on();
  assert.equal(code, 2);
  assert.match(said, /byte|MiB|long|large/i);
});

test('brackets without end, nested or unclosed, are refused', async () => {
  for (const bytes of ['['.repeat(10_000_000), '{"a":'.repeat(1_000_000), '['.repeat(65) + ']'.repeat(65), text.replace('"plan": {', `"plan": {"x": ${'['.repeat(100)}${']'.repeat(100)}, `)])
    assert.equal((await verdict_on(bytes)).code, 2);
});

test('a record in another encoding, or with bytes that are none, is refused', async () => {
  const wrong = {
    'UTF-16': Buffer.from(`\ufeff${text}`, 'utf16le'), 'a byte order mark': Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), good]),
    'Latin-1': Buffer.from(text.replace('"title": "', '"title": "\u00e9'), 'latin1'), 'a surrogate': Buffer.from(text.replace('"title": "', '"title": "\\ud800')),
    'an overlong form': Buffer.concat([Buffer.from('{"'), Buffer.from([0xc0, 0xaf]), Buffer.from('":1}')]), 'a zero byte': Buffer.concat([good, Buffer.from([0])]),
    'nothing': Buffer.alloc(0), 'GBK': Buffer.from([0x7b, 0x22, 0xb7, 0xbd, 0xb0, 0xb8, 0x22, 0x3a, 0x31, 0x7d]),
  };
  for (const [what, bytes] of Object.entries(wrong)) assert.equal((await verdict_on(bytes)).code, 2, what);
});

test('proofs, head and keys of another journal do not hold, each named', async () => {
  const other = JSON.parse(readFileSync(path.join(root, 'tests/data/records/good-rotated.json')));
  const {small_record} = await import('./small_record.mjs');
  for (const donor of [other, small_record()])
    for (const [name, pointer] of [['inclusion', '/inclusion'], ['tree_head', '/inclusion'], ['keys', '/inclusion']]) {
      const mixed = {...JSON.parse(text), [name]: donor[name]};
      if (JSON.stringify(mixed[name]) === JSON.stringify(JSON.parse(text)[name])) continue;
      const {code, said} = await verdict_on(JSON.stringify(mixed));
      assert.equal(code, 1, name);
      assert.ok(said.includes(pointer), `${name}: ${said}`);
    }
});

test('neither a folder nor a device is a record', async () => {
  for (const where of [folder, '/dev/zero', '/dev/null', path.join(folder, 'none')]) {
    const {code, err} = await run('verify-record', where);
    assert.equal(code, 2, where);
    assert.match(err, /^xiaohao: verify-record: [^\n]+\n$/);
  }
});
