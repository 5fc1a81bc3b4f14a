// Findings: an inspection's list comes in, is put right and closed; its like is looked for at sister units; what comes back is known
// as a relapse; the three campaigns count what they did. And whoever may not, cannot, by any route.

import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {after, before, test} from 'node:test';

import {bring, journal_size, refused} from './attack.mjs';
import {County, photo, run} from './county.mjs';

let county, coordinator, inspector, owner, first;
const wish = {
  plan: 2024, source: '审计', reference: '审2024-3', title: '扶贫资产台账缺失', problem: '村级扶贫资产未登记入账，张三家羊舍无记录',
  goal: '账实相符', measures: '逐村清查', unit: 'zhujianju', deadline: '5月底', common: true,
};
const post = async (who, where, body) => (await county.as(who)).post(where, body);
const finding = async (id, who = 'coordinator') => (await (await county.as(who)).get(`/findings/${id}`)).body;
const page = async (who, where, options = {}) => {
  const answer = await fetch(`${county.base}${where}`, {redirect: 'manual', ...options, headers: {cookie: (await county.as(who)).cookie, ...options.headers}});
  return {status: answer.status, headers: answer.headers, text: await answer.text()};
};
const form = async (who, where, fields) => page(who, where, {
  method: 'POST', headers: {'content-type': 'application/x-www-form-urlencoded'}, body: new URLSearchParams({csrf_token: (await county.as(who)).csrf, ...fields}),
});

before(async () => {
  county = await County.open({clock: '2024-03-05T08:30:00+08:00', rows: [10]});
  await county.stop();  // the demonstration's people are there now
});
after(() => county.close());

test('an inspection\'s list is tried out, refused whole with every fault, then taken over once', async () => {
  const list = path.join(county.folder, 'audit.csv');
  const head = '问题来源,编号,问题名称,问题描述,责任单位,整改时限,类别,关联任务\n';
  const good = `${head}中央巡视,2.1,危房改造验收不严,"验收单缺签字，\n涉及两户",县住建局,3月底,限期整改,10\n中央巡视,2.2,作风不实,走访记录补造,县扶贫办,长期坚持,,\n`;
  const command = (...more) => run('findings', 'import', list, '--db', county.db, '--by', 'coordinator', '--on', '2024-03-05', ...more);
  writeFileSync(list, `${head}中央巡视,,甲,乙,县住建局,很快,,\n中央巡视,2.9,甲,乙,没有这个局,3月底,以后,99\n`);
  const bad = await command('--commit');
  assert.equal(bad.code, 2, bad.out);
  for (const words of ['row 2, 编号', 'row 2, 整改时限', 'row 3, 责任单位', 'row 3, 类别', 'row 3, 关联任务']) assert.ok(bad.err.includes(words), `${words}: ${bad.err}`);
  writeFileSync(list, good);
  const tried = await command('--json');
  assert.equal(tried.code, 0, tried.err);
  assert.deepEqual(JSON.parse(tried.out), {added: 2, known: 0, committed: false});
  assert.deepEqual(JSON.parse((await command('--commit', '--json')).out), {added: 2, known: 0, committed: true});
  assert.deepEqual(JSON.parse((await command('--commit', '--json')).out), {added: 0, known: 2, committed: true}, 'the same list adds nothing');
  writeFileSync(list, good.replace('危房改造验收不严', '另一个问题'));
  const other = await command();
  assert.equal(other.code, 2);
  assert.match(other.err, /row 2, 编号/);
  const forbidden = await run('findings', 'import', list, '--db', county.db, '--by', 'owner-zhujianju', '--commit');
  assert.notEqual(forbidden.code, 0);
  assert.equal((await run('verify', '--db', county.db)).code, 0);
});

