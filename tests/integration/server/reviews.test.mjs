// What the procedure has besides the straight way: a share that is not the unit's own, a return with a day of its own, more time asked
// for in words and granted by whoever may, applications decided in one go, punctuality, and a draw that anybody can repeat.

import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {after, before, test} from 'node:test';

import {County, photo} from './county.mjs';

let county;
before(async () => (county = await County.open({rows: [1]})));
after(async () => await county.close());

const owner_of = async (unit) => await county.as(`owner-${unit}`);
const stage = async (id) => (await county.item(id)).state.closeout;

async function applied(share) {
  const owner = await owner_of(share.unit.id);
  if (await stage(share.id) === 'issued') await owner.must(share.id, 'accept');
  assert.equal((await owner.attach(share.id, `${share.unit.id}.png`, photo)).status, 201);
  await owner.must(share.id, 'closeout.apply', {summary: '全部完成'});
}

async function shares() {
  const {body} = await (await county.as('coordinator')).get('/items?plan=2024&kind=Assignment&number=1&limit=200');
  return body.items.filter((item) => item.state.closeout !== 'cancelled');
}

test('a unit sends back what is not its own, and the coordinator hands it to another or leaves it there', async () => {
  const all = await shares();
  const share = all.find((item) => item.role === 'Support');
  const owner = await owner_of(share.unit.id), coordinator = await county.as('coordinator');
  const taken = new Set(all.map((item) => item.unit.id));
  const free = (await coordinator.get('/units?limit=200')).body.items.find((unit) => !taken.has(unit.id));
  assert.equal((await owner.event(share.id, 'disown')).status, 400, 'a reason is needed');
  await owner.must(share.id, 'disown', {reason: '职能已划转'});
  assert.equal(await stage(share.id), 'disowned');
  assert.equal((await owner.event(share.id, 'disown.accept', {unit: free.id, reason: '自己说了算'})).status, 403);
  const waiting = (await coordinator.get('/reviews?limit=200')).body.items.find((item) => item.id === share.id);
  assert.ok(waiting.actions.includes('disown.accept'), 'it waits for the coordinator');
  await coordinator.must(share.id, 'disown.refuse', {reason: '三定方案没有变'});
  assert.equal(await stage(share.id), 'issued');

  await owner.must(share.id, 'disown', {reason: '附上划转文件'});
  for (const [unit, why] of [['no-such-unit', 'unknown'], [share.unit.id, 'its own'], [all.find((item) => item.id !== share.id).unit.id, 'one that has a share']]) {
    const answer = await coordinator.event(share.id, 'disown.accept', {unit, reason: '划转'});
    assert.equal(answer.status, 400, why);
    assert.equal(answer.body.errors[0].pointer, '/unit', why);
  }
  assert.equal((await coordinator.event(share.id, 'disown.accept', {reason: '划转'})).status, 400, 'a unit is needed');
  assert.equal(await stage(share.id), 'disowned', 'nothing has changed');
  await coordinator.must(share.id, 'disown.accept', {unit: free.id, reason: '划转文件属实'});
  assert.equal(await stage(share.id), 'cancelled');
  const after_ = await shares();
  const passed = after_.find((item) => item.unit.id === free.id);
  assert.ok(passed && passed.state.closeout === 'issued' && passed.role === share.role && passed.due === share.due);
  assert.equal(after_.length, all.length, 'the task has as many shares as before');
  const told = await (await owner_of(free.id)).notices();
  assert.ok(told.some((notice) => notice.item === passed.id && notice.step === 'handed_over'), 'the new unit is told');
});

