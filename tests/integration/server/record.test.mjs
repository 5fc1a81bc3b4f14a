// A close-out record leaves the house: fetched over HTTP, checked by a command that has no database.

import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {after, before, test} from 'node:test';

import {County, photo, run} from './county.mjs';

let county, id, record, file;
before(async () => {
  county = await County.open();
  ({id} = await county.share(10, 'zhujianju'));
  file = path.join(county.folder, 'record.json');
});
after(async () => await county.close());

test('there is no record while the item is open', async () => {
  const inspector = await county.as('inspector');
  assert.equal((await inspector.get(`/items/${id}/closeout-record`)).status, 409);
  assert.equal((await inspector.get('/items/999999/closeout-record')).status, 404);
});

test('the record of a closed item holds, by itself and by the key that init made', async () => {
  const owner = await county.as('owner-zhujianju');
  const inspector = await county.as('inspector');
  await owner.must(id, 'accept');
  assert.equal((await owner.attach(id, '验收照片.png', photo)).status, 201);
  await owner.must(id, 'closeout.apply', {summary: '全部完成'});
  await (await county.as('coordinator')).must(id, 'closeout.approve');
  await inspector.must(id, 'closeout.verify');
  await county.clock({advance: 'P8D'});
  const answer = await inspector.get(`/items/${id}/closeout-record`);
  assert.equal(answer.status, 200);
  record = answer.body;
  writeFileSync(file, JSON.stringify(record));
  assert.equal((await run('verify-record', file)).code, 0);
  const checked = await run('verify-record', file, '--key', `${county.db}.key.pub`, '--json');
  assert.equal(checked.code, 0);
  assert.equal(JSON.parse(checked.out).trust, 'given');
  assert.match((await run('verify-record', file)).out, /inspector　核查通过/);
  const page = await (await fetch(`${county.base}/closeouts`, {headers: {cookie: inspector.cookie}})).text();
  assert.ok(page.includes(`/api/v1/items/${id}/closeout-record`), 'the page of close-outs offers it');
});

test('the printed record carries what its file can be held against', async () => {
  const open = async (who, where) => fetch(`${county.base}${where}`, {headers: {cookie: (await county.as(who)).cookie}, redirect: 'manual'});
  const answer = await open('inspector', `/items/${id}/closeout-record`);
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-security-policy'), /style-src 'self'/);
  const page = await answer.text();
  const {record_code, short_code} = JSON.parse((await run('verify-record', file, '--json')).out);
  for (const words of [record_code, short_code, record.tree_head.root, record.tree_head.key_id, record.tree_head.signature,
    record.evidence[0].sha256, '验收照片.png', '核查通过', 'verified', '全部完成', 'closeout-' + id + '.json', '<svg class="qr-code"'])
    assert.ok(page.includes(words), words);
  assert.doesNotMatch(page, / style=| onclick=|<script>/);
  for (const where of [`/items/${id}`, '/closeouts'])
    assert.ok((await (await open('inspector', where)).text()).includes(`href="/items/${id}/closeout-record"`), `${where} leads to it`);
  const other = await county.share(1, 'zuzhibu');
  assert.equal((await open('inspector', `/items/${other.id}/closeout-record`)).status, 409, 'an open item has none');
  assert.equal((await open('inspector', '/items/999999/closeout-record')).status, 404);
  assert.equal((await open('owner-zuzhibu', `/items/${id}/closeout-record`)).status, (await (await county.as('owner-zuzhibu')).get(`/items/${id}/closeout-record`)).status, 'who may read it by the API may read it here');
  const paper = path.join(county.folder, 'paper.txt');
  const head = record.tree_head;
  const hash = (...parts) => parts.reduce((made, part) => made.update(part), createHash('sha256')).digest();
  const digest = hash(...record.events.map(({leaf}) => hash(Buffer.from([0]), Buffer.from(leaf, 'base64'))));
  const scanned = ['xiaohao-record-paper/1', digest.toString('base64'), 'xiaohao-tree-head/1', head.algorithms, head.size, head.root, head.time, head.key_id, head.signature];
  writeFileSync(paper, scanned.join('\r\n'));
  assert.equal((await run('verify-record', file, '--paper', paper)).code, 0);
  assert.equal((await run('verify', '--db', county.db, '--since', paper)).code, 0);
  scanned[1] = Buffer.alloc(32, 1).toString('base64');
  writeFileSync(paper, scanned.join('\n'));
  assert.equal((await run('verify-record', file, '--paper', paper)).code, 1);
  writeFileSync(paper, 'https://example.org/');
  assert.equal((await run('verify-record', file, '--paper', paper)).code, 2);
});

