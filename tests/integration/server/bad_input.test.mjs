// Bad input over HTTP: the errors of the contract, and nothing changed.

import assert from 'node:assert/strict';
import {connect} from 'node:net';
import {after, before, beforeEach, afterEach, test} from 'node:test';

import {County, photo} from './county.mjs';

let county, owner, other, coordinator, share, size_before;
before(async () => {
  county = await County.open();
  owner = await county.as('owner-zhujianju');
  other = await county.as('owner-minzhengju');
  coordinator = await county.as('coordinator');
  share = (await county.share(10, 'zhujianju')).id;
  await owner.must(share, 'accept');
});
after(async () => await county.close());

const journal_size = async () => (await (await county.as('auditor')).get('/journal/head')).body.size;
beforeEach(async () => (size_before = await journal_size()));
afterEach(async () => assert.equal(await journal_size(), size_before, 'nothing was changed'));

function is_problem(answer, status, pointer) {
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  assert.match(answer.headers.get('content-type'), /^application\/problem\+json/);
  for (const field of ['type', 'title', 'status', 'detail', 'instance']) assert.ok(field in answer.body, `${field} is missing`);
  if (pointer !== undefined)
    assert.ok(answer.body.errors?.some((error) => error.pointer === pointer && error.detail), `${pointer} is named: ${JSON.stringify(answer.body)}`);
}

const etag = async (id = share) => (await owner.get(`/items/${id}`)).headers.get('etag');

test('wrong and missing fields are named, all at once', async () => {
  is_problem(await owner.event(share, 'report', {progress: 101}), 400, '/progress');
  is_problem(await owner.event(share, 'report', {progress: '60'}), 400, '/progress');
  is_problem(await owner.event(share, 'report', {}), 400, '/progress');
  const both = await owner.event(share, 'report', {progress: -1, progres: 5});
  is_problem(both, 400, '/progress');
  is_problem(both, 400, '/progres');
  is_problem(await owner.event(share, 'extension.request', {due: '2024-02-30', reason: '雨'}), 400, '/due');
});

test('an unknown item, event or route', async () => {
  is_problem(await owner.get('/items/999999'), 404);
  is_problem(await owner.get('/items/abc'), 404);
  is_problem(await owner.get('/items/99999999999999999999'), 404);
  is_problem(await owner.get('/nowhere'), 404);
  is_problem(await owner.event(share, 'closeout.approve'), 403);
  is_problem(await coordinator.event(share, 'closeout.return', {reason: 'x'}), 409);
  is_problem(await owner.post(`/items/${share}/events`, {}, {'if-match': await etag()}), 400, '/type');
});

test('a stale version, no version, one that is none', async () => {
  const report = {type: 'report', progress: 10};
  is_problem(await owner.post(`/items/${share}/events`, report, {'if-match': '"1"'}), 412);
  is_problem(await owner.post(`/items/${share}/events`, report), 428);
  is_problem(await owner.post(`/items/${share}/events`, report, {'if-match': 'seven'}), 400);
});

test("another unit's item", async () => {
  is_problem(await other.event(share, 'report', {progress: 10}), 403);
  is_problem(await other.attach(share, 'a.png', photo), 403);
  is_problem(await (await county.as('admin')).event(share, 'report', {progress: 10}), 403);
  is_problem(await (await county.as('auditor')).event(share, 'cancel', {reason: 'x'}), 403);
});

test('a body that is no JSON, too deep, too large, or says a thing twice', async () => {
  const send = async (body) => await owner.send('POST', `/items/${share}/events`, {body, headers: {'content-type': 'application/json', 'if-match': await etag()}});
  is_problem(await send('{"type":'), 400);
  is_problem(await send('[]'), 400);
  is_problem(await send('{"type":"report","progress":5,"progress":6}'), 400);
  is_problem(await send('{"type":"report","progress":3000000000000000000000}'), 400);
  is_problem(await send('{"type":"report","text":' + '['.repeat(100_000) + ']'.repeat(100_000) + '}'), 400);
  is_problem(await send(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])), 400);
  is_problem(await send(JSON.stringify({type: 'report', progress: 5, text: 'x'.repeat(2 << 20)})), 413);
  is_problem(await owner.send('POST', `/items/${share}/events`, {body: 'type=report', headers: {'content-type': 'application/x-www-form-urlencoded', 'if-match': await etag()}}), 415);
});

