// The escalation policy is changed on a page, while the server runs: previewed, refused, put in force.

import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';

import {County, run} from './county.mjs';

let county, policy, share;
before(async () => {
  county = await County.open({clock: '2024-10-08T08:30:00+08:00', rows: [10]});
  share = await county.share(10, 'zhujianju');
});
after(() => county.close());

const open = async (who, method = 'GET', fields) => {
  const person = await county.as(who);
  const answer = await fetch(`${county.base}/admin/policy`, {
    method, redirect: 'manual', headers: {cookie: person.cookie, ...(fields ? {'content-type': 'application/x-www-form-urlencoded'} : {})},
    body: fields && new URLSearchParams({csrf_token: person.csrf, ...fields}),
  });
  return {status: answer.status, text: await answer.text(), where: answer.headers.get('location')};
};
const size = async () => (await (await county.as('auditor')).get('/journal/head')).body.size;
const decoded = (text) => text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
const sooner = () => {
  const changed = structuredClone(policy);
  changed.escalation.ladders[0].steps.find(({id}) => id === 'urge').offset = {working_days: 2};
  changed.escalation.heads = {channels: ['inbox'], pace: 'morning'};
  return JSON.stringify(changed);
};

test('leaders and the coordinator see the policy that is in force, and others do not', async () => {
  for (const who of ['owner-zhujianju', 'inspector', 'auditor', 'admin']) assert.equal((await open(who)).status, 403, who);
  const {status, text} = await open('leader');
  assert.equal(status, 200);
  policy = JSON.parse(decoded(text.match(/<textarea[^>]*>([\s\S]*?)<\/textarea>/)[1]));
  assert.equal(policy.$schema, 'xiaohao-policy/1');
  assert.ok(!(await open('coordinator')).text.includes('value="adopt"'), 'only who may change it is offered to');
});

test('a preview says what would be others, on everything open and on one item, and changes nothing', async () => {
  const before_ = await size();
  const {status, text} = await open('coordinator', 'POST', {do: 'preview', policy: sooner(), item: String(share.id)});
  assert.equal(status, 200);
  assert.match(text, /[1-9]\d* 个待到期步骤/);
  assert.ok(text.includes('若无人办理') && text.includes('安居扶贫'));
  assert.equal(await size(), before_);
});

test('a wrong policy is refused with its places, and stays in the form', async () => {
  const wrong = structuredClone(policy);
  wrong.escalation.ladders[0].steps[0].to = ['mayor'];
  const before_ = await size();
  for (const [document, pointer] of [[JSON.stringify(wrong), '/escalation/ladders/0/steps/0/to'], ['{', ''], ['{"$schema":"xiaohao-policy/1"}', '/escalation']])
    for (const action of ['preview', 'adopt']) {
      const {status, text} = await open('leader', 'POST', {do: action, policy: document});
      assert.equal(status, 400);
      assert.ok(text.includes(pointer) && text.includes('未生效'), pointer);
    }
  assert.equal(await size(), before_);
});

test('only who may change the rules puts one in force, and not by a form that is forged', async () => {
  const before_ = await size();
  assert.equal((await open('coordinator', 'POST', {do: 'adopt', policy: sooner()})).status, 403);
  assert.equal((await open('owner-zhujianju', 'POST', {do: 'preview', policy: sooner()})).status, 403);
  assert.equal((await open('leader', 'POST', {do: 'adopt', policy: sooner(), csrf_token: 'forged'})).status, 403);
  assert.equal(await size(), before_);
});

test('what is put in force counts at once, is journalled, and counts after the next start', async () => {
  const urged = async () => (await (await county.as('owner-zhujianju')).get('/notices?limit=200')).body.items.find(({item, step}) => item === share.id && step === 'urge');
  const {status, where} = await open('leader', 'POST', {do: 'adopt', policy: sooner()});
  assert.equal(status, 303, 'put in force');
  assert.equal(where, '/admin/policy');
  const entries = (await (await county.as('auditor')).get(`/journal/entries?from=${Math.max(0, (await size()) - 50)}&limit=50`)).body.items;
  assert.ok(entries.some(({entry}) => entry.type === 'rules.changed'));
  await county.clock({to: '2024-11-01T12:00:00+08:00'});  // due on 31 October
  assert.equal(await urged(), undefined, 'not on the first working day any more');
  const heads = async () => (await (await county.as('auditor')).get('/notices?recipient=auditor&step=journal_head&limit=200')).body.items;
  assert.ok((await heads()).some(({channel}) => channel === 'inbox'), 'the journal\'s heads go by the new channels at once');
  await county.stop();
  await county.serve({clock: '2024-11-01T12:00:00+08:00'});
  await county.clock({to: '2024-11-04T12:00:00+08:00'});
  assert.ok(await urged(), 'on the second');
  assert.deepEqual(JSON.parse(decoded((await open('leader')).text.match(/<textarea[^>]*>([\s\S]*?)<\/textarea>/)[1])).escalation.ladders[0].steps.find(({id}) => id === 'urge').offset, {working_days: 2});
  assert.equal((await run('verify', '--db', county.db)).code, 0);
});
