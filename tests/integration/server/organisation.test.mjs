// Units, people and groups change while the server runs; work changes hands; nobody does it who may not.

import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';

import {Browser} from './browser.mjs';
import {County, Person, password, photo, run} from './county.mjs';

let county, admin, security, leader, coordinator;

before(async () => {
  county = await County.open({rows: [10]});
  [admin, security, leader, coordinator] = [await county.as('admin'), await county.as('security'), await county.as('leader'), await county.as('coordinator')];
});
after(async () => await county.close());

const find = async (list, id) => {
  for (let cursor = ''; ;) {
    const {body} = await coordinator.get(`/${list}?limit=200${cursor}`);
    const found = body.items.find((entry) => (entry.id ?? entry.username) === id);
    if (found || !body.next) return found;
    cursor = `&cursor=${body.next}`;
  }
};
const patch = (person, where, body, version) =>
  person.send('PATCH', where, {body: JSON.stringify(body), headers: {'content-type': 'application/json', ...(version ? {'if-match': `"${version}"`} : {})}});
const change = async (person, list, id, body) => patch(person, `/${list}/${id}`, body, (await find(list, id)).version);

test('the system administrator keeps the units, and nobody else', async () => {
  for (const username of ['security', 'auditor', 'leader', 'coordinator', 'inspector', 'owner-zhujianju'])
    assert.equal((await (await county.as(username)).post('/units', {id: 'x', name: '某局', kind: 'agency'})).status, 403, username);
  const made = await admin.post('/units', {id: 'xinxingju', name: '县乡村振兴局', kind: 'agency', supervising_leader: 'leader'});
  assert.equal(made.status, 201, JSON.stringify(made.body));
  assert.equal((await admin.post('/units', {id: 'xinxingju', name: '另一局', kind: 'agency'})).status, 409);
  for (const wrong of [{id: 'Bad Id', name: '甲', kind: 'agency'}, {id: 'jia', name: '县住建局', kind: 'agency'}, {id: 'jia', name: '甲\u200b', kind: 'agency'},
    {id: 'jia', name: '甲', kind: 'county'}, {id: 'jia', name: '甲', kind: 'agency', head: 'leader'}, {id: 'jia', name: '甲', kind: 'agency', colour: 'red'}])
    assert.equal((await admin.post('/units', wrong)).status, 400, JSON.stringify(wrong));
  const version = made.headers.get('etag').slice(1, -1);
  assert.equal((await patch(admin, '/units/xinxingju', {name: '县农业农村和振兴局'})).status, 428);
  assert.equal((await patch(admin, '/units/xinxingju', {name: '县农业农村和振兴局'}, version)).status, 200);
  assert.equal((await patch(admin, '/units/xinxingju', {name: '县振兴局'}, version)).status, 412, 'somebody has changed it');
  assert.equal((await find('units', 'xinxingju')).name, '县农业农村和振兴局');
});

test('the security administrator lets a person in, and roles and units count at the next request', async () => {
  const wish = {username: 'qiu', name: '邱振兴', unit: 'xinxingju', roles: ['Owner'], email: 'qiu@example.cn'};
  for (const username of ['admin', 'leader', 'coordinator', 'owner-zhujianju']) assert.equal((await (await county.as(username)).post('/participants', wish)).status, 403, username);
  assert.equal((await security.post('/participants', {...wish, roles: ['Owner', 'Auditor']})).status, 400, 'three powers');
  assert.equal((await security.post('/participants', {...wish, roles: []})).status, 400);
  assert.equal((await security.post('/participants', wish)).status, 201);
  assert.equal((await coordinator.post('/participants/qiu/invitation')).status, 403);
  const {address} = (await security.post('/participants/qiu/invitation')).body;
  const browser = new Browser(county.base);
  const link = new URL(address).pathname;
  assert.equal((await browser.ask(link)).status, 200);
  assert.equal((await browser.ask(link, {username: 'leader', password, again: password})).to, '/sign-in');
  assert.equal((await browser.ask(link)).status, 404);
  assert.equal((await security.post('/participants/qiu/invitation')).status, 409, 'there is an account');
  const qiu = await county.as_added('qiu');
  assert.deepEqual((await qiu.get('/me')).body.roles, ['Owner']);
  const calendar = (await qiu.post('/me/calendars', {unit: 'xinxingju', present_password: password})).body.address;
  assert.equal((await fetch(calendar)).status, 200);
  assert.equal((await change(security, 'participants', 'qiu', {roles: ['Inspector']})).status, 200);
  assert.equal((await fetch(calendar)).status, 404, 'nor does his unit\'s calendar answer any more');
  assert.equal((await change(security, 'participants', 'qiu', {roles: ['Head']})).status, 200);
  assert.deepEqual((await qiu.get('/me')).body.roles, ['Head'], 'at once');
  assert.equal((await change(security, 'participants', 'qiu', {active: false})).status, 200);
  assert.equal((await qiu.get('/me')).status, 401, 'out at once');
  assert.equal((await change(security, 'participants', 'qiu', {active: true, roles: ['Owner']})).status, 200);
  assert.equal((await qiu.get('/me')).status, 401, 'and his sessions do not come back');
});

