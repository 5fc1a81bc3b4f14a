// Who is told, who is not and why; and that a kill at any moment loses and doubles nothing. The real program, a real mail
// server, real SIGKILLs.

import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {test} from 'node:test';

import {County, run} from './county.mjs';
import {MailServer} from './mail_server.mjs';

const until = '2024-03-05T12:00:00+08:00';

/** Row 1 is the one that falls due in February; the next is due in December only. */
async function county_with_mail() {
  const county = await County.make({rows: [1, 17]});
  const mail = await MailServer.open(county.folder);
  const options = ['--config', mail.configuration(county.folder)];
  return {county, mail, options};
}

async function close({county, mail}) {
  await county.close();
  mail.close();
}

/** Everything that was decided, and what became of it. */
async function ledger(county) {
  const auditor = await county.as('auditor');
  const lines = new Map();
  for (let cursor = ''; cursor !== null;) {
    const {body} = await auditor.get(`/notices?limit=200${cursor && `&cursor=${cursor}`}`);
    for (const notice of body.items) {
      assert.ok(!lines.has(notice.key), `${notice.key} was decided twice`);
      lines.set(notice.key, `${notice.state} ${notice.reason ?? ''} ${notice.delivery ?? ''}`);
    }
    cursor = body.next;
  }
  return lines;
}

const sorted = (lines) => [...lines].sort(([a], [b]) => (a < b ? -1 : 1));


test('a kill between decision and delivery loses nothing and decides nothing twice', async () => {
  const calm = await county_with_mail();
  const stormy = await county_with_mail();
  try {
    await calm.county.serve({options: calm.options});
    const began = Date.now();
    await calm.county.clock({to: until});
    const took = Date.now() - began;
    const wanted = await ledger(calm.county);
    assert.ok(calm.mail.ids().length >= 10, `${calm.mail.ids().length} mails`);

    await stormy.county.serve({options: stormy.options});
    let kills = 0;
    for (let round = 0; round < 5; ++round) {
      const moment = Math.random() * took * 0.6;
      let finished = false;
      const walk = stormy.county.clock({to: until}).then(() => (finished = true), () => {});
      await Promise.race([walk, new Promise((resolve) => setTimeout(resolve, moment))]);
      if (finished) break;
      await stormy.county.stop('SIGKILL');
      ++kills;
      await walk;
      await stormy.county.serve({options: stormy.options});
    }
    assert.ok(kills > 0);
    await stormy.county.clock({to: until});
    assert.deepEqual(sorted(await ledger(stormy.county)), sorted(wanted));
    assert.deepEqual(new Set(stormy.mail.ids()), new Set(calm.mail.ids()), 'the same messages, some perhaps twice');
  } finally {
    await close(calm);
    await close(stormy);
  }
});

test('nor does a kill at the commit itself', {skip: spawnSync('strace', ['-V']).status !== 0 && 'strace is not here'}, async () => {
  const calm = await county_with_mail();
  try {
    await calm.county.serve({options: calm.options});
    await calm.county.clock({to: '2024-03-04T12:00:00+08:00'});
    const wanted = sorted(await ledger(calm.county));
    for (const nth of [10, 25, 60]) {
      const world = await county_with_mail();
      try {
        const through = ['strace', '-f', '-qq', '-o', '/dev/null', '-e', 'trace=fdatasync,fsync',
          '-e', `inject=fdatasync,fsync:signal=SIGKILL:when=${nth}`];
        await world.county.serve({options: world.options});  // the accounts are made without being traced
        await world.county.stop();
        await world.county.serve({options: world.options, through});
        await world.county.clock({to: '2024-03-04T12:00:00+08:00'}).catch(() => {});
        await world.county.exited;
        await world.county.serve({options: world.options});
        await world.county.clock({to: '2024-03-04T12:00:00+08:00'});
        assert.deepEqual(sorted(await ledger(world.county)), wanted, `killed at sync ${nth}`);
        assert.deepEqual(new Set(world.mail.ids()), new Set(calm.mail.ids()));
      } finally {
        await close(world);
      }
    }
  } finally {
    await close(calm);
  }
});

