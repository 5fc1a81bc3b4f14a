// Nobody signs off his own work, by whatever route he tries; and what has ended stays as it is.

import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';

import {bring, refused} from './attack.mjs';
import {Browser} from './browser.mjs';
import {County, photo, run} from './county.mjs';

let county, inspector, coordinator, owner, token;

before(async () => {
  county = await County.make();
  // Accounts that a careless administrator makes.
  const careless = [
    ['zhao', '赵全能', 'Owner,Coordinator,Inspector', '--unit', 'zhujianju'], ['qian', '钱同事', 'Owner', '--unit', 'zhujianju'],
    ['sun', '孙督查', 'Inspector', '--unit', 'zhujianju'], ['zhou', '周两职', 'Coordinator,Inspector'],
  ];
  for (const person of careless) {
    const added = county.add(...person);
    assert.equal(added.code, 0, added.err);
  }
  await county.serve();
  await county.stop();  // the demonstration accounts are there now
  const made = await run('token', 'create', 'owner-zhujianju', '--db', county.db, '--name', 'script', '--scopes', 'items', '--days', '30');
  assert.equal(made.code, 0, made.err);
  token = made.out.match(/xiaohao_\S+/)[0];
  await county.serve();
  [inspector, coordinator, owner] = [await county.as('inspector'), await county.as('coordinator'), await county.as('owner-zhujianju')];
});
after(async () => await county.close());

test('an account with every role does not sign off what it applied for', async () => {
  const {id} = await county.share(10, 'zhujianju');
  const zhao = await county.as_added('zhao');
  await zhao.must(id, 'accept');
  assert.equal((await zhao.attach(id, '照片.png', photo)).status, 201);
  await zhao.must(id, 'closeout.apply', {summary: '完成'});
  await refused(county, id, 403, () => zhao.event(id, 'closeout.approve'));
  await refused(county, id, 409, () => zhao.event(id, 'closeout.verify'));
  await coordinator.must(id, 'closeout.approve');
  await refused(county, id, 403, () => zhao.event(id, 'closeout.verify'));
});

test('nor does an inspector of the same house, another unit, an administrator, or whoever gave the first review', async () => {
  const {id} = await county.share(10, 'zhujianju');  // as the test before left it: it waits for verification
  for (const username of ['sun', 'qian']) {
    const person = await county.as_added(username);
    await refused(county, id, 403, () => person.event(id, 'closeout.verify'));
  }
  for (const username of ['owner-minzhengju', 'coordinator', 'leader', 'admin', 'security', 'auditor']) {
    const person = await county.as(username);
    await refused(county, id, 403, () => person.event(id, 'closeout.verify'));
  }
  await inspector.must(id, 'closeout.reject', {reason: '缺验收单'});
  await owner.must(id, 'closeout.apply', {summary: '补齐'});
  const zhou = await county.as_added('zhou');
  await zhou.must(id, 'closeout.approve');
  await refused(county, id, 403, () => zhou.event(id, 'closeout.verify'));
  await inspector.must(id, 'closeout.verify');
});

async function away(by, who, substitute) {
  return await by.post('/absences', {away: who, substitute, first: '2024-01-02', last: '2024-12-31'});
}
const back = async (by, {id}) => assert.equal((await by.post(`/absences/${id}/end`, {})).status, 200);

