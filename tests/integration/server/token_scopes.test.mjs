// An access token does what its scopes say, and never more than its owner may.

import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {after, before, test} from 'node:test';

import {County, root, run} from './county.mjs';

let county, share;
const tokens = {};

before(async () => {
  county = await County.open({rows: [10]});
  share = (await county.share(10, 'zhujianju')).id;
  await county.stop();
  for (const [name, owner, scopes] of [['read', 'owner-zhujianju', 'read'], ['items', 'owner-zhujianju', 'items'], ['plan', 'owner-zhujianju', 'plan'],
    ['admin', 'owner-zhujianju', 'admin'], ['all', 'owner-zhujianju', 'read,items,plan,admin'], ['clock', 'admin', 'admin'], ['half', 'admin', 'read,items,plan']]) {
    const made = await run('token', 'create', owner, '--db', county.db, '--name', name, '--scopes', scopes, '--days', '30');
    assert.equal(made.code, 0, made.err);
    tokens[name] = made.out.trim();
  }
  await county.serve();
});
after(async () => await county.close());

const ask = async (name, method, where, body) => {
  const response = await fetch(`${county.base}${where.startsWith('/api') ? '' : '/api/v1'}${where}`, {method, redirect: 'manual',
    headers: {authorization: `Bearer ${tokens[name]}`, 'if-match': '"1"', ...(body ? {'content-type': 'application/json'} : {})}, body: body && JSON.stringify(body)});
  const text = await response.text();
  return {status: response.status, lacks: response.headers.get('www-authenticate'), detail: text.includes('lacks the scope') ? text : ''};
};

test('what a scope does not cover is refused, and the answer names the one that is lacking', async () => {
  for (const name of ['read', 'items', 'plan', 'admin', 'all']) assert.equal((await ask(name, 'GET', `/items/${share}`)).status, 200, `${name} reads`);
  const accept = {type: 'accept'};
  for (const name of ['read', 'plan', 'admin']) {
    const {status, lacks, detail} = await ask(name, 'POST', `/items/${share}/events`, accept);
    assert.equal(status, 403, name);
    assert.match(lacks, /error="insufficient_scope", scope="items"/);
    assert.match(detail, /lacks the scope items/);
  }
  assert.equal((await county.item(share)).version, 1, 'nothing has changed');
  assert.equal((await ask('items', 'POST', `/items/${share}/events`, accept)).status, 200);
  const absence = {substitute: 'head-zhujianju', first: '2024-01-03', last: '2024-01-05'};
  assert.match((await ask('items', 'POST', '/absences', absence)).lacks, /scope="plan"/);
  assert.equal((await ask('plan', 'POST', '/absences', absence)).status, 201);
});

test('a scope gives no right that the owner has not', async () => {
  for (const [where, body] of [['/demo/clock', {advance: 'P1D'}], ['/units', {id: 'x', name: '某局', kind: 'agency'}],
    ['/participants', {username: 'x', name: '某人', roles: ['Leader']}], ['/silences', {unit: 'zhujianju', reason: 'x', until: '2024-01-10T00:00:00+08:00'}]]) {
    const {status, lacks} = await ask('all', 'POST', where, body);
    assert.deepEqual([status, lacks], [403, null], where);
  }
});

test('whatever changes something and is in no table needs the scope admin', async () => {
  assert.match((await ask('half', 'POST', '/demo/clock', {advance: 'P1D'})).lacks, /scope="admin"/);
  assert.equal((await ask('clock', 'POST', '/demo/clock', {advance: 'P1D'})).status, 200);
  // Every changing route of the description, by a token that only reads: it comes nowhere.
  const description = JSON.parse(readFileSync(path.join(root, 'web/api/openapi.json'), 'utf8'));
  for (const [where, methods] of Object.entries(description.paths))
    for (const method of Object.keys(methods).filter((name) => ['post', 'patch', 'put', 'delete'].includes(name))) {
      if (where === '/session') continue;  // it is for those who are not signed in yet
      const {status, lacks} = await ask('read', method.toUpperCase(), where.replaceAll(/\{[^}]+\}/g, '1'), method === 'delete' ? undefined : {});
      assert.deepEqual([status, lacks !== null], [403, true], `${method} ${where}`);
    }
  // And the pages' own forms.
  for (const where of ['/account/tokens', '/sign-out', `/items/${share}/events`, '/admin/organisation/units']) {
    const response = await fetch(county.base + where, {method: 'POST', redirect: 'manual', headers: {authorization: `Bearer ${tokens.read}`}, body: new URLSearchParams({name: 'x'})});
    assert.equal(response.status, 403, where);
  }
});

test('a token without a scope, or with one that nobody knows, is not made', async () => {
  await county.stop();
  for (const words of [['--scopes', ''], ['--scopes', 'everything'], ['--scopes', 'read,']]) {
    const made = await run('token', 'create', 'leader', '--db', county.db, '--name', 'x', ...words);
    assert.equal(made.code, 2, words.join(' '));
  }
  const listed = JSON.parse((await run('token', 'list', 'admin', '--db', county.db, '--json')).out).items;
  assert.deepEqual(listed.map((token) => token.scopes).sort(), ['admin', 'read items plan']);
});