test('nobody changes his own roles, and the last security administrator stays', async () => {
  assert.equal((await change(security, 'participants', 'security', {roles: ['Leader']})).status, 403);
  assert.equal((await change(security, 'participants', 'security', {active: false})).status, 403);
  assert.equal((await change(security, 'participants', 'security', {email: 'safe@example.cn'})).status, 200, 'his address is his own matter');
  // A second one without an account cannot take the first one's place.
  assert.equal((await security.post('/participants', {username: 'second', name: '第二', roles: ['SecurityAdministrator']})).status, 201);
  const {address} = (await security.post('/participants/second/invitation')).body;
  await new Browser(county.base).ask(new URL(address).pathname, {password, again: password});
  const second = await county.as_added('second');
  assert.equal((await change(security, 'participants', 'second', {active: false})).status, 200, 'one of two');
  assert.equal((await second.get('/me')).status, 401);
});

test('a new member of a group gets its shares, and a leaver\'s go where a leader decides', async () => {
  const group = await find('groups', 'gexiangzhenchang');
  const members = (person, body, version) => person.post('/groups/gexiangzhenchang/members', body, {'if-match': `"${version}"`});
  for (const username of ['admin', 'security', 'owner-zhujianju']) assert.equal((await members(await county.as(username), {add: ['xinxingju']}, group.version)).status, 403, username);
  const before_it = (await coordinator.get('/items?plan=2024&kind=Assignment&unit=xinxingju')).body.items.length;
  const added = await members(coordinator, {add: ['xinxingju']}, group.version);
  assert.equal(added.status, 200, JSON.stringify(added.body));
  const shares = (await coordinator.get('/items?plan=2024&kind=Assignment&unit=xinxingju')).body.items;
  assert.equal(shares.length - before_it, added.body.shares_made);
  assert.equal((await members(coordinator, {remove: ['xinxingju']}, group.version)).status, 412);
  const {version} = await find('groups', 'gexiangzhenchang');
  assert.equal((await members(coordinator, {add: ['xinxingju']}, version)).status, 400);
  assert.equal((await members(coordinator, {add: ['nowhere']}, version)).status, 400);
  if (shares.length > 0) {
    const ends = {remove: ['xinxingju'], decide: {xinxingju: 'cancel'}, reason: '机构改革'};
    assert.equal((await members(coordinator, ends, version)).status, 403, 'shares end by a leader');
    assert.equal((await members(leader, {...ends, reason: ''}, version)).status, 400);
    assert.deepEqual((await members(leader, ends, version)).body.shares_ended, shares.length);
  } else {
    assert.equal((await members(coordinator, {remove: ['xinxingju']}, version)).status, 200);
  }
});