test('a stand-in does not verify what he or the one he stands in for has done, also after the absence', async () => {
  const {id} = await county.share(5, 'zhujianju');
  const usurped = await away(owner, 'inspector', 'owner-zhujianju');
  assert.equal(usurped.status, 403, 'nobody makes himself the stand-in of another');
  await bring(county, id, 'approve');

  // The verifier stands in for the applicant, which the applicant cannot bring about.
  const chosen = await away(owner, 'owner-zhujianju', 'inspector');
  assert.deepEqual([chosen.status, chosen.body.errors[0].pointer], [400, '/substitute'], 'nobody keeps an inspector away from his own work');
  const first = await away(coordinator, 'owner-zhujianju', 'inspector');
  assert.equal(first.status, 201, JSON.stringify(first.body));
  await refused(county, id, 403, () => inspector.event(id, 'closeout.verify'));
  await back(coordinator, first.body);
  // The applicant, and his colleague, stand in for the verifier.
  for (const [username, person] of [['owner-zhujianju', owner], ['qian', await county.as_added('qian')]]) {
    const second = await away(inspector, 'inspector', username);
    assert.equal(second.status, 201);
    await refused(county, id, 403, () => person.event(id, 'closeout.verify'));
    await back(inspector, second.body);
    await refused(county, id, 403, () => person.event(id, 'closeout.verify'));
  }
  // What was done for another counts also when the absence has ended.
  await inspector.must(id, 'closeout.reject', {reason: '退回'});
  const third = await away(coordinator, 'owner-zhujianju', 'inspector');
  await inspector.must(id, 'report', {progress: 90, text: '代为填报'});
  assert.equal((await inspector.attach(id, '代交.png', photo)).status, 201, 'a stand-in hands in files too');
  await back(coordinator, third.body);
  await owner.must(id, 'closeout.apply', {summary: '完成'});
  await coordinator.must(id, 'closeout.approve');
  await refused(county, id, 403, () => inspector.event(id, 'closeout.verify'));
  const zhou = await county.as_added('zhou');
  await zhou.must(id, 'closeout.verify');
});

test('the lead unit does not review a share that it applied for as a stand-in', async () => {
  const {id} = await county.share(10, 'fupinban');
  const supporting = await county.as('owner-fupinban');
  const absent = await away(supporting, 'owner-fupinban', 'owner-zhujianju');
  assert.equal(absent.status, 201, JSON.stringify(absent.body));
  await bring(county, id, 'apply');  // by the lead unit's owner, for the other
  await back(supporting, absent.body);
  await refused(county, id, 403, () => owner.event(id, 'closeout.approve'));
  const qian = await county.as_added('qian');
  await qian.must(id, 'closeout.approve');
});

test('a personal token is its owner, whatever stands beside it', async () => {
  const {id} = await county.share(5, 'fupinban');
  const supporting = {owner: 'owner-fupinban'};
  await bring(county, id, 'apply', supporting);
  const by_token = async (where, options = {}) => {
    const response = await fetch(`${county.base}/api/v1${where}`, options);
    return {status: response.status, headers: response.headers, body: await response.json()};
  };
  const seen = (await owner.get(`/items/${id}`)).headers.get('etag');
  const headers = {authorization: `Bearer ${token}`, 'content-type': 'application/json', 'if-match': seen};
  const send = (type, more = {}) => by_token(`/items/${id}/events`, {method: 'POST', headers: {...headers, ...more}, body: JSON.stringify({type})});
  await refused(county, id, 403, () => send('closeout.apply'));
  await refused(county, id, 403, () => send('closeout.verify'));
  await refused(county, id, 403, () => send('closeout.verify', {cookie: inspector.cookie, 'x-csrf-token': inspector.csrf}));
  await refused(county, id, 401, () => send('closeout.approve', {authorization: `Bearer ${token}x`, cookie: owner.cookie, 'x-csrf-token': owner.csrf}));
  await refused(county, id, 401, () => send('closeout.approve', {authorization: `Basic ${token}`}));
  await refused(county, id, 401, () => by_token(`/items/${id}?token=${token}`));
});