test('a finding is registered by the API, and everything wrong is named at once', async () => {
  await county.serve({clock: '2024-03-06T08:30:00+08:00'});
  [coordinator, inspector, owner] = [await county.as('coordinator'), await county.as('inspector'), await county.as('owner-zhujianju')];
  const size = await journal_size(county);
  for (const who of ['owner-zhujianju', 'head-zhujianju', 'auditor', 'admin', 'security']) assert.equal((await post(who, '/findings', wish)).status, 403, who);
  const bad = await post('coordinator', '/findings', {...wish, source: '\u202e审计', title: 'x'.repeat(241), unit: 'nowhere', deadline: '2月30日', fed_back: '2025-01-01', linked: [9999999]});
  assert.equal(bad.status, 400);
  assert.deepEqual(bad.body.errors.map(({pointer}) => pointer).sort(), ['/deadline', '/fed_back', '/linked/0', '/source', '/title', '/unit']);
  for (const [field, wrong] of [['colour', 'red'], ['rectification', 'soon'], ['linked', ['a']], ['plan', 2030], ['similar_to', 1], ['person', 'coordinator'], ['problem', ' ']]) {
    const answer = await post('coordinator', '/findings', {...wish, [field]: wrong});
    assert.equal(answer.status, 400, `${field}: ${JSON.stringify(answer.body)}`);
    assert.ok(answer.body.errors.some(({pointer}) => pointer.startsWith(`/${field}`)), `${field}: ${JSON.stringify(answer.body.errors)}`);
  }
  assert.equal(await journal_size(county), size, 'nothing has changed');
  const made = await post('inspector', '/findings', wish);
  assert.equal(made.status, 201, JSON.stringify(made.body));
  first = made.body.item.id;
  assert.equal(made.body.item.kind, 'Finding');
  assert.equal(made.body.item.due, '2024-05-31');
  assert.equal(made.body.rectification, 'dated');
  const again = await post('coordinator', '/findings', wish);
  assert.equal(again.status, 409);
  assert.equal(again.body.errors?.[0]?.pointer ?? '/reference', '/reference');
  assert.ok((await owner.notices()).some(({step, item}) => step === 'finding' && item === first), 'the unit is told');
});

test('the form says what is wrong beside the field, keeps what was typed, and registers', async () => {
  const {plan: _, common: __, ...others} = wish;
  const fields = {...others, problem: '村级资产未登记'};
  assert.equal((await page('owner-zhujianju', '/findings/new')).status, 403);
  assert.equal((await form('owner-zhujianju', '/findings', {...fields, reference: 'f1'})).status, 403);
  const bad = await form('coordinator', '/findings', {...fields, reference: 'f1', deadline: '<b>尽快', unit: ''});
  assert.equal(bad.status, 400);
  assert.ok(bad.text.includes('&lt;b&gt;尽快') && bad.text.includes('扶贫资产台账缺失') && bad.text.includes('class="fault"'));
  assert.doesNotMatch(bad.text, /<b>尽快/);
  const made = await form('coordinator', '/findings', {...fields, reference: 'f1', source: '省考核', deadline: '立行立改'});
  assert.equal(made.status, 303, made.text.slice(0, 500));
  assert.equal((await form('coordinator', '/findings', {...fields, reference: 'f1', source: '省考核', deadline: '立行立改'})).status, 409, 'sent twice');
});

test('it is put right by the rules of a close-out, and nobody closes his own', async () => {
  const id = first;
  await refused(county, id, 403, async () => (await county.as('owner-fupinban')).event(id, 'accept'));
  await owner.must(id, 'accept');
  await refused(county, id, 400, () => owner.event(id, 'measures.extend', {measures: ' '}));
  await refused(county, id, 400, () => owner.event(id, 'measures.extend', {measures: '再查', colour: 'red'}));
  await refused(county, id, 403, () => coordinator.event(id, 'measures.extend', {measures: '再查'}));
  await owner.must(id, 'measures.extend', {measures: '建立动态台账'});
  await refused(county, id, 422, () => owner.event(id, 'closeout.apply', {summary: '完成'}));
  assert.equal((await owner.attach(id, '台账.png', photo)).status, 201);
  await owner.must(id, 'closeout.apply', {summary: '已全部登记'});
  for (const event of ['closeout.approve', 'closeout.verify']) await refused(county, id, 403, () => owner.event(id, event));
  await coordinator.must(id, 'closeout.approve');
  await refused(county, id, 403, () => coordinator.event(id, 'closeout.verify'));
  await inspector.must(id, 'closeout.verify');
  await county.clock({advance: 'P8D'});
  assert.equal((await county.item(id)).stage, 'closed');
  const record = await coordinator.get(`/items/${id}/closeout-record`);
  assert.equal(record.status, 200);
  const file = path.join(county.folder, 'record.json');
  writeFileSync(file, JSON.stringify(record.body));
  const checked = await run('verify-record', file);
  assert.equal(checked.code, 0, checked.err);
  assert.match(checked.out, /登记反馈问题[^]*深化措施/);
});

