// Stopping, killing and starting again: what was acknowledged is there, and nothing is decided twice.

import assert from 'node:assert/strict';
import {createServer} from 'node:net';
import {once} from 'node:events';
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';

import {County, run} from './county.mjs';

test('SIGTERM lets the server finish and exit with 0', async () => {
  const county = await County.open({rows: [1]});
  try {
    assert.deepEqual(await county.stop(), {code: 0, signal: null});
  } finally {
    await county.close();
  }
});

test('an acknowledged command survives kill -9', async () => {
  const county = await County.open({rows: [10, 11, 12]});
  try {
    for (let round = 0; round < 3; ++round) {
      const {id} = await county.share(10 + round, 'fupinban');
      await (await county.as('owner-fupinban')).must(id, 'accept');
      await county.stop('SIGKILL');
      await county.serve();
      assert.equal((await county.item(id)).stage, 'in_progress');
    }
  } finally {
    await county.close();
  }
});

test('a kill in the middle of the ladder neither loses nor doubles a decision', async () => {
  const county = await County.open({rows: [1]});
  try {
    const walk = county.clock({to: '2024-03-20T12:00:00+08:00'}).catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 300));
    await county.stop('SIGKILL');
    await walk;
    await county.serve();
    await county.clock({to: '2024-03-20T12:00:00+08:00'});
    const {id} = await county.share(1, 'zuzhibu');
    const notices = await (await county.as('auditor')).notices(`&item=${id}`);
    assert.equal(new Set(notices.map((notice) => notice.key)).size, notices.length);
    for (const step of ['remind', 'urge', 'supervise', 'circulate'])
      assert.ok(notices.some((notice) => notice.step === step && notice.state === 'sent'), `${step} went out`);
  } finally {
    await county.close();
  }
});

test('the clock goes on where it stood, and never back', async () => {
  const county = await County.open({rows: [1, 10]});
  try {
    await county.clock({to: '2024-03-01T12:00:00+08:00'});
    const {id} = await county.share(10, 'fupinban');
    await (await county.as('owner-fupinban')).must(id, 'accept');
    await county.stop();
    await county.serve();
    const answer = await (await county.as('admin')).post('/demo/clock', {to: '2024-02-01T00:00:00+08:00'});
    assert.equal(answer.status, 400);
  } finally {
    await county.close();
  }
});

test('a second server on the same file is refused', async () => {
  const county = await County.open({rows: [1]});
  try {
    const second = await run('serve', '--db', county.db, '--listen', '127.0.0.1:0', '--demo');
    assert.equal(second.code, 3);
    assert.match(second.err, /^xiaohao: serve: .*in use by another process/);
  } finally {
    await county.close();
  }
});

test('a port in use, a missing, a damaged and a foreign database are refused with a reason', async () => {
  const county = await County.open({rows: [1]});
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  try {
    await county.stop();
    const port = await run('serve', '--db', county.db, '--demo', '--listen', `127.0.0.1:${taken.address().port}`);
    assert.equal(port.code, 3);
    assert.match(port.err, /in use/);
    const missing = await run('serve', '--db', path.join(county.folder, 'none.db'), '--demo');
    assert.equal(missing.code, 2);
    assert.match(missing.err, /xiaohao init/);
    const damaged = path.join(county.folder, 'damaged.db');
    writeFileSync(damaged, 'x'.repeat(8192));
    assert.equal((await run('serve', '--db', damaged, '--demo', '--listen', '127.0.0.1:0')).code, 3);
    const twice = await run('init', '--db', county.db, '--checklist', 'workflows/checklists/2024.json');
    assert.equal(twice.code, 2);
  } finally {
    taken.close();
    await county.close();
  }
});

test('what cannot be meant is refused before anything is opened', async () => {
  for (const [words, message] of [
    [['serve', '--clock', '2024-01-02T08:30:00+08:00'], /--demo/],
    [['serve', '--demo', '--listen', '0.0.0.0:8080'], /loopback|127\.0\.0\.1/],
    [['serve', '--demo', '--listen', '8080'], /HOST:PORT/],
    [['serve', '--demo', '--listen', '127.0.0.1:99999'], /65535/],
    [['serve', '--demo', '--clock', 'yesterday'], /--clock/],
    [['serve', '--db', 'postgresql://x/y', '--demo'], /PostgreSQL/],
    [['serve', '--wat'], /--wat/],
    [['serve', '--config', '/nowhere/xiaohao.json', '--demo'], /nowhere/],
  ]) {
    const {code, err} = await run(...words);
    assert.equal(code, 2, words.join(' '));
    assert.match(err, message);
    assert.match(err, /^xiaohao: serve/);
    assert.equal(err.trimEnd().split('\n').length, 1);
  }
});