test('coordinators add groups and rename them, and plans go on meaning them', async () => {
  const wish = {id: 'lianhezu', name: '联合工作组'};
  for (const username of ['admin', 'security', 'auditor', 'inspector', 'owner-zhujianju'])
    assert.equal((await (await county.as(username)).post('/groups', wish)).status, 403, username);
  const made = await coordinator.post('/groups', wish);
  assert.deepEqual([made.status, made.body.members], [201, []]);
  assert.equal((await coordinator.post('/groups', {...wish, name: '另一组'})).status, 409);
  for (const [wrong, pointer] of [[{id: 'Bad Id', name: '甲组'}, '/id'], [{id: 'jia', name: '县住建局'}, '/name'], [{id: 'jia', name: '联合工作组'}, '/name'],
    [{id: 'jia', name: '甲\u200b'}, '/name'], [{id: 'jia', name: '甲组', members: ['zhujianju']}, '/members']]) {
    const answer = await coordinator.post('/groups', wrong);
    assert.deepEqual([answer.status, answer.body.errors[0].pointer], [400, pointer], JSON.stringify(wrong));
  }
  const townships = await find('groups', 'gexiangzhenchang');
  assert.equal((await patch(leader, '/groups/gexiangzhenchang', {name: '各乡镇场'})).status, 428);
  assert.equal((await patch(admin, '/groups/gexiangzhenchang', {name: '各乡镇场'}, townships.version)).status, 403);
  assert.equal((await patch(leader, '/groups/nowhere', {name: '各乡镇场'}, townships.version)).status, 404);
  assert.equal((await patch(leader, '/groups/gexiangzhenchang', {name: '联合工作组'}, townships.version)).status, 400);
  assert.equal((await patch(leader, '/groups/gexiangzhenchang', {name: '乡镇场各单位'}, townships.version)).status, 200);
  assert.equal((await patch(leader, '/groups/gexiangzhenchang', {name: '又一个名字'}, townships.version)).status, 412);
  const {version} = await find('groups', 'gexiangzhenchang');
  const added = await coordinator.post('/groups/gexiangzhenchang/members', {add: ['shenjiju']}, {'if-match': `"${version}"`});
  assert.deepEqual([added.status, added.body.shares_made], [200, 1], 'row 10 still means the group');
});

test('a group is retired when nothing needs it, and can be brought back', async () => {
  const version = async (id) => (await find('groups', id)).version;
  const townships = await patch(leader, '/groups/gexiangzhenchang', {retired: true}, await version('gexiangzhenchang'));
  assert.deepEqual([townships.status, townships.body.errors.map(({pointer}) => pointer)], [409, ['/retired', '/retired']], 'members, and the open row 10');
  assert.equal((await patch(admin, '/groups/lianhezu', {retired: true}, await version('lianhezu'))).status, 403);
  const retired = await patch(coordinator, '/groups/lianhezu', {retired: true}, await version('lianhezu'));
  assert.deepEqual([retired.status, retired.body.kind, retired.body.name], [200, 'retired', '联合工作组']);
  const join = async () => coordinator.post('/groups/lianhezu/members', {add: ['zhujianju']}, {'if-match': `"${await version('lianhezu')}"`});
  assert.equal((await join()).status, 409);
  assert.equal((await patch(coordinator, '/groups/lianhezu', {retired: false}, await version('lianhezu'))).body.kind, 'group');
  assert.equal((await join()).status, 200);
});

test('a clerk\'s open work and a merged unit\'s shares go to others, and both histories say so', async () => {
  const share = (await county.share(10, 'zhujianju')).id;
  const owner = await county.as('owner-zhujianju');
  await owner.must(share, 'accept');
  await owner.must(share, 'report', {progress: 20, text: '开工'});
  assert.equal((await security.post('/participants', {username: 'ren', name: '任接手', unit: 'zhujianju', roles: ['Owner']})).status, 201);
  const pass = {to: 'ren', reason: '调离'};
  for (const username of ['admin', 'security', 'owner-zhujianju', 'inspector'])
    assert.equal((await (await county.as(username)).post('/participants/owner-zhujianju/hand-over', pass)).status, 403, username);
  const moved = await coordinator.post('/participants/owner-zhujianju/hand-over', pass);
  assert.deepEqual([moved.status, moved.body.items], [200, [share]]);
  assert.equal((await coordinator.get(`/items/${share}/history`)).body.items.at(-1).type, 'work.handed_over');

  assert.equal((await coordinator.post('/units/zhujianju/hand-over', {to: 'xinxingju', reason: '并入'})).status, 403, 'a leader decides');
  assert.equal((await leader.post('/units/zhujianju/hand-over', {to: 'nowhere', reason: '并入'})).status, 400);
  const merged = await leader.post('/units/zhujianju/hand-over', {to: 'xinxingju', reason: '并入'});
  assert.equal(merged.status, 200, JSON.stringify(merged.body));
  assert.ok(merged.body.items.includes(share));
  const goes_on = merged.body.made[merged.body.items.indexOf(share)];
  assert.equal((await county.item(goes_on)).unit.id, 'xinxingju');
  for (const id of [share, goes_on]) assert.ok((await coordinator.get(`/items/${id}/history`)).body.items.some((entry) => entry.type === 'work.handed_over' && entry.payload.to === 'xinxingju'), `item ${id}`);
  const page = await (await fetch(`${county.base}/items/${goes_on}`, {headers: {cookie: coordinator.cookie}})).text();
  assert.match(page, /移交工作：县住建局 → 县农业农村和振兴局/);

  // Whoever reported on it before does not verify it, in whatever unit and role he is now.
  assert.equal((await change(security, 'participants', 'owner-zhujianju', {unit: 'duchashi', roles: ['Inspector']})).status, 200);
  const qiu = new Person(county.base, 'qiu');
  await qiu.sign_in(password);
  await qiu.must(goes_on, 'accept');
  assert.equal((await qiu.attach(goes_on, '照片.png', photo)).status, 201);
  await qiu.must(goes_on, 'closeout.apply', {summary: '完成'});
  const state = (await county.item(goes_on)).state;
  if (JSON.stringify(state).includes('first_review')) await coordinator.must(goes_on, 'closeout.approve');
  assert.equal((await owner.event(goes_on, 'closeout.verify')).status, 403);
  await (await county.as('inspector')).must(goes_on, 'closeout.verify');
});