test('a return sets a day of its own, which is looked at when it comes and ends with the next application', async () => {
  const share = (await shares()).find((item) => item.role === 'Lead');
  const owner = await owner_of(share.unit.id), coordinator = await county.as('coordinator');
  await applied(share);
  const past = await coordinator.event(share.id, 'closeout.return', {reason: '缺验收单', redo_by: '2023-12-31'});
  assert.equal(past.status, 422);
  assert.equal(past.body.errors[0].pointer, '/redo_by');
  await coordinator.must(share.id, 'closeout.return', {reason: '缺验收单', redo_by: '2024-01-05'});
  const returned = await county.item(share.id);
  assert.equal(returned.redo_by, '2024-01-05');
  assert.equal(returned.due, share.due, 'the due date stays');
  await county.clock({to: '2024-01-08T09:00:00+08:00'});
  assert.ok((await owner.notices()).some((notice) => notice.item === share.id && notice.step === 'redo_overdue'), 'its owner is told that it is late');
  await applied(share);
  assert.equal((await county.item(share.id)).redo_by, null);
});

test('more time is asked for in the words of a plan, and long extensions are the leadership group’s', async () => {
  const share = (await shares()).find((item) => item.role === 'Support' && item.state.closeout === 'issued');
  const owner = await owner_of(share.unit.id), coordinator = await county.as('coordinator');
  for (const [fields, pointer] of [[{due: '尽快'}, '/due'], [{phrase: '天晴以后'}, '/phrase'], [{due: '2024-03-10', phrase: '4月底'}, '/phrase'], [{due: '2024-02-31'}, '/due']]) {
    const answer = await owner.event(share.id, 'extension.request', {reason: '大雪封山', ...fields});
    assert.equal(answer.status, 400, JSON.stringify(fields));
    assert.equal(answer.body.errors[0].pointer, pointer, JSON.stringify(answer.body));
  }
  await owner.must(share.id, 'extension.request', {due: '10月底', reason: '大雪封山'});
  assert.equal((await county.item(share.id)).requested_due, '2024-10-31');
  const long = await coordinator.event(share.id, 'extension.grant');
  assert.equal(long.status, 403, JSON.stringify(long.body));
  await (await county.as('leader')).must(share.id, 'extension.grant');
  const extended = await county.item(share.id);
  assert.deepEqual([extended.due, extended.original_due], ['2024-10-31', share.due]);
  await owner.must(share.id, 'accept');

  const other = (await shares()).find((item) => item.role === 'Support' && item.state.closeout === 'issued');
  await (await owner_of(other.unit.id)).must(other.id, 'extension.request', {phrase: '3月10日前', reason: '等验收'});
  await coordinator.must(other.id, 'extension.grant');
});

test('applications are decided in one go, each by itself and once', async () => {
  const coordinator = await county.as('coordinator'), inspector = await county.as('inspector');
  const lead = (await shares()).find((item) => item.role === 'Lead');
  const supports = (await shares()).filter((item) => item.role === 'Support' && item.state.closeout === 'issued').slice(0, 2);
  for (const share of supports) await applied(share);
  await coordinator.must(lead.id, 'closeout.approve');
  const lead_owner = await owner_of(lead.unit.id);
  for (const share of supports) await lead_owner.must(share.id, 'closeout.approve');
  const now = await Promise.all([lead, ...supports].map(async ({id}) => ({id, version: (await county.item(id)).version})));

  for (const [body, pointer] of [
    [{type: 'closeout.verify', items: []}, '/items'], [{type: 'cancel', items: now}, '/type'], [{type: 'closeout.verify', items: [now[0], now[0]]}, '/items/1'],
    [{type: 'closeout.verify', items: [{id: 1}]}, '/items/0/version'], [{type: 'closeout.verify', items: now, who: 'inspector'}, '/who'],
  ]) {
    const answer = await inspector.post('/reviews', body);
    assert.equal(answer.status, 400, JSON.stringify(body));
    assert.equal(answer.body.errors[0].pointer, pointer, JSON.stringify(answer.body));
  }
  const forbidden = await lead_owner.post('/reviews', {type: 'closeout.verify', items: now});
  assert.deepEqual(forbidden.body.items.map((item) => item.status), [403, 403, 403]);
  const batch = {type: 'closeout.verify', text: '现场抽查属实', items: [now[0], {...now[1], version: now[1].version - 1}, now[2]]};
  const done = await inspector.post('/reviews', batch, {'idempotency-key': 'batch-1'});
  assert.deepEqual(done.body.items.map((item) => [item.id, item.status]), [[now[0].id, 200], [now[1].id, 412], [now[2].id, 200]]);
  const again = await inspector.post('/reviews', batch, {'idempotency-key': 'batch-1'});
  assert.deepEqual(again.body.items.map((item) => item.status), [200, 412, 200], 'sent twice, it counts once');
  assert.deepEqual(await Promise.all(now.map(({id}) => stage(id))), ['publicity', 'verification', 'publicity']);
  const {body} = await inspector.get(`/items/${now[0].id}/history?limit=200`);
  assert.equal(body.items.filter((entry) => entry.type === 'closeout.verify').length, 1);
  await inspector.must(now[1].id, 'closeout.verify');
});

