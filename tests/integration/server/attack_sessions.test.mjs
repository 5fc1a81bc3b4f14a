// Sessions that somebody else chose, forms from elsewhere, ids of other people, fields that nobody knows, names that deceive, and
// more sign-ins than there are people.

import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';

import {journal_size, refused} from './attack.mjs';
import {Browser} from './browser.mjs';
import {County, run} from './county.mjs';

let county, owner, coordinator, share;
before(async () => {
  county = await County.open();
  owner = await county.as('owner-zhujianju');
  coordinator = await county.as('coordinator');
  share = (await county.share(10, 'zhujianju')).id;
});
after(async () => await county.close());

const cookie_of = (answer) => answer.headers.get('set-cookie')?.match(/xiaohao_session=([^;]*)/)?.[1];
const sign_in = (username, headers = {}, password = `demo-${username}`) => fetch(`${county.base}/api/v1/session`, {
  method: 'POST', headers: {'content-type': 'application/json', ...headers}, body: JSON.stringify({username, password})});
const me = async (cookie) => (await fetch(`${county.base}/api/v1/me`, {headers: {cookie}})).status;

test('a session that was planted before is not the one that signing in opens', async () => {
  const planted = 'xiaohao_session=' + 'A'.repeat(43);
  const opened = cookie_of(await sign_in('owner-minzhengju', {cookie: planted}));
  assert.ok(opened && !planted.includes(opened));
  assert.equal(await me(planted), 401);
  assert.equal(await me(`xiaohao_session=${opened}`), 200);

  // The attacker's own session, planted in the victim's browser, ends; and the victim's is a new one.
  const browser = new Browser(county.base);
  const attacker = cookie_of(await sign_in('owner-linyeju'));
  browser.cookies.set('xiaohao_session', attacker);
  await browser.ask('/sign-in');
  assert.equal((await browser.sign_in('owner-caizhengju', '', 'demo-owner-caizhengju')).status, 303);
  const victim = browser.cookies.get('xiaohao_session');
  assert.notEqual(victim, attacker);
  assert.equal(await me(`xiaohao_session=${attacker}`), 401);
  // A wrong password ends nobody's session and opens none.
  await browser.ask('/sign-in');
  assert.equal((await browser.sign_in('owner-caizhengju', '', 'wrong')).status, 401);
  assert.equal(browser.cookies.get('xiaohao_session'), victim);
  // Beside a session, the API wants its token before it opens another.
  assert.equal((await sign_in('owner-minzhengju', {cookie: `xiaohao_session=${victim}`})).status, 403);
  assert.equal(await me(`xiaohao_session=${victim}`), 200);

  for (const cookie of ['xiaohao_session=', 'xiaohao_session=%00', 'xiaohao_session=\'--', `xiaohao_session=${victim}x`, `XIAOHAO_SESSION=${victim}`])
    assert.equal(await me(cookie), 401, cookie);
  const out = await fetch(`${county.base}/sign-in`, {method: 'POST', redirect: 'manual', headers: {'content-type': 'application/x-www-form-urlencoded'}, body: 'account=owner-linyeju&next=https://elsewhere.example/'});
  assert.deepEqual([out.status, out.headers.get('location')], [303, '/'], 'nobody is sent elsewhere after signing in');
  for (const next of ['//elsewhere.example', '/\\elsewhere.example', 'javascript:alert(1)', '/%0d%0aSet-Cookie:x', '\thttps://elsewhere.example'])
    assert.match((await fetch(`${county.base}/sign-in`, {method: 'POST', redirect: 'manual', headers: {'content-type': 'application/x-www-form-urlencoded'},
      body: new URLSearchParams({account: 'owner-linyeju', next})})).headers.get('location'), /^\/(?![/\\])/, next);
  assert.match((await sign_in('owner-linyeju')).headers.get('set-cookie'), /; Path=\/; HttpOnly; SameSite=Lax/);
});

test('who has signed out, or been put out, is out', async () => {
  const once = await sign_in('owner-linyeju');
  const cookie = `xiaohao_session=${cookie_of(once)}`;
  const {csrf_token} = await once.json();
  const again = await sign_in('owner-linyeju', {cookie, 'x-csrf-token': csrf_token});
  assert.equal(await me(cookie), 401, 'a new sign-in ends the one before');
  const second = `xiaohao_session=${cookie_of(again)}`;
  const token = (await again.json()).csrf_token;
  assert.notEqual(token, csrf_token);
  const leave = (csrf) => fetch(`${county.base}/api/v1/session`, {method: 'DELETE', headers: {cookie: second, 'x-csrf-token': csrf}});
  assert.equal((await leave(csrf_token)).status, 403);
  assert.equal((await leave(token)).status, 204);
  assert.equal(await me(second), 401);
});