test('a replayed request counts once, for its sender, and with its own words', async () => {
  const {id} = await county.share(5, 'fupinban');  // applied for by the test before
  await owner.must(id, 'closeout.approve');
  const seen = (await inspector.get(`/items/${id}`)).headers.get('etag');
  const body = {type: 'closeout.verify', text: '属实'};
  const headers = {'if-match': seen, 'idempotency-key': 'verify-1'};
  const replay = (person, what = body, more = {}) => person.post(`/items/${id}/events`, what, {...headers, ...more});
  assert.equal((await replay(inspector)).status, 200);
  const again = await refused(county, id, 200, () => replay(inspector));
  assert.equal(again.body.stage, 'publicity');
  await refused(county, id, 422, () => replay(inspector, {type: 'closeout.reject', reason: '改口'}));
  await refused(county, id, 412, () => replay(inspector, body, {'idempotency-key': 'verify-2'}));
  for (const username of ['owner-fupinban', 'owner-zhujianju']) {
    const person = await county.as(username);
    await refused(county, id, 412, () => replay(person));
    const now = (await person.get(`/items/${id}`)).headers.get('etag');
    await refused(county, id, 403, () => replay(person, body, {'if-match': now}));
  }
  // In the next round the old approval opens nothing.
  await inspector.must(id, 'closeout.object', {reason: '有异议'});
  await refused(county, id, 200, () => replay(inspector));
  assert.equal((await county.item(id)).stage, 'verification');
});

test('an edited or stale form is refused, and the page shows it', async () => {
  const {id} = await county.share(7, 'fagaiwei');
  await bring(county, id, 'apply', {owner: 'owner-fagaiwei'});
  const clerk = new Browser(county.base);
  await clerk.sign_in('owner-fagaiwei', '', 'demo-owner-fagaiwei');
  await clerk.ask(`/items/${id}`);
  const {version} = await county.item(id);
  const send = (fields) => clerk.ask(`/items/${id}/events`, {version: String(version), ...fields});
  await refused(county, id, 403, () => send({type: 'closeout.approve'}));
  for (const more of [{actor: 'coordinator'}, {username: 'coordinator', on_behalf_of: 'coordinator'}, {role: 'Coordinator', unit: 'fupinban'}])
    await refused(county, id, 403, () => send({type: 'closeout.approve', ...more}));
  await refused(county, id, 412, () => send({type: 'closeout.approve', version: String(version - 1)}));
  await refused(county, id, 428, () => send({type: 'closeout.approve', version: ''}));
  const other = await county.share(10, 'fupinban');
  await refused(county, other.id, 403, () => clerk.ask(`/items/${other.id}/events`, {type: 'closeout.verify', version: String(other.version)}));

  const reviewer = new Browser(county.base);
  await reviewer.sign_in('coordinator', '', 'demo-coordinator');
  await reviewer.ask(`/items/${id}`);
  await coordinator.must(id, 'urge', {text: '请尽快'});
  const stale = await refused(county, id, 412, () => reviewer.ask(`/items/${id}/events`, {type: 'closeout.approve', version: String(version)}));
  assert.match(stale.page, /事项有了变化/);
  assert.match(stale.page, /请尽快/, 'it shows what has happened meanwhile');
});

test('a body says neither who acts nor when nor what follows', async () => {
  const {id} = await county.share(7, 'fagaiwei');
  for (const field of ['actor', 'on_behalf_of', 'at', 'recorded_at', 'state', 'version', 'unit', 'contributors', '__proto__x'])
    await refused(county, id, 400, () => coordinator.event(id, 'closeout.approve', {[field]: 'inspector'}), `/${field}`);
});

test('nobody sends what only the clock and the engine send', async () => {
  const {id, parent} = await county.share(7, 'fagaiwei');
  for (const username of ['leader', 'owner-fagaiwei'])
    for (const type of ['xstate.after.publicity.assignment.closeout.publicity', 'share.changed', 'due.changed', 'item.created', 'escalation.step', 'lifecycle.migrated'])
      for (const item of [id, parent]) {
        const person = await county.as(username);
        const answer = await refused(county, item, username === 'leader' && type === 'lifecycle.migrated' ? 409 : 403, () => person.event(item, type));
        assert.ok(answer.body.detail);
      }
});