test('a draw takes what was closed, cannot be known before, and anybody can repeat it', async () => {
  const inspector = await county.as('inspector');
  const wish = {plan: 2024, share_percent: 40, until: '2024-03-31'};
  assert.equal((await inspector.post('/reinspections', wish)).status, 409, 'nothing is closed yet');
  await county.clock({to: '2024-02-20T09:00:00+08:00'});
  assert.equal((await (await county.as('coordinator')).post('/reinspections', wish)).status, 403);
  for (const [body, pointer] of [[{...wish, until: '2024-01-01'}, '/until'], [{...wish, share_percent: 0}, '/share_percent'], [{...wish, plan: 2023}, '/plan'], [{...wish, seed: '00'}, '/seed']]) {
    const answer = await inspector.post('/reinspections', body);
    assert.equal(answer.status, 400);
    assert.equal(answer.body.errors[0].pointer, pointer, JSON.stringify(answer.body));
  }
  const head = (await inspector.get('/journal/head')).body;
  const made = await (await county.as('leader')).post('/reinspections', wish);
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const draw = made.body;
  assert.equal(draw.index, head.size);
  assert.equal(draw.seed, Buffer.from(head.root, 'base64').toString('hex'), 'the seed is the root that everybody could read before');
  assert.equal(draw.population.length, 3);
  const ticket = ({item, cycle}) => createHash('sha256').update(`xiaohao-draw/1\n${draw.seed}\n${item}\n${cycle}\n`).digest('hex');
  const expected = [...draw.population].sort((a, b) => (ticket(a) < ticket(b) ? -1 : 1)).slice(0, 2);
  assert.deepEqual(draw.drawn.map(({item, cycle}) => ({item, cycle})), expected);
  const told = (await inspector.notices()).map(({item, step}) => `${step} ${item}`);
  assert.ok(told.includes(`reinspection ${draw.drawn[0].item}`), told.join());

  await inspector.must(draw.drawn[0].item, 'reinspect.pass', {text: '仍然达标'});
  await inspector.must(draw.drawn[1].item, 'reinspect.reopen', {reason: '已经反弹'});
  const listed = (await inspector.get('/reinspections')).body.items;
  assert.deepEqual(listed[0].drawn.map((one) => one.state), ['stands', 'reopened']);
  assert.equal((await inspector.post('/reinspections', wish)).status, 409, 'what was in a draw is in no other');
});

test('punctuality is told in three classes that are never merged', async () => {
  await county.clock({to: '2024-03-12T09:00:00+08:00'});
  const {status, body} = await (await county.as('leader')).get('/plans/2024/timeliness');
  assert.equal(status, 200);
  const closed = (await shares()).filter((item) => item.state.closeout === 'closed');
  assert.equal(body.on_time + body.on_time_after_extension + body.late, closed.length);
  assert.equal(body.on_time, 2, JSON.stringify(body));
  assert.ok(body.open_overdue > 0);
  const page = await fetch(`${county.base}/extensions.csv`, {headers: {cookie: (await county.as('leader')).cookie}});
  assert.equal(page.status, 200);
  assert.match(await page.text(), /按期|On time/);
});
