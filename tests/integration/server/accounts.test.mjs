// A county that is no demonstration: people added from the command line, their passwords, one-time codes, sessions and tokens, by the pages.

import assert from 'node:assert/strict';
import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {after, before, test} from 'node:test';

import {Browser} from './browser.mjs';
import {County, password, root, run} from './county.mjs';
import {code_of} from './one_time_code.mjs';

const next_year = String(new Date().getFullYear() + 1);  // a plan in which nothing is due yet
let county;

function add(...person) {
  const {code, err} = county.add(...person);
  assert.equal(code, 0, err);
}

before(async () => {
  county = new County();
  const checklist = JSON.parse(readFileSync(path.join(root, 'workflows/checklists/2024.json'), 'utf8'));
  checklist.items = checklist.items.filter((item) => item.number === 10);  // the others name holidays that no calendar has yet
  const file = path.join(county.folder, 'checklist.json');
  writeFileSync(file, JSON.stringify(checklist));
  const made = await run('init', '--db', county.db, '--checklist', file, '--organisation', 'demonstration', '--year', next_year);
  assert.equal(made.code, 0, made.err);
  add('wang', '王督查', 'Inspector');
  add('li', '李住建', 'Owner', '--unit', 'zhujianju');
  add('chen', '陈住建', 'Owner', '--unit', 'zhujianju');
  add('sun', '孙扶贫', 'Coordinator');
  await county.serve({demonstration: false});
});
after(async () => await county.close());

test('an inspector sets up one-time codes before anything else opens, and needs them from then on', async () => {
  const browser = new Browser(county.base);
  assert.equal((await browser.sign_in('wang')).to, '/');
  assert.equal((await browser.ask('/')).to, '/account/one-time-codes');
  const api = await fetch(`${county.base}/api/v1/items`, {headers: {cookie: `xiaohao_session=${browser.cookies.get('xiaohao_session')}`}});
  assert.equal(api.status, 403);

  await browser.ask('/account/one-time-codes');
  await browser.ask('/account/one-time-codes/begin', {});
  const {page} = await browser.ask('/account/one-time-codes');
  const key = page.match(/<code class="secret">([A-Z2-7 ]+)</)[1].replaceAll(' ', '');
  await browser.ask('/account/one-time-codes/confirm', {code: '000000'});
  assert.equal((await browser.ask('/')).to, '/account/one-time-codes', 'a wrong code sets up nothing');
  await browser.ask('/account/one-time-codes/confirm', {code: code_of(key)});
  assert.equal((await browser.ask('/')).status, 200);

  const thief = new Browser(county.base);
  assert.equal((await thief.sign_in('wang')).status, 401, 'the password alone opens nothing');
  assert.match(thief.page, /动态口令/);
  const code = code_of(key, 1);  // the next one, which a phone that is ahead would show
  assert.equal((await new Browser(county.base).sign_in('wang', code)).to, '/');
  assert.equal((await new Browser(county.base).sign_in('wang', code)).status, 401, 'a code opens once');
  const {status, errors} = await (await fetch(`${county.base}/api/v1/session`, {
    method: 'POST', headers: {'content-type': 'application/json'}, body: JSON.stringify({username: 'wang', password})})).json();
  assert.deepEqual([status, errors[0].pointer], [401, '/code']);
});

test('an owner sees where he is signed in, ends the other session, and changes his password', async () => {
  const office = new Browser(county.base);
  const phone = new Browser(county.base);
  await office.sign_in('li');
  await phone.sign_in('li');
  const {page} = await office.ask('/account');
  const others = [...page.matchAll(/name="session" value="([0-9a-f]+)"/g)];
  assert.equal(others.length, 1, 'the present one has no button');
  await office.ask('/account/sessions/end', {session: others[0][1]});
  assert.match((await phone.ask('/')).to, /^\/sign-in/);

  const next = 'forty-two herons under the bridge';
  await office.ask('/account/password', {present_password: 'wrong', password: next, again: next});
  assert.match((await office.ask('/account')).page, /现在的密码不正确/);
  await office.ask('/account/password', {present_password: password, password: next, again: 'another'});
  assert.match((await office.ask('/account')).page, /两次输入的新密码不同/);
  assert.equal((await office.ask('/account/password', {present_password: password, password: next, again: next})).to, '/sign-in');
  assert.match((await office.ask('/')).to, /^\/sign-in/, 'every session has ended');
  assert.equal((await new Browser(county.base).sign_in('li')).status, 401);
  assert.equal((await office.sign_in('li', '', next)).to, '/');

  await office.ask('/account');
  const made = await office.ask('/account/tokens', {name: '每晚导出', 'scope-read': '1', days: '30', present_password: next});
  assert.equal(made.status, 200);
  const token = made.page.match(/<code class="secret">(xiaohao_[^<]+)</)[1];
  const me = () => fetch(`${county.base}/api/v1/me`, {headers: {authorization: `Bearer ${token}`}});
  assert.equal((await (await me()).json()).username, 'li');
  assert.ok(!(await office.ask('/account')).page.includes(token), 'shown once');
  await office.ask('/account/tokens/revoke', {name: '每晚导出'});
  assert.equal((await me()).status, 401);
  assert.equal((await office.ask('/account/tokens', {name: 'x', 'scope-read': '1', days: '30', present_password: 'wrong'})).status, 303);
  assert.match((await office.ask('/account')).page, /现在的密码不正确/);
});