const erasing = (who, body) => county.as(who).then((person) => person.post(`/items/${id}/erasures`, body));
const entry_of_type = async (type) => (await (await county.as('coordinator')).get(`/items/${id}/history`)).body.items.find((entry) => entry.type === type);

test('what somebody wrote is erased by law, and the record of before and of after both hold', async () => {
  const applied = await entry_of_type('closeout.apply');
  assert.equal(applied.payload.summary, '全部完成');
  const wish = {entry: applied.index, field: 'summary', reason: '本人要求'};
  const before = (await (await county.as('auditor')).get('/journal/head')).body;
  for (const who of ['owner-zhujianju', 'inspector', 'auditor', 'admin']) assert.equal((await erasing(who, wish)).status, 403, who);
  for (const [field, wrong] of Object.entries({entry: 1_000_000, field: 'text', reason: ' '})) {
    const refused = await erasing('coordinator', {...wish, [field]: wrong});
    assert.equal(refused.status, 400, field);
    assert.equal(refused.body.errors[0].pointer, `/${field}`);
  }
  assert.deepEqual((await (await county.as('auditor')).get('/journal/head')).body, before, 'nothing changed');
  const erased = await erasing('coordinator', wish);
  assert.equal(erased.status, 201);
  assert.deepEqual(erased.body.texts, [{index: applied.index, field: 'summary'}]);
  assert.equal((await erasing('coordinator', wish)).status, 409);
  assert.equal((await entry_of_type('closeout.apply')).payload.summary, undefined);
  assert.equal((await run('verify-record', file)).code, 0, 'a record that was handed out before');
  const inspector = await county.as('inspector');
  const later = path.join(county.folder, 'later.json');
  const {body} = await inspector.get(`/items/${id}/closeout-record`);
  assert.ok(!JSON.stringify(body).includes('全部完成'));
  writeFileSync(later, JSON.stringify(body));
  const checked = await run('verify-record', later);
  assert.equal(checked.code, 0, checked.out);
  assert.match(checked.out, /申请销号：（已依法删除/);
  const text = body.texts.findIndex((each) => each.field === 'reason');
  body.texts.splice(text, 1);
  writeFileSync(later, JSON.stringify(body));
  assert.match((await run('verify-record', later)).out, /\/texts/, 'a record is not thinned out by whoever hands it on');
  for (const where of [`/items/${id}`, `/items/${id}/closeout-record`]) {
    const page = await (await fetch(`${county.base}${where}`, {headers: {cookie: inspector.cookie}})).text();
    assert.ok(page.includes('已依法删除') && !page.includes('全部完成'), where);
  }
});

test('a record that was changed does not hold, and what is no record is bad input', async () => {
  const changed = structuredClone(record);
  changed.item.title = '别的';
  writeFileSync(file, JSON.stringify(changed));
  const refused = await run('verify-record', file);
  assert.equal(refused.code, 1);
  assert.match(refused.out, /\/item/);
  writeFileSync(file, '{"format":1}');
  assert.equal((await run('verify-record', file)).code, 2);
  assert.equal((await run('verify-record', path.join(county.folder, 'none.json'))).code, 2);
});

