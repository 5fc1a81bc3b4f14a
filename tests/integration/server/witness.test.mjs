// docs/witness.mjs as another office would run it: it signs what continues, and names what does not.

import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {copyFileSync, existsSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {promisify} from 'node:util';

import {County, root, run} from './county.mjs';

let county, heads, token;
before(async () => {
  county = await County.open();
  heads = path.join(county.folder, 'witness.heads');
  token = path.join(county.folder, 'token');
  await make_token();
});
after(async () => await county.close());

async function make_token() {
  await county.stop();
  const made = await run('token', 'create', 'auditor', '--db', county.db, '--name', 'witness');
  assert.equal(made.code, 0, made.err);
  writeFileSync(token, made.out);
  await county.serve();
}
async function witness(...more) {
  try {
    const {stdout} = await promisify(execFile)(process.execPath, [path.join(root, 'docs/witness.mjs'), county.base, '--token-file', token, '--heads', heads, '--key', path.join(county.folder, 'witness.key'), ...more]);
    return {code: 0, said: stdout};
  } catch (error) {
    return {code: error.code, said: error.stderr};
  }
}
const lines = () => readFileSync(heads, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
const accept = async (number, unit) => (await county.as(`owner-${unit}`)).must((await county.share(number, unit)).id, 'accept');

test('it signs the head it sees first, then each that continues it, and nothing twice', async () => {
  const first = await witness();
  assert.equal(first.code, 0, first.said);
  assert.match(first.said, /\d+ entries, [0-9A-Z-]{19}/);
  assert.equal((await witness()).code, 0);
  assert.equal(lines().length, 1);
  await accept(10, 'zhujianju');
  assert.equal((await witness()).code, 0);
  assert.equal(lines().length, 2);
  assert.ok(lines()[1].size > lines()[0].size);
});

test('verify reads its file, and refuses one in which a signature is not over its head', async () => {
  const agreed = await run('verify', '--db', county.db, '--since', heads);
  assert.equal(agreed.code, 0, agreed.out + agreed.err);
  const altered = path.join(county.folder, 'altered.heads');
  const [one, other] = lines();
  writeFileSync(altered, JSON.stringify({...one, cosignatures: other.cosignatures}));
  const refused = await run('verify', '--db', county.db, '--since', altered);
  assert.equal(refused.code, 2);
  assert.match(refused.err, /cosignatures\/0/);
});

test('it does not sign a journal that was put back, nor one that goes another way from there', async () => {
  await county.stop();
  const beside = ['', '-wal', '.seal', '.heads', '.key'];
  for (const ending of beside) if (existsSync(county.db + ending)) copyFileSync(county.db + ending, path.join(county.folder, `old${ending}`));
  await county.serve();
  await accept(1, 'zuzhibu');
  assert.equal((await witness()).code, 0);
  await county.stop();
  for (const ending of beside) if (existsSync(path.join(county.folder, `old${ending}`))) copyFileSync(path.join(county.folder, `old${ending}`), county.db + ending);
  await county.serve();
  const back = await witness();
  assert.equal(back.code, 1);
  assert.match(back.said, /truncated/);
  const {id} = await county.share(10, 'zhujianju');
  for (let progress = 1; progress <= 10; ++progress) await (await county.as('owner-zhujianju')).must(id, 'report', {progress, text: '另一种说法'});
  const other = await witness();
  assert.equal(other.code, 1);
  assert.match(other.said, /rewritten/);
  assert.equal(lines().length, 3, 'it signed neither');
});

test('without a token, or without an answer, it says so', async () => {
  writeFileSync(token, 'xiaohao_nothing');
  assert.deepEqual((await witness()).code, 3);
});