test('its like is looked for at sister units, by whoever runs the plan and nobody else', async () => {
  const check = {units: ['fupinban', 'minzhengju'], deadline: '15日内', text: '对照自查资产台账'};
  const where = `/findings/${first}/self-checks`;
  for (const who of ['inspector', 'leader', 'owner-zhujianju', 'auditor', 'admin']) await refused(county, first, 403, () => post(who, where, check));
  for (const [field, wrong] of [['units', []], ['units', ['zhujianju']], ['units', ['nowhere']], ['units', ['fupinban', 'fupinban']], ['deadline', '1月底'], ['text', ''], ['colour', 'red']])
    await refused(county, first, 400, () => post('coordinator', where, {...check, [field]: wrong}));
  await refused(county, first, 404, () => post('coordinator', '/findings/1/self-checks', check));
  const made = await post('coordinator', where, check);
  assert.equal(made.status, 201, JSON.stringify(made.body));
  assert.deepEqual(made.body.items.map(({item, checks, source}) => [item.unit.id, checks, source]),
    [['fupinban', first, '举一反三自查'], ['minzhengju', first, '举一反三自查']]);
  assert.equal(made.body.items[0].problem, wish.problem, 'they read the first one\'s problem');
  assert.equal((await post('coordinator', where, check)).status, 400, 'once to each unit');
  assert.equal((await post('coordinator', `/findings/${made.body.items[0].item.id}/self-checks`, {...check, units: ['zuzhibu']})).status, 409);
  const sister = await county.as('owner-fupinban');
  assert.ok((await sister.notices()).some(({step, item}) => step === 'self_check' && item === made.body.items[0].item.id));
  await sister.must(made.body.items[0].item.id, 'accept');
  const listed = (await coordinator.get(`/findings?checks=${first}`)).body.items;
  assert.equal(listed.length, 2);
});

test('what comes back after closing is a relapse, and those who run the plan are told', async () => {
  const similar = (await post('coordinator', '/findings', {...wish, source: '督导检查', reference: '7', title: '资产台账又有缺失', problem: '村级扶贫资产未登记入账'}));
  assert.equal(similar.status, 201);
  const id = similar.body.item.id;
  const proposed = (await coordinator.get(`/findings/${id}/similar`)).body.items;
  assert.ok(proposed.some(({item, percent, shared}) => item === first && percent >= 25 && shared.some((run_) => run_.includes('扶贫资产'))), JSON.stringify(proposed));
  for (const who of ['inspector', 'leader', 'owner-zhujianju']) await refused(county, id, 403, () => post(who, `/findings/${id}/group`, {with: [first]}));
  for (const with_ of [[id], [1], [9999999], ['x'], 'x']) await refused(county, id, 400, () => post('coordinator', `/findings/${id}/group`, {with: with_}));
  await refused(county, id, 404, () => post('coordinator', '/findings/9999999/group', {with: [first]}));
  const grouped = await post('coordinator', `/findings/${id}/group`, {with: [first]});
  assert.equal(grouped.status, 200, JSON.stringify(grouped.body));
  assert.equal(grouped.body.relapse_of, first);
  assert.ok((await (await county.as('leader')).notices()).some(({step, item}) => step === 'relapsed' && item === id), 'the leadership group is told');
  const {text} = await page('leader', `/items/${id}`);
  assert.ok(text.includes('反弹') && text.includes('同类问题'));
  assert.ok((await page('leader', `/items/${first}`)).text.includes('销号后反弹'));
  const relapses = (await coordinator.get('/findings?relapse=yes')).body.items;
  assert.deepEqual(relapses.map(({item}) => item.id), [id]);
  const direct = await post('leader', '/findings', {...wish, source: '第三方评估', reference: '1', problem: '村级资产未登记', similar_to: first});
  assert.equal(direct.body.relapse_of, first, 'known at once when it is registered as the like of one');
});