test('evidence is a file that was handed in, not the name of one', async () => {
  const secret = await county.share(14, 'minzhengju');
  const other = await county.as('owner-minzhengju');
  await other.must(secret.id, 'accept');
  const theirs = await other.attach(secret.id, '困难群众名单.png', Buffer.concat([photo, Buffer.from('list of names')]));
  assert.equal(theirs.status, 201);
  const {id} = await county.share(23, 'caizhengju');
  const thief = await county.as('owner-caizhengju');
  await thief.must(id, 'accept');
  const piece = {name: '验收单.png', size: 70, media_type: 'image/png'};
  for (const sha256 of ['a'.repeat(64), theirs.body.sha256]) {
    await refused(county, id, 400, () => thief.event(id, 'evidence.attach', {sha256, ...piece}), '/type');
    await refused(county, id, 422, () => thief.event(id, 'closeout.apply', {summary: '完成', evidence: [sha256]}), '/evidence/0');
  }
  await refused(county, id, 400, () => thief.event(id, 'evidence.attach', {sha256: 'b'.repeat(64), ...piece, media_type: 'text/html\r\nX-Evil: 1'}), '/type');
  await refused(county, id, 422, () => thief.event(id, 'closeout.apply', {summary: '完成'}), '/evidence');
  await refused(county, id, 422, () => thief.event(id, 'evidence.withdraw', {sha256: theirs.body.sha256}), '/sha256');
  await refused(county, secret.id, 403, () => thief.event(secret.id, 'evidence.withdraw', {sha256: theirs.body.sha256}));
  assert.equal((await thief.get(`/evidence/${theirs.body.sha256}`)).status, 403);

  const clerk = new Browser(county.base);
  await clerk.sign_in('owner-caizhengju', '', 'demo-owner-caizhengju');
  await clerk.ask(`/items/${id}`);
  const {version} = await county.item(id);
  await refused(county, id, 400, () => clerk.ask(`/items/${id}/events`, {type: 'evidence.attach', version: String(version), sha256: theirs.body.sha256, ...piece, size: '70'}));
  // A file that was withdrawn is no evidence any more, and is not withdrawn twice.
  const mine = await thief.attach(id, '照片.png', photo);
  await thief.must(id, 'evidence.withdraw', {sha256: mine.body.sha256});
  await refused(county, id, 422, () => thief.event(id, 'evidence.withdraw', {sha256: mine.body.sha256}), '/sha256');
  await refused(county, id, 422, () => thief.event(id, 'closeout.apply', {summary: '完成', evidence: [mine.body.sha256]}), '/evidence/0');
});

test('an extension is asked for in time, for a day that is still to come, and granted by another', async () => {
  const {id} = await county.share(6, 'fupinban');  // due at the end of June
  const asker = await county.as('owner-fupinban');
  await asker.must(id, 'accept');
  const ask = (due) => asker.event(id, 'extension.request', {due, reason: '连续降雨'});
  for (const due of ['2023-12-31', '2024-01-02', '2024-06-29', '2024-06-30', '2025-01-31', '9999-12-31'])
    await refused(county, id, 422, () => ask(due), '/due');
  for (const due of ['', '2024-02-30', '0000-00-00', '2024-7-1', 'tomorrow', null, 20240701, '2024-07-15T00:00:00+08:00'])
    await refused(county, id, 400, () => ask(due), '/due');
  await asker.must(id, 'extension.request', {due: '2024-07-31', reason: '连续降雨'});
  await refused(county, id, 409, () => ask('2024-08-31'));
  await refused(county, id, 403, () => asker.event(id, 'extension.grant'));
  await refused(county, id, 400, () => coordinator.event(id, 'extension.grant', {due: '2024-12-31'}), '/due');
  // The one who asked stands in for the one who grants.
  const absent = await away(coordinator, 'coordinator', 'owner-fupinban');
  assert.equal(absent.status, 201);
  await refused(county, id, 403, () => asker.event(id, 'extension.grant'));
  await back(coordinator, absent.body);
  await coordinator.must(id, 'extension.refuse', {reason: '可以按期'});
  await refused(county, id, 409, () => coordinator.event(id, 'extension.grant'));
});

