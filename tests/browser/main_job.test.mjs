// The main job in a real browser, as three people: a unit, its first reviewer, an inspector. Debian's Chromium.

import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';

import {County, photo} from '../integration/server/county.mjs';
import {Screens, fits, phone, shot_path} from './screens.mjs';

let county, screens;

before(async () => {
  county = await County.open({rows: [1, 10]});
  screens = await Screens.open();
});
after(async () => {
  await screens?.close();
  await county?.close();
});

const sit_down = (username, viewport) => screens.sit_down(county.base, username, viewport);
const form = (page, event) => page.locator(`form:has(input[name="type"][value="${event}"])`).first();

async function send(page, event, fields = {}) {
  const here = form(page, event);
  const folded = page.locator('details:not([open])').filter({has: page.locator(`form:has(input[name="type"][value="${event}"])`)});
  while (await folded.count()) await folded.first().locator('summary').first().click();  // what is rarely wanted is folded away
  for (const [name, text] of Object.entries(fields)) await here.locator(`[name="${name}"]`).first().fill(String(text));
  await Promise.all([page.waitForNavigation(), here.locator('button[type="submit"]').last().click()]);
}

test('a unit does its share on a phone, it is returned once, an inspector verifies it, and the record shows it', async () => {
  const {id} = await county.share(10, 'zhujianju');
  const item = `${county.base}/items/${id}`;
  const owner = await sit_down('owner-zhujianju', phone);
  await owner.goto(`${county.base}/desk`);
  await owner.screenshot({path: shot_path('1-desk.png')});
  await owner.click(`a[href="/items/${id}"]`);
  await send(owner, 'accept');
  await send(owner, 'report', {progress: 60, text: '维修加固完成六成'});
  await owner.setInputFiles('input[name="file"]', {name: '验收照片.png', mimeType: 'image/png', buffer: photo});
  const upload = owner.locator('form:has(input[name="file"])').first();
  await Promise.all([owner.waitForNavigation(), upload.locator('button[type="submit"]').first().click()]);
  assert.match(await owner.textContent('main'), /验收照片\.png/);
  await send(owner, 'closeout.apply', {summary: '危房改造全部完成'});
  await owner.screenshot({path: shot_path('2-applied.png'), fullPage: true});
  assert.ok(await fits(owner), 'no sideways scrolling on a phone');

  const coordinator = await sit_down('coordinator');
  await coordinator.goto(`${county.base}/reviews`);
  assert.match(await coordinator.textContent('main'), /危房改造全部完成/);
  await coordinator.screenshot({path: shot_path('3-reviews.png')});
  await coordinator.goto(item);
  await send(coordinator, 'closeout.return', {reason: '缺验收表'});

  await owner.goto(`${county.base}/desk`);
  assert.match(await owner.textContent('main'), /缺验收表/);
  await owner.goto(item);
  await send(owner, 'closeout.apply', {summary: '已补验收表'});
  assert.equal(await form(owner, 'closeout.verify').count(), 0, 'nobody is offered to sign off his own work');
  await coordinator.goto(item);
  await send(coordinator, 'closeout.approve');

  const inspector = await sit_down('inspector');
  await inspector.goto(`${county.base}/reviews`);
  await inspector.click(`a[href="/items/${id}"]`);
  await send(inspector, 'closeout.verify', {text: '现场核查属实'});
  await county.clock({advance: 'P8D'});
  await inspector.goto(item);
  await inspector.screenshot({path: shot_path('4-closed.png'), fullPage: true});
  const record = await inspector.textContent('main');
  for (const words of ['已销号', '缺验收表', '现场核查属实', '维修加固完成六成']) assert.match(record, new RegExp(words));
});

test('four clicks on the clock turn 走访慰问 red, and its unit finds the urge in its inbox', async () => {
  const admin = await sit_down('admin');
  for (const step of ['month', 'month', 'week', 'week'])
    await Promise.all([admin.waitForNavigation(), admin.click(`button[name="advance"][value="${step}"]`)]);
  await admin.screenshot({path: shot_path('5-dashboard.png')});
  const leader = await sit_down('leader', phone);
  assert.match(await leader.textContent('#overdue'), /开展走访慰问/);
  const owner = await sit_down('owner-zuzhibu');
  await owner.goto(`${county.base}/notices`);
  assert.match(await owner.textContent('main'), /催办/);
  const waiting = await owner.locator('.notice.new').count();
  await Promise.all([owner.waitForNavigation(), owner.locator('.notice.new button').first().click()]);
  assert.equal(await owner.locator('.notice.new').count(), waiting - 1);
  await owner.screenshot({path: shot_path('6-notices.png')});
});

test('pages are in English when asked, and the browser had nothing to complain of', async () => {
  const leader = await sit_down('leader');
  await leader.goto(`${county.base}/?lang=en`);
  assert.match(await leader.textContent('nav'), /Overview/);
  assert.deepEqual(screens.complaints, []);
});