test('the campaigns count what was listed, deepened and looked at again', async () => {
  await county.clock({to: '2024-07-02T09:00:00+08:00'});
  const id = (await coordinator.get('/findings?source=%E4%B8%AD%E5%A4%AE%E5%B7%A1%E8%A7%86')).body.items[0].item.id;
  await owner.must(id, 'accept');
  await owner.must(id, 'measures.extend', {measures: '逐户复核'});
  await county.clock({to: '2024-10-08T09:00:00+08:00'});
  await inspector.must(first, 'reinspect.pass', {text: '巩固'});
  const counts = (await coordinator.get('/findings/campaigns?plan=2024')).body.items;
  assert.deepEqual(counts.map(({listed, deepened, rechecked}) => [listed > 0, deepened, rechecked]), [[true, 1, 0], [false, 1, 0], [false, 0, 1]]);
  const {text} = await page('leader', '/');
  assert.match(text, /反馈问题<\/a>：列出 \d+，深化 1，回头看 0/);
  assert.equal((await coordinator.get('/findings?deepened=%E5%A4%8F%E5%AD%A3%E6%8F%90%E5%8D%87')).body.items[0].item.id, id);
});

test('the ledger filters, pages, and goes out as CSV that can be read in again', async () => {
  const all = (await coordinator.get('/findings?limit=200')).body.items;
  const page_1 = (await coordinator.get('/findings?limit=2')).body;
  assert.equal(page_1.items.length, 2);
  assert.equal((await coordinator.get(`/findings?limit=2&cursor=${encodeURIComponent(page_1.next)}`)).body.items[0].item.id, all[2].item.id);
  for (const query of ['light=purple', 'state=nowhere', 'relapse=maybe', 'colour=red', 'group=x', 'limit=0'])
    assert.equal((await coordinator.get(`/findings?${query}`)).status, 400, query);
  const late = (await coordinator.get('/findings?light=red')).body.items;
  assert.ok(late.length > 0 && late.every(({item}) => item.days_overdue > 0));
  assert.ok((await coordinator.get('/findings?rectification=long_term')).body.items.every(({item}) => item.due === '2024-12-31'));
  const ledger = await page('owner-zhujianju', '/findings?unit=zhujianju&lang=zh');
  assert.equal(ledger.status, 200);
  assert.ok(ledger.text.includes('问题整改台账') && ledger.text.includes('扶贫资产台账缺失') && !ledger.text.includes('登记问题'));
  assert.equal((await page('leader', '/findings?colour=red')).status, 400);
  const csv = await page('coordinator', '/findings.csv?self_check=no&lang=zh');
  assert.equal(csv.headers.get('content-type'), 'text/csv; charset=utf-8');
  assert.equal(csv.text.trim().split('\r\n').length, 1 + all.filter(({checks}) => checks === null).length);
  const file = path.join(county.folder, 'again.csv');
  writeFileSync(file, csv.text);
  await county.stop();
  const again = await run('findings', 'import', file, '--db', county.db, '--by', 'coordinator', '--json');
  assert.equal(again.code, 0, again.err);
  assert.equal(JSON.parse(again.out).added, 0);
  const verified = await run('verify', '--db', county.db, '--json');
  assert.deepEqual(JSON.parse(verified.out).findings, []);
});

test('what somebody wrote of a villager can be erased, and is gone from ledger and records', async () => {
  await county.serve({clock: '2024-10-09T08:30:00+08:00'});
  const history = (await (await county.as('coordinator')).get(`/items/${first}/history`)).body.items;
  const {index} = history.find(({type}) => type === 'finding.registered');
  const erased = await post('coordinator', `/items/${first}/erasures`, {entry: index, field: 'problem', reason: '依申请'});
  assert.equal(erased.status, 201, JSON.stringify(erased.body));
  assert.match((await finding(first)).problem, /已依法删除/);
  for (const where of ['/findings', `/items/${first}`, '/findings.csv'])
    assert.ok(!(await page('coordinator', where)).text.includes('张三家羊舍'), where);
  await county.stop();
  assert.equal((await run('verify', '--db', county.db)).code, 0);
});
