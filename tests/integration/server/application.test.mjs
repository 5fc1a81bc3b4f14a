// What an application for close-out demands and what it explains.

import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';

import {County, photo} from './county.mjs';

let county;
before(async () => (county = await County.open({rows: [10]})));
after(async () => await county.close());

const page_of = async (person, where) => await (await fetch(county.base + where, {headers: {cookie: person.cookie}})).text();

test('whoever applies is told all that is missing at once: evidence stands in the way, milestones and figures are explained', async () => {
  const {id} = await county.share(10, 'zhujianju');
  const owner = await county.as('owner-zhujianju'), coordinator = await county.as('coordinator');
  await owner.must(id, 'accept');
  const apply = async () => (await owner.get(`/items/${id}/actions`)).body.items.find((action) => action.type === 'closeout.apply');
  assert.equal((await apply()).blocked_by.length, 1, 'no evidence yet');
  assert.equal((await apply()).unfinished.length, 2);
  assert.match((await apply()).unfinished.join(), /milestone open: .*figure not reported: 存量危房改造方案覆盖 >= 1500 户/);
  await owner.must(id, 'report', {progress: 80, indicators: {'存量危房改造方案覆盖': 1200}});
  assert.match((await apply()).unfinished.join(), /not reached.*reported 1200/);
  await owner.must(id, 'report', {progress: 90, indicators: {'存量危房改造方案覆盖': 1500}});
  await owner.must(id, 'report', {progress: 95, text: '收尾'});
  assert.equal((await apply()).unfinished.length, 1, 'the milestone; a figure that a report leaves out stays as it was told');
  const {body} = await coordinator.get('/items?plan=2024&kind=Milestone&number=10&limit=200');
  const milestone = body.items.find((item) => item.unit.id === 'zhujianju').id;
  assert.equal((await owner.attach(milestone, 'plan.png', photo)).status, 201);
  await owner.must(milestone, 'complete', {summary: '方案已印发'});
  assert.equal((await owner.attach(id, 'share.png', photo)).status, 201);
  const page = await page_of(owner, `/items/${id}`);
  assert.match(page, /请在“完成情况”中说明[^]*节点未完成/);
  await owner.must(id, 'closeout.apply', {summary: '节点待确认'});
  assert.match(await page_of(coordinator, '/reviews'), /节点待确认[^]*尚未完成：[^]*节点未完成/);
  assert.match(await page_of(coordinator, `/items/${id}`), /id="claim"[^]*存量危房改造方案覆盖 &gt;= 1500 户，已报 <strong>1500</);
  await coordinator.must(milestone, 'confirm');
  assert.doesNotMatch(await page_of(coordinator, '/reviews'), /节点未完成/);
});
