// Whoever may not see or change a thing cannot: every role, every event and every route, on his own unit's item, another's and one
// that is not there, held against the permission table as `xiaohao check --permissions` prints it. A route that the walk does not
// know fails it.

import assert from 'node:assert/strict';
import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {after, before, test} from 'node:test';

import {County, photo, root, run} from './county.mjs';

let county, table, led, lone;

/** One account of each role; two owners, of the unit that leads row 1 and of one that supports it. */
const people = {
  leader: ['Leader'], coordinator: ['Coordinator'], inspector: ['Inspector'], admin: ['SystemAdministrator'],
  security: ['SecurityAdministrator'], auditor: ['Auditor'], 'owner-zuzhibu': ['Owner'], 'owner-fupinban': ['Owner'],
  'head-zuzhibu': ['Head'],
};
const unit_of = {'owner-zuzhibu': 'zuzhibu', 'head-zuzhibu': 'zuzhibu', 'owner-fupinban': 'fupinban'};

before(async () => {
  county = await County.open();
  const printed = await run('check', '--permissions', '--json');
  assert.equal(printed.code, 0, printed.err);
  table = JSON.parse(printed.out);
  const shares = async (number) =>
    (await (await county.as('coordinator')).get(`/items?plan=2024&kind=Assignment&number=${number}&limit=200`)).body.items;
  // Row 1 has a lead unit and others; row 10's first share leads.
  const of_first = await shares(1);
  led = of_first.find((item) => item.role === 'Support' && item.unit.id === 'fupinban');
  lone = of_first.find((item) => item.role === 'Lead');
  assert.ok(lone && led, `row 1 has both kinds of shares among ${of_first.map((item) => item.role)}`);
});
after(async () => await county.close());

/** How a person stands to an item, as engine/decision/permissions.hpp defines it, worked out from what the API says. */
function relations(username, item, leads) {
  const own = unit_of[username] !== undefined && unit_of[username] === item.unit?.id;
  const support = item.role === 'Support';
  return {any: true, own, leads: support && leads.includes(unit_of[username]), not_led: !support || leads.length === 0};
}

function allowed(rows, name, username, item, leads) {
  const stands = relations(username, item, leads);
  return rows.some((row) => row.name === name && people[username].includes(row.role) && stands[row.relation]);
}

async function lead_units(item) {
  const {body} = await (await county.as('coordinator')).get(`/items?parent=${item.parent}&limit=200`);
  return body.items.filter((sibling) => sibling.role === 'Lead').map((sibling) => sibling.unit.id);
}

test('an event is forbidden to exactly those whom the table does not name', async () => {
  const lifecycle = JSON.parse(readFileSync(path.join(root, 'workflows/lifecycles/assignment.json'), 'utf8'));
  const events = new Set();
  const collect = (state) => {
    for (const name of Object.keys(state.on ?? {})) events.add(name);
    for (const child of Object.values(state.states ?? {})) collect(child);
  };
  collect(lifecycle);
  const fields = {
    report: {progress: 10}, 'closeout.apply': {summary: 'x'}, 'closeout.return': {reason: 'x'}, 'closeout.reject': {reason: 'x'},
    'closeout.object': {reason: 'x'}, 'reinspect.reopen': {reason: 'x'}, 'extension.refuse': {reason: 'x'}, urge: {text: 'x'},
    'extension.request': {due: '2024-12-01', reason: 'x'},
  };
  for (const item of [lone, led]) {
    const leads = await lead_units(item);
    for (const username of Object.keys(people))
      for (const event of events) {
        if (event === 'cancel' && allowed(table.events, event, username, item, leads)) continue;  // it would end the walk
        const answer = await (await county.as(username)).event(item.id, event, fields[event] ?? {});
        const may = allowed(table.events, event, username, item, leads);
        if (may)
          assert.notEqual(answer.status, 403, `${username} may ${event} ${item.unit.id}'s share: ${JSON.stringify(answer.body)}`);
        else
          assert.equal(answer.status, 403, `${username} may not ${event} ${item.unit.id}'s share: ${JSON.stringify(answer.body)}`);
      }
  }
});