test('the head is signed and counts everything', async () => {
  const auditor = await county.as('auditor');
  const {body} = await auditor.get('/journal/head');
  assert.ok(body.size >= record.tree_head.size);
  assert.equal(body.key_id, record.tree_head.key_id);
  assert.match(body.short_code, /^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
});

test('the key rotates while the server is stopped, and the old one still vouches for the new', async () => {
  await county.stop();
  const old = readFileSync(`${county.db}.key.pub`);
  writeFileSync(path.join(county.folder, 'old.pub'), old);
  assert.equal((await run('key', 'rotate', '--db', county.db)).code, 0);
  assert.notDeepEqual(readFileSync(`${county.db}.key.pub`), old);
  const {keys} = JSON.parse((await run('key', 'show', '--db', county.db, '--json')).out);
  assert.deepEqual(keys.map((key) => key.reason), ['first', 'rotated']);
});

test('while the server is stopped the command erases, and bad usage is told', async () => {
  const erase = (...words) => run('erase', '--db', county.db, '--by', 'coordinator', '--item', String(id), '--reason', '本人要求', ...words);
  const {texts} = record;
  const name = texts.find(({field}) => field === 'name');
  assert.equal((await erase('--entry', String(name.index))).code, 2);
  assert.match((await erase('--entry', 'x', '--field', 'name')).err, /--entry.*whole number/);
  assert.match((await erase('--entry', String(name.index), '--field', 'title')).err, /--field.*name/);
  const done = await erase('--entry', String(name.index), '--field', 'name');
  assert.equal(done.code, 0, done.err);
  assert.match(done.out, /^erased 1, told by entry \d+\n$/);
});

test('without its key the server starts, says so, and signs nothing', async () => {
  rmSync(`${county.db}.key`);
  await county.serve();
  assert.match(county.errors, /no key to sign with/);
  assert.equal((await (await county.as('auditor')).get('/journal/head')).body.signature, undefined);
  await county.stop();
  assert.equal((await run('key', 'replace', '--db', county.db, '--reason', 'lost')).code, 0);
});

test('verify agrees beside a running server, and with the head that a record carries away', async () => {
  await county.serve();
  const agreed = await run('verify', '--db', county.db, '--json');
  assert.equal(agreed.code, 0, agreed.out);
  const {checked, findings} = JSON.parse(agreed.out);
  assert.deepEqual(findings, []);
  assert.equal(checked.evidence_files, 1);
  writeFileSync(file, JSON.stringify(record));
  assert.equal((await run('verify', '--db', county.db, '--since', file)).code, 0);
  assert.equal((await run('verify', '--db', county.db, '--since', `${county.db}.heads`)).code, 0);
  await county.stop();
});

test('verify names the evidence that was changed, and a head that the journal does not continue', async () => {
  const sha256 = record.evidence[0].sha256;
  const evidence = path.join(`${county.db}.evidence`, sha256.slice(0, 2), sha256);
  writeFileSync(evidence, 'something else');
  const refused = await run('verify', '--db', county.db);
  assert.equal(refused.code, 1);
  assert.match(refused.out, new RegExp(`evidence-file/${sha256}`));
  const foreign = structuredClone(record.tree_head);
  foreign.root = Buffer.alloc(32, 7).toString('base64');
  writeFileSync(file, JSON.stringify(foreign));
  const forked = JSON.parse((await run('verify', '--db', county.db, '--since', file, '--json')).out);
  assert.ok(forked.findings.some(({kind}) => kind === 'rewritten'));
  assert.equal((await run('verify', '--db', county.db, '--since', evidence)).code, 2);
  assert.equal((await run('verify', '--db', path.join(county.folder, 'none.db'))).code, 2);
});

test('a journal may be kept with the national algorithms from init on, and with no others', async () => {
  const db = path.join(county.folder, 'sm.db');
  const checklist = ['--checklist', '2024'];
  assert.equal((await run('init', '--db', db, ...checklist, '--algorithms', 'md5')).code, 2);
  assert.equal((await run('init', '--db', db, ...checklist, '--algorithms', 'sm3-sm2')).code, 0);
  assert.equal((await run('verify', '--db', db, '--since', `${db}.heads`)).code, 0);
  const [head] = readFileSync(`${db}.heads`, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
  assert.equal(head.algorithms, 'SM3 SM2');
  writeFileSync(file, JSON.stringify({...head, algorithms: 'SHA-256 Ed25519'}));
  const downgraded = await run('verify', '--db', db, '--since', file);
  assert.equal(downgraded.code, 1);
  assert.match(downgraded.out, /not signed/);
});
