// The main job, end to end, over HTTP: what a county does with one item, and what happens to another by itself.

import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';

import {County, photo} from './county.mjs';

let county;
before(async () => (county = await County.open()));
after(async () => await county.close());

test('the 24 items of 2024 are there with their deadlines', async () => {
  const leader = await county.as('leader');
  const {body} = await leader.get('/items?plan=2024&kind=Task&limit=200');
  assert.equal(body.items.length, 24);
  const due = Object.fromEntries(body.items.map((item) => [item.title, item.due]));
  assert.equal(due['开展走访慰问'], '2024-02-29');
  assert.equal(due['贫困人口减贫'], '2024-09-15');
  assert.equal(due['易地扶贫搬迁工程'], '2024-09-30');
  assert.equal(due['扶贫督导'], '2024-12-31');
  assert.ok(body.items[3].doubts.some((doubt) => doubt.includes('551')), 'the doubtful target stays in sight');
});

test('a share goes from issue to close-out, is returned once on the way, and the record shows who did what', async () => {
  const {id} = await county.share(10, 'zhujianju');
  const owner = await county.as('owner-zhujianju');
  const coordinator = await county.as('coordinator');
  const inspector = await county.as('inspector');

  await coordinator.must(id, 'urge', {text: '请尽快签收'});
  assert.ok((await owner.notices()).some((notice) => notice.item === id), 'the urge is in the inbox');
  await owner.must(id, 'accept');
  await owner.must(id, 'report', {progress: 60, text: '维修加固完成六成'});

  const without_evidence = await owner.event(id, 'closeout.apply', {summary: '全部完成'});
  assert.equal(without_evidence.status, 422);
  assert.match(without_evidence.body.detail, /evidence/);

  const attached = await owner.attach(id, '验收照片.png', photo, '验收现场');
  assert.equal(attached.status, 201);
  assert.equal(attached.body.media_type, 'image/png');
  await owner.must(id, 'closeout.apply', {summary: '全部完成', evidence: [attached.body.sha256]});
  await coordinator.must(id, 'closeout.return', {reason: '缺验收表'});
  const returned = await county.item(id);
  assert.equal(returned.stage, 'in_progress');
  assert.ok((await owner.notices()).some((notice) => notice.item === id && notice.body.includes('缺验收表')), 'the reason reaches the unit');

  await owner.must(id, 'closeout.apply', {summary: '已补验收表'});
  await coordinator.must(id, 'closeout.approve');
  const self = await owner.event(id, 'closeout.verify');
  assert.equal(self.status, 403, 'nobody signs off his own work');
  await inspector.must(id, 'closeout.verify', {text: '现场核查属实'});
  assert.equal((await county.item(id)).stage, 'publicity');
  await county.clock({advance: 'P8D'});
  const closed = await county.item(id);
  assert.equal(closed.stage, 'closed');
  assert.equal(closed.light, 'grey');

  const {body} = await inspector.get(`/items/${id}/history?limit=200`);
  const told = body.items.map((entry) => [entry.actor, entry.type]);
  for (const line of [['coordinator', 'urge'], ['owner-zhujianju', 'accept'], ['owner-zhujianju', 'report'], ['owner-zhujianju', 'evidence.attach'],
    ['owner-zhujianju', 'closeout.apply'], ['coordinator', 'closeout.return'], ['coordinator', 'closeout.approve'], ['inspector', 'closeout.verify']])
    assert.ok(told.some((entry) => entry[0] === line[0] && entry[1] === line[1]), `${line} is in the record`);
  const download = await inspector.get(`/evidence/${attached.body.sha256}`);
  assert.equal(download.status, 200);
  assert.match(download.headers.get('content-disposition'), /^attachment/);
});

test('what nobody does turns yellow, then red, and climbs the ladder by itself', async () => {
  const {id} = await county.share(1, 'zuzhibu');
  assert.notEqual((await county.item(id)).light, 'red');
  await county.clock({to: '2024-02-23T12:00:00+08:00'});
  assert.equal((await county.item(id)).light, 'yellow');
  await county.clock({to: '2024-03-15T12:00:00+08:00'});
  assert.equal((await county.item(id)).light, 'red');

  const auditor = await county.as('auditor');
  const steps = new Set((await auditor.notices(`&item=${id}`)).filter((notice) => notice.state === 'sent').map((notice) => notice.step));
  for (const step of ['remind', 'urge', 'supervise', 'circulate']) assert.ok(steps.has(step), `${step} has gone out; there are ${[...steps]}`);
  const leader = await county.as('leader');
  assert.ok((await leader.notices()).some((notice) => notice.item === id && notice.step === 'circulate'));
  const owner = await county.as('owner-zuzhibu');
  const urged = (await owner.notices()).find((notice) => notice.item === id && notice.step === 'urge');
  assert.equal(urged.planned_for, '2024-03-01T08:37:00.000+08:00', 'the first working morning after 29 February');
  assert.equal((await owner.post(`/notices/${urged.id}/acknowledge`, {})).status, 200);
});

test('the dashboard names what is overdue and whose it is', async () => {
  const leader = await county.as('leader');
  const response = await fetch(`${county.base}/`, {headers: {cookie: leader.cookie}});
  assert.equal(response.status, 200);
  const page = await response.text();
  assert.match(page, /开展走访慰问/);
  assert.match(page, /县委组织部/);
  for (const campaign of ['春季整改', '夏季提升', '秋冬巩固']) assert.match(page, new RegExp(campaign));
});