test('a change that another page could have sent is refused on every route, and by no method', async () => {
  const accept = (more, path = `/api/v1/items/${share}/events`) => async () => {
    const {version} = await county.item(share);
    return await fetch(county.base + path, {method: 'POST', redirect: 'manual', body: '{"type":"accept"}',
      headers: {cookie: owner.cookie, 'content-type': 'application/json', 'if-match': `"${version}"`, 'x-csrf-token': owner.csrf, ...more}});
  };
  const foreign = [
    {'x-csrf-token': ''}, {'x-csrf-token': 'x'}, {'x-csrf-token': coordinator.csrf}, {'x-csrf-token': owner.csrf.slice(1)}, {'x-csrf-token': owner.csrf + 'x'},
    {origin: 'https://elsewhere.example'}, {origin: 'null'}, {origin: `${county.base}.elsewhere.example`}, {'sec-fetch-site': 'cross-site'}, {'sec-fetch-site': 'same-site'},
  ];
  for (const more of foreign) await refused(county, share, 403, accept(more));
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
    await refused(county, share, 415, accept({'content-type': type}));
  await refused(county, share, 405, () => owner.send('PUT', `/items/${share}/events`, {body: '{"type":"accept"}'}));
  await refused(county, share, 405, () => owner.get(`/items/${share}/events?type=accept`));
  await refused(county, share, 405, () => owner.send('GET', `/items/${share}/events`, {headers: {'x-http-method-override': 'POST'}}));

  // Every form of the pages, without a token, with another's, and from elsewhere.
  const forms = ['/sign-out', `/items/${share}/events`, '/notices/1/acknowledge', '/notices/silences/silence', '/notices/silences/absence', '/notices/silences/silence/1/end',
    '/notices/silences/absence/1/end', '/account/password', '/account/sessions/end', '/account/tokens', '/account/tokens/revoke', '/account/calendar', '/account/calendar/remove',
    '/findings', '/findings/1/group', '/findings/1/self-checks',
    '/account/one-time-codes/begin', '/admin/organisation/units', '/admin/organisation/people', '/admin/organisation/units/zhujianju',
    '/admin/organisation/units/zhujianju/hand-over', '/admin/organisation/groups', '/admin/organisation/groups/gexiangzhenchang', '/admin/organisation/groups/gexiangzhenchang/name', '/admin/organisation/groups/gexiangzhenchang/retired', '/admin/organisation/people/owner-zhujianju',
    '/admin/organisation/people/owner-zhujianju/invitation', '/admin/organisation/people/owner-zhujianju/hand-over', '/account/one-time-codes/confirm', '/demo/clock'];
  const post = (path, fields, headers = {}) => fetch(county.base + path, {method: 'POST', redirect: 'manual', headers: {cookie: owner.cookie, ...headers}, body: new URLSearchParams(fields)});
  for (const path of forms) {
    await refused(county, share, 403, () => post(path, {}));
    await refused(county, share, 403, () => post(path, {csrf_token: coordinator.csrf}));
    await refused(county, share, 403, () => post(path, {csrf_token: owner.csrf}, {origin: 'https://elsewhere.example'}));
  }
  assert.equal((await owner.get('/me')).status, 200, 'and is still signed in');
});

