// The watcher is watched: a monitor that looks at a file or waits for a call notices when deadlines are no longer kept.

import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import path from 'node:path';
import {after, before, test} from 'node:test';

import {County, run, xiaohao} from './county.mjs';

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Asks until the answer is there; a busy machine may take its time. */
async function until(ask, what) {
  for (let tries = 0; tries < 1200; ++tries) {
    const answer = await ask();
    if (answer) return answer;
    await pause(100);
  }
  throw new Error(`in vain: ${what}`);
}

let monitor, calls = [];

before(async () => {
  monitor = createServer((request, response) => {
    let body = '';
    request.on('data', (bytes) => (body += bytes)).on('end', () => {
      calls.push({method: request.method, path: request.url, body: JSON.parse(body)});
      response.end('OK');
    });
  });
  await new Promise((resolve) => monitor.listen(0, '127.0.0.1', resolve));
});
after(() => monitor.close());

async function watched_county({with_file = true, with_url = true} = {}) {
  const county = await County.make({rows: [1]});
  county.file = path.join(county.folder, 'heartbeat');
  county.config = path.join(county.folder, 'config.json');
  const url = `http://127.0.0.1:${monitor.address().port}/ping/4f1a`;
  writeFileSync(county.config, JSON.stringify({heartbeat: {
    every_seconds: 1, ...(with_file ? {file: county.file} : {}), ...(with_url ? {url, allowed_addresses: ['127.0.0.1']} : {})}}));
  county.beat = () => {
    try {
      return JSON.parse(readFileSync(county.file, 'utf8'));  // whole, whenever it is read
    } catch (error) {
      if (error.code === 'ENOENT') return null;
      throw error;
    }
  };
  return county;
}

const another_beat = async (county) => {
  const last = county.beat()?.time;
  return await until(() => county.beat()?.time !== last && county.beat(), 'another beat');
};

test('the heart beats by itself, hangs with the program, and ends with it', async () => {
  const county = await watched_county();
  calls = [];
  try {
    await county.serve({demonstration: false, options: ['--config', county.config]});
    const first = await until(county.beat, 'the first beat');
    assert.equal(first.every_seconds, 1);
    assert.ok(Math.abs(Date.now() - Date.parse(first.time)) < 120_000, 'by the clock of the machine');
    assert.ok(Date.parse((await another_beat(county)).done_until) > Date.parse(first.done_until), 'though nothing happens');
    await until(() => calls.length >= 2, 'two calls of the monitor');
    assert.equal(calls[0].method, 'POST');
    assert.equal(calls[0].path, '/ping/4f1a');
    assert.equal(calls[0].body.every_seconds, 1);

    county.server.kill('SIGSTOP');
    await pause(300);  // what was under way ends
    const [stood, told] = [county.beat().time, calls.length];
    await pause(3000);
    assert.equal(county.beat().time, stood);
    assert.equal(calls.length, told);
    county.server.kill('SIGCONT');
    await another_beat(county);

    const {code} = await county.stop();
    assert.equal(code, 0);
    const [ended, last] = [county.beat().time, calls.length];
    await pause(2000);
    assert.equal(county.beat().time, ended);
    assert.equal(calls.length, last);
  } finally {
    await county.close();
  }
});

test('a server that answers pages and cannot decide what is due has no heartbeat',
  {skip: spawnSync('strace', ['-V']).status !== 0 && 'strace is not here'}, async () => {
    const county = await watched_county();
    calls = [];
    try {
      await county.serve();  // what a first start writes is written; by the machine's clock a year's timers are overdue
      await county.stop();
      // -D: the process that is started, and stopped, is the server and not strace
      const through = ['strace', '-D', '-f', '-qq', '-o', '/dev/null', '-e', 'trace=fdatasync,fsync',
        '-e', 'inject=fdatasync,fsync:error=EIO'];
      await county.serve({demonstration: false, options: ['--config', county.config], through});
      await pause(4000);
      assert.equal((await fetch(`${county.base}/healthz`)).status, 200);
      assert.equal(county.beat(), null);
      assert.deepEqual(calls, []);
      await county.stop('SIGKILL');

      await county.serve({demonstration: false, options: ['--config', county.config]});
      await until(county.beat, 'a beat with a disk that works');
      await until(() => calls.length > 0, 'a call');
    } finally {
      await county.close();
    }
  });

test('with a clock of its own a demonstration beats when it has been moved', async () => {
  const county = await watched_county({with_url: false});
  try {
    await county.serve({options: ['--config', county.config]});
    await until(county.beat, 'the first beat');
    await pause(1500);
    await county.clock({to: '2024-01-09T12:00:00+08:00'});
    const beat = await until(() => county.beat().done_until.startsWith('2024-01-09') && county.beat(), 'a beat after the move');
    assert.ok(Math.abs(Date.now() - Date.parse(beat.time)) < 120_000, 'the monitor lives by the machine\'s clock');
  } finally {
    await county.close();
  }
});

test('a heartbeat that cannot be is refused at the start', async () => {
  const county = await watched_county();
  try {
    const serve = async (heartbeat) => {
      writeFileSync(county.config, JSON.stringify({heartbeat}));
      return await run('serve', '--db', county.db, '--listen', '127.0.0.1:0', '--config', county.config);
    };
    const nowhere = await serve({file: path.join(county.folder, 'no/such/folder/heartbeat')});
    assert.equal(nowhere.code, 3, xiaohao);
    assert.match(nowhere.err, /cannot be written; name a file in a folder that is there/);
    const nothing = await serve({every_seconds: 60});
    assert.equal(nothing.code, 2);
    assert.match(nothing.err, /heartbeat\/file.*name a file, a url or both/);
    assert.equal((await serve({file: county.file, every_seconds: 0})).code, 2);
    assert.equal((await serve({file: county.file, url: 'http://127.0.0.1/ping'})).code, 2, 'internal, and not named');
  } finally {
    await county.close();
  }
});
