// A finding in a real browser: registered on a form, its like grouped and looked for at sister units, read on a phone, printed across.

import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';

import {County} from '../integration/server/county.mjs';
import {Screens, fits, phone, shot_path} from './screens.mjs';

let county, screens;

before(async () => {
  county = await County.open({clock: '2024-03-06T09:00:00+08:00', rows: [10]});
  screens = await Screens.open();
});
after(async () => {
  await screens?.close();
  await county?.close();
});

const sit_down = (username, viewport) => screens.sit_down(county.base, username, viewport);
const shot = (page, name) => page.screenshot({path: shot_path(`findings-${name}.png`), fullPage: true});
const press = async (page, button) => Promise.all([page.waitForNavigation(), button.click()]);

async function register(page, fields, unit) {
  await page.goto(`${county.base}/findings/new`);
  for (const [name, text] of Object.entries(fields)) await page.fill(`[name="${name}"]`, text);
  await page.selectOption('[name="unit"]', unit);
  await press(page, page.locator('main form button.primary'));
}

test('a coordinator registers findings, groups two of a kind and sends self-checks; a unit reads its own on a phone', async () => {
  const coordinator = await sit_down('coordinator');
  await register(coordinator, {source: '中央专项巡视', reference: '2.1', title: '危房改造验收把关不严', problem: '部分危房改造户验收单签字不全，验收照片缺失。', measures: '逐户复核验收资料', deadline: '很快'}, 'zhujianju');
  assert.ok(await coordinator.locator('.fault').count() > 0, 'what is wrong stands beside its field');
  await shot(coordinator, 'form-fault');
  await coordinator.fill('[name="deadline"]', '5月底');
  await press(coordinator, coordinator.locator('main form button.primary'));
  const first = new URL(coordinator.url()).pathname;
  await register(coordinator, {source: '审计', reference: '审2024-7', title: '危房改造档案验收照片缺失', problem: '危房改造户验收照片缺失，签字不全。', deadline: '立行立改'}, 'songshizhen');
  assert.match(await coordinator.textContent('#finding'), /可能同类/);
  await press(coordinator, coordinator.locator('#finding button:has-text("归为同类")').first());
  assert.match(await coordinator.textContent('#finding'), /同类问题/);
  await coordinator.goto(county.base + first);
  await coordinator.click('#finding summary:has-text("举一反三")');
  for (const unit of ['fupinban', 'minzhengju']) await coordinator.check(`[name="unit.${unit}"]`);
  await coordinator.fill('#finding [name="deadline"]', '15日内');
  await coordinator.fill('#finding textarea[name="text"]', '对照自查危房改造验收资料，缺签字、缺照片的补齐。');
  await shot(coordinator, 'item');
  await press(coordinator, coordinator.locator('#finding button:has-text("推送")').last());
  assert.match(await coordinator.textContent('#finding'), /举一反三自查[^]*县民政局/);
  await coordinator.goto(`${county.base}/findings`);
  assert.equal(await coordinator.locator('table.ledger tbody tr').count(), 4);
  assert.ok(await fits(coordinator));
  await shot(coordinator, 'ledger');
  await coordinator.emulateMedia({media: 'print'});
  assert.equal(await coordinator.locator('.filters').isVisible(), false);
  await coordinator.pdf({path: shot_path('findings-ledger.pdf'), preferCSSPageSize: true});

  const owner = await sit_down('owner-zhujianju', phone);
  await owner.goto(`${county.base}/findings?unit=zhujianju`);
  assert.ok(await fits(owner), 'no sideways scrolling on a phone');
  await shot(owner, 'ledger-phone');
  await owner.goto(county.base + first);
  assert.match(await owner.textContent('main'), /签收[^]*验收单签字不全/);
  assert.equal(await owner.locator('#finding form').count(), 0, 'grouping and pushing are not offered to a unit');
  assert.ok(await fits(owner));
  await shot(owner, 'item-phone');
  const leader = await sit_down('leader', phone);
  assert.match(await leader.textContent('#campaigns'), /反馈问题：列出 4/);
  assert.deepEqual(screens.complaints.filter((words) => !words.includes('400')), []);
});