test("another's ids are refused in every parameter", async () => {
  const minzheng = await county.as('owner-minzhengju');
  // What belongs to the coordinator.
  const absence = (await coordinator.post('/absences', {away: 'coordinator', substitute: 'leader', first: '2024-01-02', last: '2024-01-05'})).body;
  const silence = (await coordinator.post('/silences', {item: share, reason: '抢险', until: '2024-01-10T00:00:00+08:00'})).body;
  await coordinator.must(share, 'urge', {text: '请签收'});
  const notice = (await owner.notices()).find((found) => found.item === share);
  const office = new Browser(county.base);
  await office.sign_in('coordinator', '', 'demo-coordinator');
  const phone = new Browser(county.base);
  await phone.sign_in('coordinator', '', 'demo-coordinator');
  const sessions = [...(await office.ask('/account')).page.matchAll(/name="session" value="([0-9a-f]+)"/g)].map((found) => found[1]);
  assert.ok(sessions.length > 0);
  const made = await office.ask('/account/tokens', {name: 'nightly', 'scope-read': '1', days: '30', present_password: 'demo-coordinator'});
  const token = made.page.match(/<code class="secret">(xiaohao_[^<]+)</)[1];

  for (const [path, body, status] of [
    [`/absences/${absence.id}/end`, {}, 403], ['/absences', {away: 'coordinator', substitute: 'owner-minzhengju', first: '2024-01-02', last: '2024-01-05'}, 403],
    ['/absences', {away: 'owner-zhujianju', substitute: 'owner-minzhengju', first: '2024-01-02', last: '2024-01-05'}, 403],
    [`/silences/${silence.id}/end`, {}, 403], ['/silences', {unit: 'zhujianju', reason: 'x', until: '2024-01-10T00:00:00+08:00'}, 403],
    ['/silences', {unit: 'minzhengju', reason: 'x', until: '2024-01-10T00:00:00+08:00'}, 403], ['/silences', {recipient: 'leader', reason: 'x', until: '2024-01-10T00:00:00+08:00'}, 403],
    [`/notices/${notice.id}/acknowledge`, {}, 404], ['/demo/clock', {advance: 'P1D'}, 403], ['/absences/999/end', {}, 404], ['/silences/999/end', {}, 404],
    ['/notices/999999/acknowledge', {}, 404], ['/absences/-1/end', {}, 404], ['/notices/1e3/acknowledge', {}, 404]])
    await refused(county, share, status, () => minzheng.post(path, body));
  for (const query of ['?recipient=coordinator', '?recipient=owner-zhujianju', `?item=${share}`]) {
    const {body} = await minzheng.get(`/notices${query}`);
    assert.deepEqual((body.items ?? []).filter((found) => found.recipient !== 'owner-minzhengju'), [], query);
  }

  // The calendar of another's unit, or another's calendar.
  const calendars = async () => (await coordinator.get('/me/calendars')).body.items;
  assert.equal((await coordinator.post('/me/calendars', {unit: 'zhujianju', present_password: 'demo-coordinator'})).status, 201);
  const his = await calendars();
  const own_password = {present_password: 'demo-owner-minzhengju'};
  for (const [method, path, body, status] of [['POST', '/me/calendars', {unit: 'zhujianju', ...own_password}, 403], ['POST', '/me/calendars', {unit: 'ZHUJIANJU', ...own_password}, 404],
    ['POST', '/me/calendars', {unit: 'zhujianju', username: 'coordinator', ...own_password}, 400], ['DELETE', '/me/calendars?unit=zhujianju', undefined, 404],
    ['DELETE', '/me/calendars?unit=zhujianju&username=coordinator', undefined, 400]])
    await refused(county, share, status, () => (method === 'POST' ? minzheng.post(path, body) : minzheng.send(method, path)));
  assert.deepEqual(await calendars(), his);

  const thief = new Browser(county.base);
  await thief.sign_in('owner-minzhengju', '', 'demo-owner-minzhengju');
  await thief.ask('/account');
  for (const session of sessions) await thief.ask('/account/sessions/end', {session});
  await thief.ask('/account/tokens/revoke', {name: 'nightly'});
  await thief.ask('/account/password', {username: 'coordinator', present_password: 'demo-owner-minzhengju', password: 'short', again: 'short'});
  assert.equal((await phone.ask('/account')).status, 200, 'the other sessions of the coordinator stand');
  assert.equal((await fetch(`${county.base}/api/v1/me`, {headers: {authorization: `Bearer ${token}`}})).status, 200, 'and so does his token');
  for (const path of [`/items/${share}/closeout-record`, '/items/-1', '/items/0', '/items/1%20or%201=1', "/items/1'--", '/items/٣'])
    assert.ok([400, 404, 409].includes((await minzheng.get(path)).status), path);
});

test('fields that nobody knows are refused in every body and every query', async () => {
  const admin = await county.as('admin');
  const bodies = [
    [coordinator, '/absences', {away: 'coordinator', substitute: 'leader', first: '2024-01-02', last: '2024-01-05'}],
    [coordinator, '/silences', {item: share, reason: '抢险', until: '2024-01-10T00:00:00+08:00'}],
    [admin, '/demo/clock', {advance: 'P1D'}], [owner, '/session', {username: 'leader', password: 'demo-leader'}],
    [owner, '/me/calendars', {unit: 'zhujianju', present_password: 'demo-owner-zhujianju'}],
  ];
  for (const [person, path, body] of bodies)
    for (const field of ['set_by', 'id', 'role', 'username_', 'admin', 'on_behalf_of'])
      await refused(county, share, 400, () => person.post(path, {...body, [field]: 1}), `/${field}`);
  await refused(county, share, 400, () => owner.event(share, 'accept', {roles: ['Inspector']}), '/roles');
  for (const path of ['/me', '/me/work', '/me/calendars', '/reviews', '/plans', '/units', '/participants', '/extensions', '/silences', '/absences', '/journal/head', '/findings', '/findings/campaigns', `/items/${share}`,
    `/items/${share}/actions`, `/items/${share}/history`, '/items', '/notices'])
    await refused(county, share, 400, () => owner.get(`${path}?as=inspector`));
  await refused(county, share, 400, () => owner.get('/items?plan=2024&plan=2023'));
});