test('nobody sends anything to an item that is not there', async () => {
  for (const username of Object.keys(people)) {
    const person = await county.as(username);
    const answer = await person.post('/items/999999999/events', {type: 'accept'}, {'if-match': '"1"'});
    assert.equal(answer.status, 404, username);
  }
});

test('a read is forbidden to exactly those whom the table does not name', async () => {
  const owner = await county.as('owner-zuzhibu');
  const attached = await owner.attach(lone.id, '走访照片.png', photo);
  assert.equal(attached.status, 201, JSON.stringify(attached.body));
  const leads = await lead_units(lone);
  const reads = {
    [`/items/${lone.id}`]: 'item', [`/items/${lone.id}/actions`]: 'item', [`/items/${lone.id}/history`]: 'history',
    [`/evidence/${attached.body.sha256}`]: 'evidence', [`/evidence/${attached.body.sha256}/picture`]: 'evidence',
  };
  for (const username of Object.keys(people))
    for (const [where, what] of Object.entries(reads)) {
      const {status} = await (await county.as(username)).get(where);
      const expected = allowed(table.reads, what, username, lone, leads) ? 200 : 403;
      assert.equal(status, expected, `${username} reads ${where}`);
    }
});

// Who may ask each route at all; what a list shows is cut down to what its reader may read.
const everybody = Object.keys(people);
const routes = {
  'GET /me': everybody, 'GET /me/work': everybody, 'GET /me/calendars': everybody, 'GET /reviews': everybody, 'GET /plans': everybody, 'GET /plans/{year}': everybody,
  'GET /plans/{year}/summary': everybody, 'GET /plans/{year}/timeliness': everybody, 'GET /items': everybody, 'GET /extensions': everybody, 'GET /units': everybody, 'GET /groups': everybody,
  'GET /participants': everybody, 'GET /notices': everybody, 'GET /journal/head': everybody, 'GET /openapi.json': everybody,
  'GET /journal/inclusion': everybody, 'GET /journal/consistency': everybody, 'GET /silences': everybody, 'GET /absences': everybody,
  'GET /reinspections': everybody.filter((username) => !['admin', 'security'].includes(username)),
  'GET /documents': everybody.filter((username) => !['admin', 'security'].includes(username)),
  'GET /documents/drafts': everybody.filter((username) => !['admin', 'security'].includes(username)),
  'GET /findings': everybody.filter((username) => !['admin', 'security'].includes(username)),
  'GET /findings/campaigns': everybody.filter((username) => !['admin', 'security'].includes(username)),
  'GET /journal/entries': everybody.filter((username) => !['admin', 'security'].includes(username)),
};
// Walked by other tests of this file or of its neighbours, with what they need.
const elsewhere = new Set([
  'POST /session', 'DELETE /session', 'GET /stream', 'GET /items/{id}', 'GET /items/{id}/actions', 'POST /items/{id}/events',
  'GET /items/{id}/history', 'GET /items/{id}/closeout-record', 'POST /items/{id}/evidence', 'GET /evidence/{sha256}', 'GET /evidence/{sha256}/picture',
  'POST /notices/{id}/acknowledge', 'POST /demo/clock', 'POST /silences', 'POST /silences/{id}/end', 'POST /absences',
  'POST /absences/{id}/end', 'POST /items/{id}/erasures', 'POST /reviews', 'POST /reinspections', 'POST /documents', 'GET /documents/{id}', 'POST /me/calendars', 'DELETE /me/calendars',
  'POST /findings', 'GET /findings/{id}', 'GET /findings/{id}/similar', 'POST /findings/{id}/group', 'POST /findings/{id}/self-checks',
  'POST /units', 'PATCH /units/{id}', 'POST /participants',
  'PATCH /participants/{username}', 'POST /participants/{username}/invitation', 'POST /groups', 'PATCH /groups/{id}', 'POST /groups/{id}/members', 'POST /units/{id}/hand-over',
  'POST /participants/{username}/hand-over',
]);

