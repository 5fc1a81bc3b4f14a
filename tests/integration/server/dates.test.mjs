// "Why this date?": each date of an item with its phrase, rule, calendar and instant, in the API and on the page.

import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';

import {County} from './county.mjs';

let county;
before(async () => (county = await County.open()));
after(async () => await county.close());

const of = (item, name) => item.why.dates.find((reason) => reason.name === name);

test('a due date says which phrase it comes from, by which rule, and when it ends', async () => {
  const {id} = await county.share(10, 'zhujianju');
  const item = await county.item(id);
  const due = of(item, 'due');
  assert.equal(due.date, item.due);
  assert.equal(due.phrase, '10月底');
  assert.equal(new Date(due.instant).toISOString(), '2024-10-31T16:00:00.000Z', 'the end of the day in Shanghai');
  assert.match(due.rule, /last day/);
  assert.deepEqual(item.why.calendars.map(({year, known}) => ({year, known})), [{year: 2024, known: true}]);
  assert.match(item.why.calendars[0].source, /2024年部分节假日安排/);
});

test('a checkpoint of a whole year says which period of which rule it is', async () => {
  const coordinator = await county.as('coordinator');
  const {body} = await coordinator.get('/items?plan=2024&kind=Occurrence&limit=200');
  const quarter = body.items.find((item) => item.phrase === '全年');
  const item = await county.item(quarter.id);
  assert.match(of(item, 'due').rule, /FREQ=MONTHLY;BYMONTH=3,6,9,12/);
});

test('a date that an extension moved says so, and keeps the one that was promised', async () => {
  const {id} = await county.share(10, 'zhujianju');
  const owner = await county.as('owner-zhujianju');
  await owner.must(id, 'accept');
  await owner.must(id, 'extension.request', {due: '2024-11-29', reason: '连续降雨'});
  await (await county.as('leader')).must(id, 'extension.grant');
  const item = await county.item(id);
  assert.equal(of(item, 'due').date, '2024-11-29');
  assert.match(of(item, 'due').rule, /2024-10-31/);
  assert.equal(of(item, 'due').phrase, '');
  assert.equal(of(item, 'original_due').date, '2024-10-31');
  const page = await fetch(`${county.base}/items/${id}`, {headers: {cookie: owner.cookie}});
  assert.equal(page.status, 200);
  const text = await page.text();
  assert.match(text, /2024-11-29 24:00/, "as a clerk says it, not the midnight of the next day");
  assert.match(text, /经批准的延期，原定 2024-10-31/);
});
