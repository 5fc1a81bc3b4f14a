// Which files a county takes is its policy's to say: by size, and by what the bytes are.

import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {after, before, test} from 'node:test';

import {files_of, refused} from './attack.mjs';
import {County, photo, run} from './county.mjs';

let county, owner, share;
before(async () => {
  county = await County.open({rows: [10]});
  await county.stop();
  const policy = path.join(county.folder, 'policy.json');
  writeFileSync(policy, JSON.stringify({$schema: 'xiaohao-policy/1', evidence: {bytes_max: 100_000, types: ['image/*', 'application/pdf']}}));
  const changed = await run('change', '--db', county.db, '--policy', policy, '--as', 'leader', '--commit');
  assert.equal(changed.code, 0, changed.err);
  await county.serve();
  owner = await county.as('owner-zhujianju');
  share = (await county.share(10, 'zhujianju')).id;
  await owner.must(share, 'accept');
});
after(async () => await county.close());

test('a file of another type, whatever its name says, or one that is too large is refused and leaves nothing', async () => {
  const kept = files_of(county);
  for (const [name, bytes] of [['说明.txt', '文字'], ['照片.png', '<html>'], ['表.zip', 'PK\x03\x04 x'], ['空.jpg', Buffer.from([0, 1, 2])]])
    await refused(county, share, 422, () => owner.attach(share, name, bytes), '/file');
  await refused(county, share, 413, () => owner.attach(share, '大.png', Buffer.concat([photo, Buffer.alloc(100_000)])), '/file');
  assert.deepEqual(files_of(county), kept, 'nothing is left on the disk');
});

test('what the policy takes is taken, and the form says what that is', async () => {
  assert.equal((await owner.attach(share, '照片.png', photo)).status, 201);
  assert.equal((await owner.attach(share, '无名', '%PDF-1.7\n')).status, 201, 'its bytes count, not its name');
  const page = await (await fetch(`${county.base}/items/${share}`, {headers: {cookie: owner.cookie}})).text();
  assert.match(page, /accept="image\/\*,application\/pdf"/);
  assert.match(page, /每个不超过 100 kB/);
});

test('a form from a page says beside its field what is wrong', async () => {
  const page = await (await fetch(`${county.base}/items/${share}`, {headers: {cookie: owner.cookie}})).text();
  const form = new FormData();
  form.append('csrf_token', page.match(/name="csrf_token" value="([^"]+)"/)[1]);
  form.append('file', new Blob(['文字']), '说明.txt');
  const answer = await fetch(`${county.base}/items/${share}/evidence`, {method: 'POST', body: form, headers: {cookie: owner.cookie}, redirect: 'manual'});
  assert.equal(answer.status, 422);
  assert.match(await answer.text(), /不收此类文件（text\/plain）；可交：image\/\*, application\/pdf/);
});