test('the link in a mail acknowledges by its button, not by being looked at', async () => {
  const world = await county_with_mail();
  const {county, mail, options} = world;
  try {
    await county.serve({options});
    await county.clock({to: '2024-03-05T12:00:00+08:00'});
    const letter = mail.mails().find((one) => one.to[0].startsWith('coordinator@') && one.text.includes('/acknowledge/'));
    const path = letter.text.match(/\/acknowledge\/\S+/)[0];
    const coordinator = await county.as('coordinator');
    const acknowledged = async () => (await coordinator.notices('&recipient=coordinator&channel=mail&state=sent'))
      .filter((notice) => notice.acknowledged_at !== null).length;
    for (let scan = 0; scan < 2; ++scan) {
      const page = await fetch(county.base + path);
      assert.equal(page.status, 200);
      assert.match(await page.text(), /<button type="submit">知悉<\/button>/);
    }
    assert.equal(await acknowledged(), 0, 'a scanner that opens every link acknowledges nothing');

    const forged = path.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'));
    assert.equal((await fetch(county.base + forged, {method: 'POST'})).status, 404);
    assert.equal(await acknowledged(), 0);

    assert.equal((await fetch(county.base + path, {method: 'POST'})).status, 200);
    assert.ok(await acknowledged() >= 1);
    const again = await fetch(county.base + path, {method: 'POST'});
    assert.match(await again.text(), /已于 .* 知悉/);
    const copies = (await coordinator.notices('&recipient=coordinator')).filter((notice) => notice.acknowledged_at);
    assert.deepEqual(new Set(copies.map((notice) => notice.channel)), new Set(['inbox', 'mail']));

    await county.clock({to: '2024-04-10T12:00:00+08:00'});
    assert.equal((await fetch(county.base + path, {method: 'POST'})).status, 404, 'a month later it has expired');
  } finally {
    await close(world);
  }
});

test('a silence withholds and says why, and ends', async () => {
  const county = await County.open({rows: [1]});
  try {
    const {id, unit} = await county.share(1, 'zuzhibu');
    const coordinator = await county.as('coordinator');
    const wish = {unit: unit.id, reason: '洪灾抢险', until: '2024-03-04T00:00:00+08:00'};
    assert.equal((await (await county.as('owner-zuzhibu')).post('/silences', wish)).status, 403);
    for (const wrong of [{...wish, reason: ' '}, {...wish, until: '2023-01-01T00:00:00+08:00'}, {...wish, unit: 'nowhere'},
                         {reason: 'x', until: wish.until}, {...wish, until: 'soon'}, {...wish, surprise: 1}])
      assert.equal((await coordinator.post('/silences', wrong)).status, 400, JSON.stringify(wrong));
    const set = await coordinator.post('/silences', wish);
    assert.equal(set.status, 201, JSON.stringify(set.body));
    await county.clock({to: '2024-03-05T12:00:00+08:00'});
    const told = await coordinator.notices(`&item=${id}`);
    const silenced = told.filter((notice) => notice.reason === 'silenced');
    assert.ok(silenced.length > 0 && silenced.every((notice) => notice.state === 'withheld' && notice.reason_text === 'silenced'));
    assert.ok(told.some((notice) => notice.step === 'supervise' && notice.state === 'sent'), 'after its end the ladder goes on');
    assert.equal((await coordinator.post(`/silences/${set.body.id}/end`, {})).status, 409);
    const second = await coordinator.post('/silences', {...wish, until: '2024-06-01T00:00:00+08:00'});
    assert.equal((await coordinator.post(`/silences/${second.body.id}/end`, {})).body.ended_by, 'coordinator');
    const listed = await run('silence', 'list', '--db', county.db, '--json');
    assert.equal(JSON.parse(listed.out).items.length, 2);
    const refused = await run('silence', 'set', '--db', county.db, '--by', 'coordinator', '--until', 'soon', '--reason', 'x');
    assert.equal(refused.code, 2);
    assert.match(refused.err, /^xiaohao: silence set --until: /);
  } finally {
    await county.close();
  }
});

test('whoever stands in is told, acts in his own name, and cannot review what he did', async () => {
  const county = await County.open({rows: [10]});
  try {
    const {id} = await county.share(10, 'fupinban');
    const owner = await county.as('owner-fupinban');
    const substitute = await county.as('owner-zuzhibu');
    assert.equal((await substitute.event(id, 'accept')).status, 403);
    const absence = {substitute: 'owner-zuzhibu', first: '2024-01-02', last: '2024-03-31', reason: '学习'};
    assert.equal((await substitute.post('/absences', {...absence, away: 'owner-fupinban', substitute: 'inspector'})).status, 403);
    assert.equal((await owner.post('/absences', {...absence, substitute: 'auditor'})).status, 400);
    assert.equal((await owner.post('/absences', absence)).status, 201);
    await substitute.must(id, 'accept');
    const {body} = await owner.get(`/items/${id}/history`);
    const entry = body.items.find((one) => one.type === 'accept');
    assert.equal(entry.actor, 'owner-zuzhibu');
    assert.equal(entry.on_behalf_of, 'owner-fupinban');
  } finally {
    await county.close();
  }
});