test('nobody, a forged request, and a wrong password', async () => {
  const bare = await fetch(`${county.base}/api/v1/items`);
  assert.equal(bare.status, 401);
  const forged = await fetch(`${county.base}/api/v1/items/${share}/events`, {
    method: 'POST', headers: {cookie: owner.cookie, 'content-type': 'application/json', 'if-match': await etag()}, body: '{"type":"report","progress":5}'});
  assert.equal(forged.status, 403);
  const bodies = [];
  for (const username of ['leader', 'nobody-of-that-name']) {
    const answer = await fetch(`${county.base}/api/v1/session`, {
      method: 'POST', headers: {'content-type': 'application/json'}, body: JSON.stringify({username, password: 'wrong'})});
    assert.equal(answer.status, 401);
    bodies.push(await answer.text());
  }
  assert.equal(bodies[0], bodies[1], 'the same bytes for an unknown user and a wrong password');
});

test('queries that cannot be meant', async () => {
  is_problem(await owner.get('/items?limit=0'), 400);
  is_problem(await owner.get('/items?limit=201'), 400);
  is_problem(await owner.get('/items?due_before=soon'), 400);
  is_problem(await owner.get('/items?light=blue'), 400);
  is_problem(await owner.get('/items?cursor=xyz'), 400);
  is_problem(await owner.get('/items?colour=red'), 400);
});

test('evidence that is empty, too large, or not one file', async () => {
  is_problem(await owner.attach(share, 'empty.png', Buffer.alloc(0)), 400);
  is_problem(await owner.attach(share, 'large.bin', Buffer.alloc(21 << 20)), 413);
  const form = new FormData();
  form.append('note', 'no file');
  is_problem(await owner.send('POST', `/items/${share}/evidence`, {body: form}), 400, '/file');
  is_problem(await owner.get(`/evidence/${'0'.repeat(64)}`), 404);
  is_problem(await owner.get('/evidence/..%2f..%2fetc%2fpasswd'), 400);
});

test('the clock is for the administrator, and only goes forward', async () => {
  is_problem(await owner.post('/demo/clock', {advance: 'P1D'}), 403);
  const admin = await county.as('admin');
  is_problem(await admin.post('/demo/clock', {advance: 'P1M'}), 400, '/advance');
  is_problem(await admin.post('/demo/clock', {to: '2020-01-01T00:00:00+08:00'}), 400, '/to');
  is_problem(await admin.post('/demo/clock', {}), 400);
});

/** What a client sends that HTTP does not allow: the answer's status line, and whether the connection was closed. */
function raw(text) {
  const {hostname, port} = new URL(county.base);
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(text));
    socket.on('data', (bytes) => (answer += bytes));
    socket.on('close', () => resolve(answer));
    socket.on('error', () => resolve(answer));
    setTimeout(() => socket.destroy(), 5000).unref();
  });
}

test('requests that a proxy and this server could read differently', async () => {
  for (const head of [
    'Transfer-Encoding: chunked, gzip\r\n', 'Transfer-Encoding: xchunked\r\n', 'Transfer-Encoding: chunked\r\nContent-Length: 5\r\n',
    'Content-Length: 5\r\nContent-Length: 6\r\n', 'Content-Length: +5\r\n', 'Host: other\r\n', 'X-Folded: a\r\n b\r\n']) {
    const answer = await raw(`POST /api/v1/session HTTP/1.1\r\nHost: county\r\n${head}\r\n0\r\n\r\n`);
    assert.match(answer, /^HTTP\/1\.1 (4\d\d|501) /, head);
    assert.equal(answer.match(/HTTP\/1\.1/g).length, 1, `one answer, then the end: ${head}`);
  }
});