test('a calendar program reads due dates by an address that its owner takes back', async () => {
  const office = new Browser(county.base);
  await office.sign_in('chen');
  await office.ask('/account');
  assert.equal((await office.ask('/account/calendar', {present_password: 'wrong'})).status, 303, 'not without the password');
  await office.ask('/account');
  const made = await office.ask('/account/calendar', {present_password: password});
  const address = made.page.match(/<code class="secret">([^<]+\.ics)</)[1];
  assert.ok(address.startsWith(`${county.base}/calendar/`));
  const answer = await fetch(address);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('content-type'), 'text/calendar; charset=utf-8');
  const calendar = (await answer.text()).replaceAll('\r\n ', '');
  assert.match(calendar, /BEGIN:VTODO/);
  assert.match(calendar, /SUMMARY:第10项 .* · 县?住建局/);
  assert.match(calendar, new RegExp(`URL:${county.base}/items/\\d+`));

  const secret = address.match(/calendar\/(.+)\.ics/)[1];
  for (const headers of [{authorization: `Bearer ${secret}`}, {cookie: `xiaohao_session=${secret}`}])
    assert.equal((await fetch(`${county.base}/api/v1/me`, {headers})).status, 401, 'good for nothing else');
  assert.equal((await fetch(`${county.base}/calendar/${secret}`)).status, 404);
  assert.equal((await fetch(`${county.base}/calendar/${secret.slice(1)}x.ics`)).status, 404);

  await office.ask('/account');
  const another = (await office.ask('/account/calendar', {present_password: password})).page.match(/<code class="secret">([^<]+\.ics)</)[1];
  assert.deepEqual([(await fetch(address)).status, (await fetch(another)).status], [404, 200], 'a new address ends the old one');
  await office.ask('/account');
  await office.ask('/account/calendar/remove', {});
  assert.equal((await fetch(another)).status, 404);
});

test('an owner shows his office all the duties of the unit, and a coordinator any unit\'s', async () => {
  const office = new Browser(county.base);
  await office.sign_in('chen');
  const form = (await office.ask('/account')).page.match(/<section[^>]*id="calendar"[\s\S]*?<\/section>/)[0];
  assert.deepEqual([...form.matchAll(/<option value="([^"]*)"/g)].map(([, unit]) => unit), ['', 'zhujianju'], 'his own unit, and no other');
  const made = await office.ask('/account/calendar', {unit: 'zhujianju', present_password: password});
  const address = made.page.match(/<code class="secret">([^<]+\.ics)</)[1];
  const calendar = (await (await fetch(address)).text()).replaceAll('\r\n ', '');
  assert.match(calendar, /X-WR-CALNAME:县?住建局：完成时限/);
  assert.match(calendar, /BEGIN:VEVENT[\s\S]*SUMMARY:第10项 .* · 县?住建局/);
  assert.equal((await fetch(`${address}?unit=minzhengju`)).status, 404, 'it is of this unit only');
  assert.match((await office.ask('/account')).page, /（单位全部事项）<\/td>/);
  await office.ask('/account/calendar', {unit: 'minzhengju', present_password: password});
  assert.match((await office.ask('/account')).page, /只有本单位责任人、负责人和统筹人员可以订阅单位日历/);
  assert.doesNotMatch(office.page, /<td[^>]*>[^<]*民政局/);

  const sun = await county.as_added('sun');
  const wish = {unit: 'minzhengju', present_password: password};
  for (const [body, status] of [[{...wish, present_password: 'wrong'}, 400], [{...wish, unit: 'nowhere'}, 404], [{...wish, secret: 'x'}, 400]])
    assert.equal((await sun.post('/me/calendars', body)).status, status);
  const by_api = await sun.post('/me/calendars', wish);
  assert.equal(by_api.status, 201, JSON.stringify(by_api.body));
  assert.equal(by_api.body.unit.id, 'minzhengju');
  assert.equal((await fetch(by_api.body.address)).status, 200);
  assert.deepEqual((await sun.get('/me/calendars')).body.items.map(({unit, answers}) => [unit.id, answers]), [['minzhengju', true]]);
  assert.equal((await sun.send('DELETE', '/me/calendars')).status, 404, 'he has none of his own');
  assert.equal((await sun.send('DELETE', '/me/calendars?unit=minzhengju')).status, 204);
  assert.equal((await fetch(by_api.body.address)).status, 404);
  assert.equal((await fetch(address)).status, 200, 'another\'s stays');

  await county.stop();
  assert.equal((await run('user', 'disable', 'chen', '--db', county.db)).code, 0);
  await county.serve({demonstration: false});
  const secret = address.match(/calendar\/(.+)\.ics/)[1];
  assert.equal((await fetch(`${county.base}/calendar/${secret}.ics`)).status, 404, 'who has left shows nothing more');
  assert.equal((await run('verify', '--db', county.db)).code, 0);
});