test('a unit is retired when nothing hangs on it', async () => {
  const refused = await change(admin, 'units', 'zhujianju', {retired: true});
  assert.equal(refused.status, 409, 'it has people still');
  for (const username of ['ren', 'head-zhujianju']) assert.equal((await change(security, 'participants', username, {active: false})).status, 200, username);
  const again = await change(admin, 'units', 'zhujianju', {retired: true});
  if (again.status === 409) {  // in groups of the demonstration
    for (const {id, members, version} of (await coordinator.get('/groups?limit=200')).body.items)
      if (members.includes('zhujianju')) {
        const out = await coordinator.post(`/groups/${id}/members`, {remove: ['zhujianju']}, {'if-match': `"${version}"`});
        assert.equal(out.status, 200, JSON.stringify(out.body));
      }
    const done = await change(admin, 'units', 'zhujianju', {retired: true});
    assert.equal(done.status, 200, JSON.stringify(done.body));
  }
  assert.equal((await security.post('/participants', {username: 'late', name: '来迟', unit: 'zhujianju', roles: ['Owner']})).status, 400);
});

test('the pages do the same, and show forms to those only who may use them', async () => {
  const at = async (username) => {
    const browser = new Browser(county.base);
    await browser.sign_in(username, '', `demo-${username}`);
    return browser;
  };
  const office = await at('admin');
  assert.match((await office.ask('/admin/organisation')).page, /新增单位/);
  assert.doesNotMatch(office.page, /新增人员/);
  await office.ask('/admin/organisation/units', {id: 'shuzhiju', name: '县数智局', kind: 'agency'});
  const shown = await office.ask('/admin/organisation/units/shuzhiju');
  assert.match(shown.page, /县数智局/);
  const seen = shown.page.match(/name="seen" value="([0-9a-f]+)"/)[1];
  await office.ask('/admin/organisation/units/shuzhiju', {seen, name: '县数据局', kind: 'agency'});
  assert.match((await office.ask('/admin/organisation?q=数据局')).page, /县数据局/);
  await office.ask('/admin/organisation/units/shuzhiju', {seen, name: '县局', kind: 'agency'});
  assert.match((await office.ask('/admin/organisation/units/shuzhiju')).page, /已被他人更新/);
  const desk = await at('coordinator');
  assert.match((await desk.ask('/admin/organisation')).page, /新增单位组/);
  assert.doesNotMatch(desk.page, /新增单位</);
  await desk.ask('/admin/organisation/groups', {id: 'zhuanban', name: '工作专班'});
  const group = await desk.ask('/admin/organisation/groups/zhuanban');
  await desk.ask('/admin/organisation/groups/zhuanban/name', {seen: group.page.match(/name="seen" value="([0-9a-f]+)"/)[1], name: '攻坚专班'});
  assert.match((await desk.ask('/admin/organisation?q=攻坚')).page, /攻坚专班/);
  for (const [retired, words] of [['true', /已撤销/], ['false', /加入<\/h2>/]]) {
    const {page} = await desk.ask('/admin/organisation/groups/zhuanban');
    await desk.ask('/admin/organisation/groups/zhuanban/retired', {seen: page.match(/name="seen" value="([0-9a-f]+)"/)[1], retired});
    assert.match((await desk.ask('/admin/organisation/groups/zhuanban')).page, words);
  }
  const clerk = await at('owner-fupinban');
  const page = (await clerk.ask('/admin/organisation/units/shuzhiju')).page;
  assert.doesNotMatch(page, /name="seen"/);
  await clerk.ask('/admin/organisation/units/shuzhiju', {seen, name: '县局', kind: 'agency'});
  assert.equal((await find('units', 'shuzhiju')).name, '县数据局');
  assert.equal((await clerk.ask('/admin/organisation/people/nobody')).status, 404);
});