test('a name has no characters that cannot be seen, and a user name none that looks like another', async () => {
  const alone = await County.make();
  try {
    const before = (await run('user', 'list', '--db', alone.db, '--json')).out;
    for (const name of ['张\u200b三', '\u202e三张', '张三\ufeff', '张\u2066三', '张\u00ad三', '张三\x07', '张\n三', '\u3000', '', '张\u{e0041}三', '张\ufe0f三', '\u115f', 'x'.repeat(61)]) {
      const added = alone.add('zhangsan', name, 'Owner', '--unit', 'zhujianju');
      assert.equal(added.code, 2, JSON.stringify(name));
      assert.match(added.err, /^xiaohao: user add --name: /, JSON.stringify(name));
    }
    for (const username of ['zhang san', 'Zhangsan', 'zhаngsan', 'zhangsan\u200b', '../zhangsan', '-zhangsan', 'clock/', 'x'.repeat(65), '张三', 'clock', 'engine'])
      assert.equal(alone.add(username, '张三', 'Owner', '--unit', 'zhujianju').code, 2, username);
    for (const roles of ['SystemAdministrator,SecurityAdministrator', 'Auditor,Owner', 'SecurityAdministrator,Leader', 'SystemAdministrator,Coordinator', 'Auditor,Inspector'])
      assert.equal(alone.add('zhangsan', '张三', roles, '--unit', 'zhujianju').code, 2, roles);
    for (const email of ['a@b\r\nBcc: x@y.cn', 'a b@c.cn', '-x@y.cn', 'a@b@c.cn', '"a"@b.cn', 'a@b.cn,c@d.cn'])
      assert.equal(alone.add('zhangsan', '张三', 'Owner', '--unit', 'zhujianju', '--email', email).code, 2, email);
    assert.equal((await run('user', 'list', '--db', alone.db, '--json')).out, before, 'nobody was added');
  } finally {
    await alone.close();
  }
});

// The last: it locks this address out.
test('a flood of sign-ins is held off, and other people go on working', async () => {
  const before = await journal_size(county);
  const reader = await county.as('leader');
  let answered = 0;
  let flooding = true;
  const others = (async () => {
    while (flooding) {
      for (const path of ['/me', `/items/${share}`]) assert.equal((await reader.get(path)).status, 200);
      const page = await fetch(`${county.base}/`, {headers: {cookie: owner.cookie}});
      assert.equal(page.status, 200);
      await page.text();
      ++answered;
    }
  })();
  // Far more at once than are let wait, for accounts that are there and some that are not.
  const flood = await Promise.all(Array.from({length: 150}, (_, n) => sign_in(n % 3 ? `owner-${n}` : 'inspector', {}, `guess ${n}`).then(async (answer) => {
    await answer.text();
    return [answer.status, answer.headers.get('retry-after')];
  })));
  flooding = false;
  await others;
  assert.ok(answered > 0, 'pages were answered meanwhile');
  const statuses = new Set(flood.map(([status]) => status));
  for (const status of statuses) assert.ok([401, 429, 503].includes(status), `${[...statuses]}`);
  assert.ok(statuses.has(429) || statuses.has(503), `${[...statuses]}: it is held off`);
  for (const [status, retry_after] of flood) if (status !== 401) assert.ok(Number(retry_after) > 0, `${status} says when to come again`);

  // From then on the right password does not help either, for a while, and no more guesses are weighed.
  for (const [username, password] of [['inspector', 'demo-inspector'], ['nobody-of-that-name', 'x'], ['owner-linyeju', 'demo-owner-linyeju']]) {
    const answer = await sign_in(username, {}, password);
    assert.equal(answer.status, 429, username);
    assert.ok(Number(answer.headers.get('retry-after')) > 0);
  }
  assert.equal((await reader.get('/me')).status, 200, 'who is signed in stays so');
  assert.equal(await journal_size(county), before);
});
