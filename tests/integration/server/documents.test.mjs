// Papers: what the ladder has put forward by June is drafted, signed by a leader, numbered and sent.

import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';

import {County, run} from './county.mjs';

let county, drafts, order;
before(async () => {
  county = await County.open({clock: '2024-06-03T08:30:00+08:00'});
});
after(() => county.close());

const list = async (who, where) => (await (await county.as(who)).get(where)).body.items;
const size = async () => (await (await county.as('auditor')).get('/journal/head')).body.size;
const sign = async (who, body) => (await county.as(who)).post('/documents', body);
const page = async (who, where) => {
  const answer = await fetch(`${county.base}${where}`, {headers: {cookie: (await county.as(who)).cookie}, redirect: 'manual'});
  return {status: answer.status, text: await answer.text()};
};

test('one draft waits for each unit and kind, whatever the number of its items', async () => {
  drafts = await list('leader', '/documents/drafts');
  assert.ok(drafts.some(({kind}) => kind === 'order') && drafts.some(({kind}) => kind === 'bulletin') && drafts.some(({kind}) => kind === 'summons'));
  const keys = drafts.map(({kind, unit}) => `${kind}/${unit}`);
  assert.equal(new Set(keys).size, keys.length);
  order = drafts.find(({kind}) => kind === 'order');
  assert.equal(order.number, null);
  assert.ok(order.content.items.every((item) => item.unit === order.unit && item.times >= 1));
  const {text} = await page('leader', `/documents/draft?kind=order&unit=${order.unit}`);
  assert.ok(text.includes('送审稿') && text.includes('签发并送达') && !text.includes('red-head'));
  const {text: seen} = await page('coordinator', `/documents/draft?kind=order&unit=${order.unit}`);
  assert.ok(seen.includes('送审稿') && !seen.includes('签发并送达'), 'others see it, and cannot sign');
  assert.equal((await page('admin', '/documents')).status, 403);
});

test('who may not sign, and what is not whole, changes nothing', async () => {
  const before_ = await size();
  const wish = {kind: 'order', unit: order.unit, demands: '倒排工期', reply_by: '2024-06-05'};
  for (const who of ['coordinator', 'inspector', 'auditor', 'admin', 'security', `owner-${order.unit}`]) assert.equal((await sign(who, wish)).status, 403, who);
  for (const [field, wrong] of [['kind', 'letter'], ['demands', ''], ['reply_by', 'soon'], ['reply_by', '2024-06-02'], ['colour', 'red']]) {
    const refused = await sign('leader', {...wish, [field]: wrong});
    assert.equal(refused.status, 400, field);
    assert.equal(refused.body.errors[0].pointer, `/${field}`);
  }
  assert.equal((await sign('leader', {...wish, kind: 'summons'})).body.errors[0].pointer, '/meeting');
  assert.equal((await sign('leader', {...wish, unit: 'nowhere'})).status, 409);
  assert.equal(await size(), before_);
});

test('a signed paper is numbered, journalled, sent to its unit, and printed as it was signed', async () => {
  const wish = {kind: 'order', unit: order.unit, demands: '倒排工期 <b>', reply_by: '2024-06-05', contact: '统筹办'};
  const before_ = await size();
  const answer = await sign('leader', wish);
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  assert.equal(answer.body.number, '督〔2024〕1号');
  assert.deepEqual(answer.body.content.items.map(({item}) => item), order.content.items.map(({item}) => item));
  assert.ok((await size()) > before_);
  assert.equal((await sign('leader', wish)).status, 409, 'it waits no more');
  assert.ok(!(await list('leader', '/documents/drafts')).some(({kind, unit}) => kind === 'order' && unit === order.unit));
  const told = await list(`head-${order.unit}`, '/notices?limit=200');
  assert.ok(told.some(({subject}) => subject.includes('督〔2024〕1号')), 'the head is told');
  assert.ok((await list(`owner-${order.unit}`, '/notices?limit=200')).some(({step}) => step === 'document'));
  const {text} = await page(`head-${order.unit}`, `/documents/${answer.body.id}`);
  for (const words of ['red-head', '督〔2024〕1号', '倒排工期 &lt;b&gt;', '2024年6月5日', '统筹办', '回执']) assert.ok(text.includes(words), words);
  assert.doesNotMatch(text, /送审稿| style=|<b>/);
  const {entry} = (await list('auditor', `/journal/entries?from=${before_}`)).find(({entry: each}) => each.type === 'document.signed');
  assert.equal(entry.payload.number, '督〔2024〕1号');
  const other = drafts.find(({kind, unit}) => kind === 'order' && unit !== order.unit);
  assert.equal((await sign('leader', {...wish, unit: other.unit})).body.number, '督〔2024〕2号');
  const bulletin = await sign('leader', {kind: 'bulletin', demands: '对照检查'});
  assert.equal(bulletin.body.number, '通报〔2024〕1号');
  assert.equal((await run('verify', '--db', county.db)).code, 0);
});
