// A county begins: a database without accounts, a link on the terminal, the first security administrator, and the people he lets in.

import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {createInterface} from 'node:readline';
import {spawn} from 'node:child_process';
import {after, before, test} from 'node:test';

import {Browser} from './browser.mjs';
import {County, password, run, xiaohao} from './county.mjs';

let county, link, said;

/** Serves without `--demo`, and keeps what the terminal says until it listens. */
async function serve() {
  county.server = spawn(xiaohao, ['serve', '--db', county.db, '--listen', '127.0.0.1:0']);
  county.errors = '';
  county.server.stderr.on('data', (bytes) => (county.errors += bytes));
  county.exited = new Promise((resolve) => county.server.on('exit', (code, signal) => resolve({code, signal})));
  said = '';
  county.base = await new Promise((resolve, reject) => {
    createInterface({input: county.server.stdout}).on('line', (line) => {
      said += `${line}\n`;
      const found = line.match(/^listening on (http:\/\/\S+)$/);
      if (found) resolve(found[1]);
    });
    county.exited.then(({code}) => reject(new Error(`the server ended with ${code}: ${county.errors}`)));
  });
  county.people = new Map();
  return said.match(/http:\/\/\S+\/set-up\/\S+/)?.[0];
}

before(async () => {
  county = await County.make({rows: [10]});
  link = await serve();
});
after(async () => await county.close());

const path_of = (address) => new URL(address).pathname;

test('the terminal shows a link, of which the database keeps a hash only', () => {
  assert.ok(link, said);
  const secret = link.split('/set-up/')[1];
  const bytes = readFileSync(county.db).toString('latin1') + readFileSync(`${county.db}-wal`).toString('latin1');
  assert.ok(!bytes.includes(secret), 'not in the database');
  assert.ok(!county.errors.includes(secret), 'not in the log');
});

test('another start makes another link, and the one before opens nothing', async () => {
  const before_it = link;
  await county.stop();
  link = await serve();
  assert.notEqual(path_of(link), path_of(before_it));
  assert.equal((await new Browser(county.base).ask(path_of(before_it))).status, 404);
});

test('a forged link is refused, and so is one from another site', async () => {
  const browser = new Browser(county.base);
  for (const forged of ['/set-up/x', '/set-up/.', `/set-up/.${'A'.repeat(43)}`, `/set-up/leader${path_of(link).slice(8)}`, `/set-up/${'x'.repeat(2000)}`])
    assert.equal((await browser.ask(forged)).status, 404, forged.slice(0, 60));
  const elsewhere = await fetch(county.base + path_of(link), {method: 'POST', headers: {origin: 'https://elsewhere.example'},
    body: new URLSearchParams({username: 'thief', name: '贼', password, again: password})});
  assert.equal(elsewhere.status, 403);
});

test('the first security administrator sets his password, once', async () => {
  const browser = new Browser(county.base);
  assert.equal((await browser.ask(path_of(link))).status, 200);
  const send = (fields) => browser.ask(path_of(link), {username: 'shen', name: '沈安全', password, again: password, ...fields});
  assert.equal((await send({password: 'short', again: 'short'})).status, 400);
  assert.equal((await send({again: 'another'})).status, 400);
  assert.equal((await send({username: 'Bad Name'})).status, 400);
  assert.equal((await send({username: 'clock'})).status, 400);
  const at_once = await Promise.all([send({}), fetch(county.base + path_of(link), {method: 'POST', redirect: 'manual', body: new URLSearchParams({username: 'second', name: '贾', password, again: password})})]);
  assert.equal(at_once.filter((answer) => answer.status === 303).length, 1, 'two at once: one of them');
  assert.equal((await browser.ask(path_of(link))).status, 404, 'it is used up');
  assert.equal((await send({username: 'third'})).status, 404);
  await county.stop();
  const listed = JSON.parse((await run('user', 'list', '--db', county.db, '--json')).out).items.filter((person) => person.account);
  assert.equal(listed.length, 1);
  assert.deepEqual(listed[0].roles, ['SecurityAdministrator']);
  const verified = await run('verify', '--db', county.db);
  assert.equal(verified.code, 0, verified.out);
  assert.doesNotMatch(verified.out, /does not know/);
  assert.equal(await serve(), undefined, 'no link when there is an account');
});