test('every route of the description is walked', () => {
  const description = JSON.parse(readFileSync(path.join(root, 'web/api/openapi.json'), 'utf8'));
  const described = Object.entries(description.paths).flatMap(([where, methods]) =>
    Object.keys(methods).filter((method) => ['get', 'post', 'put', 'delete', 'patch'].includes(method))
      .map((method) => `${method.toUpperCase()} ${where}`));
  assert.deepEqual(described.filter((route) => !(route in routes) && !elsewhere.has(route)), []);
});

test('every route answers those it is for, and refuses the others and whoever is not signed in', async () => {
  const queries = {'/journal/inclusion': '?index=0&size=2', '/journal/consistency': '?from=1&to=2', '/findings/campaigns': '?plan=2024'};
  for (const [route, readers] of Object.entries(routes)) {
    const where = route.split(' ')[1].replace('{year}', '2024');
    for (const username of everybody) {
      const {status, body} = await (await county.as(username)).get(where + (queries[where] ?? ''));
      assert.equal(status, readers.includes(username) ? 200 : 403, `${username} ${where}: ${JSON.stringify(body).slice(0, 200)}`);
    }
    if (where === '/openapi.json') continue;  // the description itself is no secret
    const stranger = await fetch(`${county.base}/api/v1${where}${queries[where] ?? ''}`);
    assert.equal(stranger.status, 401, where);
  }
});

test('only the system administrator moves the clock, and nobody acknowledges for another', async () => {
  for (const username of everybody.filter((name) => name !== 'admin'))
    assert.equal((await (await county.as(username)).post('/demo/clock', {advance: 'P1D'})).status, 403, username);
  await (await county.as('coordinator')).must(lone.id, 'urge', {text: '请签收'});
  const owner = await county.as('owner-zuzhibu');
  const notice = (await owner.notices()).find((found) => found.item === lone.id && found.channel === 'inbox');
  assert.ok(notice, 'the urge is in the inbox');
  for (const username of everybody.filter((name) => name !== 'owner-zuzhibu')) {
    const {status} = await (await county.as(username)).post(`/notices/${notice.id}/acknowledge`, {});
    assert.ok(status === 403 || status === 404, `${username} acknowledges another's notice: ${status}`);
  }
});

test('pages keep to the same table', async () => {
  for (const username of everybody) {
    const person = await county.as(username);
    const page = async (where) => (await fetch(county.base + where, {headers: {cookie: person.cookie}, redirect: 'manual'})).status;
    assert.equal(await page(`/items/${lone.id}`), allowed(table.reads, 'item', username, lone, []) ? 200 : 403, `${username} opens the item`);
    assert.equal(await page('/items/999999999'), 404, `${username} opens what is not there`);
    for (const where of ['/findings', '/findings.csv'])
      assert.equal(await page(where), ['admin', 'security'].includes(username) ? 403 : 200, `${username} opens ${where}`);
    const registers = table.events.some((row) => row.name === 'finding.register' && people[username].includes(row.role));
    assert.equal(await page('/findings/new'), registers ? 200 : 403, `${username} opens the form for findings`);
    assert.equal(await page('/journal'), ['admin', 'security'].includes(username) ? 403 : 200, `${username} opens the journal`);
    for (const where of ['/', '/items', '/notices', '/lifecycles', '/closeouts']) assert.equal(await page(where), 200, `${username} opens ${where}`);
  }
  for (const where of ['/', '/items', `/items/${lone.id}`, '/desk', '/reviews', '/notices', '/closeouts', '/journal']) {
    const response = await fetch(county.base + where, {redirect: 'manual'});
    assert.equal(response.status, 303, `a stranger is sent from ${where} to sign in`);
    assert.match(response.headers.get('location'), /^\/sign-in/);
  }
});

test('behind TLS the session never travels in the clear', async () => {
  const config = path.join(county.folder, 'config.json');
  writeFileSync(config, JSON.stringify({public_url: 'https://xiaohao.county.example'}));
  await county.stop();
  await county.serve({options: ['--config', config]});
  const response = await fetch(`${county.base}/api/v1/session`, {
    method: 'POST', headers: {'content-type': 'application/json'}, body: JSON.stringify({username: 'leader', password: 'demo-leader'}),
  });
  assert.match(response.headers.get('set-cookie'), /; Secure/);
});
