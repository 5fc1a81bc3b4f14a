// A county that puts its robot into the group of all units: a change of the policy, and from then on one message each morning on which
// there is something to say, however many people the steps tell.

import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {createInterface} from 'node:readline';
import {after, before, test} from 'node:test';

import {County, root, run} from './county.mjs';

const until = '2024-03-06T12:00:00+08:00';
let county, robot, received;

before(async () => {
  county = new County();
  received = path.join(county.folder, 'received.jsonl');
  writeFileSync(received, '');
  robot = spawn('/usr/bin/python3', [path.join(root, 'tests/integration/robots/robot_server.py'), received, 'K', '', '', '0', '1000']);
  const port = await new Promise((resolve, reject) => {
    createInterface({input: robot.stdout}).on('line', (line) => resolve(Number(line.split(' ')[1])));
    robot.on('exit', (code) => reject(new Error(`the robot ended with ${code}`)));
  });
  const config = path.join(county.folder, 'config.json');
  writeFileSync(config, JSON.stringify({
    public_url: 'http://127.0.0.1:8080',
    wecom: {url: `http://127.0.0.1:${port}/cgi-bin/webhook/send?key=K`, allowed_addresses: ['127.0.0.1']},
  }));
  const made = await run('init', '--db', county.db, '--checklist', path.join(root, 'workflows/checklists/2024.json'), '--year', '2024');
  assert.equal(made.code, 0, made.err);
  await county.serve();  // makes the demonstration's people
  await county.stop();
  const policy = JSON.parse(readFileSync(path.join(root, 'workflows/policies/escalation.json'), 'utf8'));
  for (const step of policy.escalation.ladders[0].steps)
    if (['remind', 'urge', 'supervise'].includes(step.kind)) step.channels = ['inbox', 'wecom'];
  const file = path.join(county.folder, 'policy.json');
  writeFileSync(file, JSON.stringify(policy));
  const changed = await run('change', '--db', county.db, '--policy', file, '--at', '2024-01-02T08:30:00+08:00', '--commit', '--as', 'leader');
  assert.equal(changed.code, 0, changed.err + changed.out);
  await county.serve({options: ['--config', config]});
  await county.clock({to: until});
});
after(async () => {
  await county.close();
  robot.kill();
});

const messages = () => readFileSync(received, 'utf8').trim().split('\n').filter(Boolean).map((line) => JSON.parse(line));

async function robot_notices() {
  const auditor = await county.as('auditor');
  const notices = [];
  for (let cursor = ''; cursor !== null;) {
    const {body} = await auditor.get(`/notices?channel=wecom&limit=200${cursor && `&cursor=${cursor}`}`);
    notices.push(...body.items);
    cursor = body.next;
  }
  return notices;
}

test('the group hears from its robot once a morning, and never once per person', async () => {
  const notices = await robot_notices();
  const sent = notices.filter(({state}) => state === 'sent');
  assert.ok(sent.length > 20, `${sent.length} steps were told`);
  assert.deepEqual([...new Set(notices.map(({recipient}) => recipient))], ['@wecom']);
  assert.deepEqual(notices.filter(({state, planned_for}) => !['sent', 'withheld'].includes(state) && Date.parse(planned_for) <= Date.parse(until)), []);
  const mornings = new Set(sent.map(({sent_at}) => sent_at));
  assert.ok([...mornings].every((at) => at.slice(11, 16) === '08:37'), [...mornings].join());
  assert.equal(messages().length, mornings.size, 'one message each morning');
  assert.equal(new Set(sent.map(({delivery}) => delivery)).size, mornings.size);
  assert.ok(messages().some(({text}) => /另有\d+条，请登录查看/.test(text)), 'a morning on which much is due');
  assert.ok(messages().every(({text}) => !text.includes('/acknowledge/')), 'nobody acknowledges for the group');
});

test('the ledger and the item say that the group was told', async () => {
  const told = (await robot_notices()).find(({state, step}) => state === 'sent' && step === 'supervise');
  assert.match(told.receipt, /^errcode 0/);
  const coordinator = await county.as('coordinator');
  const page = await fetch(`${county.base}/items/${told.item}`, {headers: {cookie: coordinator.cookie}});
  assert.equal(page.status, 200);
  assert.match(await page.text(), /企业微信群/);
});
