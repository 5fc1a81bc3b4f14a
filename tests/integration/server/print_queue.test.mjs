// A unit that is reached by paper only: its supervision waits in the print queue, one sheet a unit, until somebody has printed it.

import assert from 'node:assert/strict';
import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {after, before, test} from 'node:test';

import {County, root, run} from './county.mjs';

let county;
before(async () => {
  county = await County.make({rows: [1]});
  await county.serve({clock: '2024-01-02T08:30:00+08:00'});  // who is who
  await county.stop();
  const policy = JSON.parse(readFileSync(path.join(root, 'workflows/policies/escalation.json'), 'utf8'));
  policy.escalation.ladders[0].steps.find(({id}) => id === 'supervise').channels = ['print'];
  const file = path.join(county.folder, 'policy.json');
  writeFileSync(file, JSON.stringify(policy));
  const changed = await run('change', '--db', county.db, '--policy', file, '--at', '2024-01-02T08:30:00+08:00', '--commit', '--as', 'leader');
  assert.equal(changed.code, 0, changed.err);
  await county.serve({clock: '2024-03-06T12:00:00+08:00'});  // items of 29 February are late by four working days
});
after(() => county.close());

const open = async (who, fields) => {
  const person = await county.as(who);
  const answer = await fetch(`${county.base}/notices/print`, {method: fields ? 'POST' : 'GET', redirect: 'manual', headers: {cookie: person.cookie},
    body: fields && new URLSearchParams({csrf_token: person.csrf, ...fields})});
  return {status: answer.status, text: await answer.text(), flash: decodeURIComponent(answer.headers.get('set-cookie') ?? '')};
};
const printed = async (who = 'auditor') => (await (await county.as(who)).get('/notices?channel=print&limit=200')).body.items;

test('what waits is one sheet for each unit, for the coordinator', async () => {
  for (const who of ['leader', 'inspector', 'auditor', 'admin', 'owner-zuzhibu']) assert.equal((await open(who)).status, 403, who);
  const {status, text} = await open('coordinator');
  assert.equal(status, 200);
  const waiting = (await printed()).filter(({state}) => state === 'planned');
  assert.ok(waiting.length >= 2, `${waiting.length} wait`);
  const keys = [...text.matchAll(/name="key" value="([^"]+)"/g)].map(([, key]) => key);
  assert.ok(keys.length > 0 && new Set(keys).size === keys.length && keys.length <= waiting.length);
  assert.equal([...text.matchAll(/<h2>回执/g)].length, keys.length);
});

test('a monitor is told how many notices are in each state, and how many wait although they are due', async () => {
  const auditor = await county.as('auditor');
  const counted = {};
  let due = 0, oldest = Infinity;
  const now = Date.parse('2024-03-06T12:00:00+08:00');
  for (let cursor = ''; cursor !== null;) {
    const {body} = await auditor.get(`/notices?limit=200${cursor && `&cursor=${cursor}`}`);
    for (const {state, planned_for} of body.items) {
      counted[state] = (counted[state] ?? 0) + 1;
      if (!['planned', 'failed'].includes(state)) continue;
      if (Date.parse(planned_for) <= now) ++due;
      oldest = Math.min(oldest, Date.parse(planned_for));
    }
    cursor = body.next;
  }
  const text = await (await fetch(`${county.base}/metrics`)).text();
  const metric = (name) => Number(text.match(new RegExp(`^${name.replace(/[{}]/g, '\\$&')} (.*)$`, 'm'))[1]);
  for (const state of ['planned', 'sending', 'sent', 'failed', 'dead', 'withheld']) assert.equal(metric(`xiaohao_notices{state="${state}"}`), counted[state] ?? 0, state);
  assert.ok(due > 0, 'paper waits');
  assert.equal(metric('xiaohao_notices_due'), due);
  assert.equal(metric('xiaohao_notice_oldest_waiting_seconds'), (now - oldest) / 1000);
});

test('whoever has printed a sheet says so, once, and the ledger knows who', async () => {
  const [key] = [...(await open('coordinator')).text.matchAll(/name="key" value="([^"]+)"/g)].map((found) => found[1]);
  const before_ = (await printed()).filter(({state}) => state === 'planned').length;
  await open('owner-zuzhibu', {key});
  await open('leader', {key});
  assert.equal((await printed()).filter(({state}) => state === 'planned').length, before_, 'nobody else can');
  assert.equal((await open('coordinator', {key})).status, 303);
  const sent = (await printed()).filter(({state}) => state === 'sent');
  assert.ok(sent.length > 0 && sent.length + (await printed()).filter(({state}) => state === 'planned').length === before_);
  assert.ok(sent.every(({receipt}) => receipt === 'printed by coordinator'), JSON.stringify(sent[0]));
  assert.ok(!(await open('coordinator')).text.includes(`value="${key}"`));
  await open('coordinator', {key});
  assert.equal((await printed()).filter(({state}) => state === 'sent').length, sent.length, 'a second time changes nothing');
  assert.equal((await run('verify', '--db', county.db)).code, 0);
});