test('a reopened item is nobody\'s own to approve: neither its verification nor the extension asked for before', async () => {
  const {id} = await county.share(12, 'rensheju');
  const absent = await away(coordinator, 'coordinator', 'owner-rensheju');
  assert.equal(absent.status, 201);
  const asker = await county.as('owner-rensheju');
  await asker.must(id, 'accept');
  await asker.must(id, 'extension.request', {due: '2024-11-30', reason: '连续降雨'});
  await bring(county, id, 'publicity', {owner: 'owner-rensheju', from: 'attach'});
  assert.equal((await county.item(id)).stage, 'closed');
  await inspector.must(id, 'reinspect.reopen', {reason: '反弹'});
  await refused(county, id, 403, () => asker.event(id, 'extension.grant'));
  await refused(county, id, 422, () => asker.event(id, 'closeout.apply', {summary: '完成'}), '/evidence');
  assert.equal((await asker.attach(id, '照片.png', Buffer.concat([photo, Buffer.from([1])]))).status, 201);
  await asker.must(id, 'closeout.apply', {summary: '再次完成'});
  await refused(county, id, 403, () => asker.event(id, 'closeout.approve'));
  await back(coordinator, absent.body);
});

test('what has ended takes no objection, review, file or extension', async () => {
  const {id} = await county.share(11, 'jiaoketiju');
  const unit = await county.as('owner-jiaoketiju');
  await bring(county, id, 'publicity', {owner: 'owner-jiaoketiju'});
  assert.equal((await county.item(id)).stage, 'closed');
  for (const username of ['owner-minzhengju', 'coordinator', 'inspector', 'leader']) {
    const person = await county.as(username);
    await refused(county, id, 409, () => person.event(id, 'closeout.object', {reason: '迟到的异议'}));
  }
  await refused(county, id, 409, () => inspector.event(id, 'closeout.verify'));
  await refused(county, id, 409, () => coordinator.event(id, 'closeout.approve'));
  await refused(county, id, 409, () => unit.event(id, 'report', {progress: 1}));
  await refused(county, id, 409, () => unit.attach(id, '迟到.png', photo));
  await refused(county, id, 422, () => unit.event(id, 'extension.request', {due: '2024-12-30', reason: '迟'}));

  const leader = await county.as('leader');
  const cancelled = await county.share(24, 'fupinban');
  await leader.must(cancelled.id, 'cancel', {reason: '不再需要'});
  for (const [person, type] of [[leader, 'cancel'], [inspector, 'reinspect.reopen'], [await county.as('owner-fupinban'), 'accept']])
    await refused(county, cancelled.id, 409, () => person.event(cancelled.id, type, type === 'accept' ? {} : {reason: 'x'}));
});

test('a clock set back turns nothing back', async () => {
  const {id} = await county.share(1, 'zuzhibu');
  const now = await county.clock({to: '2024-03-15T12:00:00+08:00'});
  const unit = await county.as('owner-zuzhibu');
  await unit.must(id, 'accept');
  const admin = await county.as('admin');
  await refused(county, id, 400, () => admin.post('/demo/clock', {to: '2024-02-01T00:00:00+08:00'}), '/to');
  await refused(county, id, 400, () => admin.post('/demo/clock', {advance: '-P30D'}), '/advance');
  await county.stop();
  await county.serve({clock: '2024-02-01T08:30:00+08:00'});
  const same = await county.as('owner-zuzhibu');
  await refused(county, id, 422, () => same.event(id, 'extension.request', {due: '2024-12-01', reason: '雨'}));
  assert.equal((await county.item(id)).light, 'red', 'still overdue');
  await same.must(id, 'report', {progress: 30, text: '补报'});
  const history = (await same.get(`/items/${id}/history?limit=200`)).body.items;
  const report = history.find((entry) => entry.type === 'report');
  assert.ok(Date.parse(report.at) >= Date.parse(now), `${report.at} is not before ${now}`);
  await county.stop();
  const verified = await run('verify', '--db', county.db);
  assert.equal(verified.code, 0, verified.out + verified.err);
});
