// 全年, 以季度为单位: occurrences are made one at a time by the running server, and a changed calendar is what it runs by afterwards.

import assert from 'node:assert/strict';
import {writeFileSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {after, before, test} from 'node:test';

import {County, root, run} from './county.mjs';

let county;
before(async () => (county = await County.open()));
after(async () => await county.close());

async function meetings() {
  const {body} = await (await county.as('coordinator')).get('/items?plan=2024&kind=Occurrence&number=22&limit=200');
  return body.items;
}

test('a quarterly meeting stands for the quarter that runs and the next, not for the whole year', async () => {
  assert.deepEqual((await meetings()).map((item) => item.title), ['一季度工作调度和数据比对', '二季度工作调度和数据比对']);
});

test('the next quarter is made when one begins; the one that was missed stays open and red', async () => {
  await county.clock({to: '2024-04-08T09:00:00+08:00'});
  const quarters = await meetings();
  assert.deepEqual(quarters.map((item) => item.due), ['2024-03-31', '2024-06-30', '2024-09-30']);
  assert.equal(quarters[0].light, 'red');
  assert.notEqual(quarters[0].state, 'closed');
  assert.notEqual(quarters[1].light, 'red');
});

test('the page of an occurrence and its history are shown', async () => {
  const coordinator = await county.as('coordinator');
  const [, , third] = await meetings();
  const page = await fetch(`${county.base}/items/${third.id}`, {headers: {cookie: coordinator.cookie}});
  assert.equal(page.status, 200);
  const text = await page.text();
  assert.match(text, /周期任务/);
  assert.match(text, /按周期下达本期/);
});

test('a deadline that the leadership group changes is shown, done, and explained; the database verifies', async () => {
  const {id} = await county.share(10, 'zhujianju');
  const {parent} = await county.item(id);
  await county.stop();
  const change = ['change', '--db', county.db, '--phrase', `${parent}=11月底`, '--at', '2024-04-08T09:00:00+08:00', '--json'];
  const shown = JSON.parse((await run(...change)).out);
  assert.equal(shown.dues.find((due) => due.item === id).after, '2024-11-30');
  const forbidden = await run(...change, '--commit', '--as', 'coordinator');
  assert.equal(forbidden.code, 2);
  assert.match(forbidden.err, /leadership group/);
  const done = await run(...change, '--commit', '--as', 'leader');
  assert.equal(done.code, 0, done.err);
  assert.deepEqual(JSON.parse(done.out).steps, shown.steps);

  const calendar = JSON.parse(readFileSync(path.join(root, 'workflows/calendars/cn-2024-2026.json'), 'utf8'));
  calendar.years[0].holidays.push({name: '县庆', date: '2024-11-26'});
  const file = path.join(county.folder, 'calendar.json');
  writeFileSync(file, JSON.stringify(calendar));
  const moved = await run('change', '--db', county.db, '--calendar', file, '--at', '2024-04-08T09:00:00+08:00', '--commit', '--as', 'leader', '--json');
  assert.equal(moved.code, 0, moved.err);
  const steps = JSON.parse(moved.out).steps.filter((step) => step.item === id);
  assert.ok(steps.length > 0, 'reminders before 30 November come a working day earlier');

  await county.serve({clock: '2024-04-08T09:00:00+08:00'});
  const item = await county.item(id);
  assert.equal(item.due, '2024-11-30');
  assert.equal(item.original_due, '2024-10-31');
  const why = item.why.dates.find((reason) => reason.name === 'due');
  assert.equal(why.phrase, '11月底');
  assert.match(why.rule, /changed on 2024-04-08/);
  const verified = await run('verify', '--db', county.db, '--json');
  assert.equal(verified.code, 0, verified.out + verified.err);
});