test('the record stands, and the command does the same beside no server', async () => {
  await county.stop();
  const verified = await run('verify', '--db', county.db);
  assert.equal(verified.code, 0, verified.out);
  assert.doesNotMatch(verified.out, /does not know/);
  const organisation = (...words) => run('organisation', ...words, '--db', county.db);
  const listed = JSON.parse((await organisation('list', '--search', 'shuzhiju', '--json')).out);
  assert.deepEqual(listed.units.map((unit) => unit.name), ['县数据局']);
  assert.equal((await organisation('change-unit', 'shuzhiju', '--name', '县局', '--by', 'leader')).code, 2);
  assert.equal((await organisation('change-unit', 'shuzhiju', '--name', '县局', '--by', 'admin')).code, 0);
  assert.equal((await organisation('change-unit', 'nowhere', '--name', '县局', '--by', 'admin')).code, 2);
  assert.equal((await organisation('add-unit', 'shuzhiju', '--leaves', '--by', 'admin')).code, 2);
  assert.equal((await organisation('add-person', 'lu', '--name', '陆', '--role', 'Owner', '--unit', 'shuzhiju', '--by', 'security')).code, 0);
  assert.equal((await organisation('change-person', 'lu', '--leaves', '--by', 'admin')).code, 2);
  assert.equal((await organisation('hand-over-unit', 'fupinban', '--to', 'shuzhiju', '--by', 'leader')).code, 2, 'no reason');
  assert.equal((await organisation('add-group', 'bangfu', '--name', '帮扶专班', '--by', 'admin')).code, 2);
  assert.equal((await organisation('add-group', 'bangfu', '--name', '帮扶专班', '--by', 'coordinator')).code, 0);
  assert.equal((await organisation('change-group', 'bangfu', '--name', '帮扶组', '--add', 'shuzhiju,fupinban', '--by', 'coordinator')).code, 0);
  const [bangfu] = JSON.parse((await organisation('list', '--search', 'bangfu', '--json')).out).groups;
  assert.deepEqual([bangfu.name, bangfu.members], ['帮扶组', ['shuzhiju', 'fupinban']]);
  assert.match((await organisation('change-group', 'bangfu', '--retire', '--by', 'coordinator')).err, /--retire: it has 2 members/);
  assert.equal((await organisation('change-group', 'bangfu', '--remove', 'shuzhiju,fupinban', '--retire', '--by', 'coordinator')).code, 0);
  assert.match((await organisation('list', '--search', 'bangfu')).out, /retired/);
  const leaves = ['change-group', 'gexiangzhenchang', '--remove', 'shenjiju', '--decide', 'shenjiju=cancel'];
  assert.match((await organisation(...leaves, '--by', 'leader')).err, /--reason/);
  assert.equal((await organisation(...leaves, '--reason', '误列', '--by', 'coordinator')).code, 2, 'a leader decides');
  const left = await organisation(...leaves, '--reason', '误列', '--by', 'leader');
  assert.equal(left.code, 0, left.err);
  assert.match(left.out, /^0 shares made, 1 ended/);
  assert.match((await organisation('change-group', 'bangfu', '--decide', 'x', '--add', 'caizhengju', '--by', 'leader')).err, /--decide/);
  assert.equal((await organisation('change-group', 'nowhere', '--name', '组', '--by', 'leader')).code, 2);
  assert.equal((await organisation('change-group', 'bangfu', '--by', 'leader')).code, 2);
  assert.equal((await run('verify', '--db', county.db)).code, 0);
  assert.equal((await organisation('hand-over-unit', 'fupinban', '--to', 'shuzhiju', '--reason', '并入', '--by', 'coordinator')).code, 2);
});
