// The ladder by mail: what nobody does in January reaches the unit, its head, the leaders, by a real mail server, each once.

import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {createInterface} from 'node:readline';
import {after, before, test} from 'node:test';

import {County, root, run} from './county.mjs';

let county, mail_server, received;

/** Debian's Python has aiosmtpd; another that stands earlier on the path may not. */
async function start_mail_server(folder) {
  received = path.join(folder, 'received.jsonl');
  writeFileSync(received, '');
  mail_server = spawn('/usr/bin/python3', [path.join(root, 'tests/integration/smtp/smtp_server.py'), received]);
  let errors = '';
  mail_server.stderr.on('data', (bytes) => (errors += bytes));
  return await new Promise((resolve, reject) => {
    createInterface({input: mail_server.stdout}).on('line', (line) => resolve(Number(line.split(' ')[1])));
    mail_server.on('exit', (code) => reject(new Error(`the mail server ended with ${code}: ${errors}`)));
  });
}

const mails = () => readFileSync(received, 'utf8').trim().split('\n').filter(Boolean).map((line) => JSON.parse(line));

before(async () => {
  county = new County();
  const port = await start_mail_server(county.folder);
  const config = path.join(county.folder, 'config.json');
  writeFileSync(config, JSON.stringify({
    public_url: 'http://127.0.0.1:8080',
    smtp: {url: `smtp://127.0.0.1:${port}`, tls: 'none', from: 'xiaohao@county.example', messages_per_minute_max: 0},
  }));
  const made = await run('init', '--db', county.db, '--checklist', path.join(root, 'workflows/checklists/2024.json'), '--year', '2024');
  assert.equal(made.code, 0, made.err);
  await county.serve({options: ['--config', config]});
});
after(async () => {
  await county.close();
  mail_server.kill();
});

test('from 2 January to the middle of March the first item climbs every step, and each step is in the mail once', async () => {
  for (const day of ['2024-02-19', '2024-02-26', '2024-03-01', '2024-03-05', '2024-03-14'])
    await county.clock({to: `${day}T12:00:00+08:00`});
  const {id} = await county.share(1, 'zuzhibu');
  const leader = await county.as('coordinator');
  const {body} = await leader.get(`/notices?item=${id}&channel=mail&limit=200`);
  const sent = body.items.filter((notice) => notice.state === 'sent');
  const steps = new Map();
  for (const notice of sent) steps.set(notice.step, (steps.get(notice.step) ?? new Set()).add(notice.recipient));
  for (const step of ['remind', 'urge', 'supervise', 'circulate']) assert.ok(steps.has(step), `${step} was sent; there are ${[...steps.keys()]}`);
  assert.ok(steps.get('remind').has('owner-zuzhibu') && steps.get('urge').has('owner-zuzhibu'), 'the unit is reminded and urged');
  assert.ok(steps.get('supervise').has('head-zuzhibu') && steps.get('supervise').has('coordinator'), 'its head and the coordinator hear of it');
  assert.ok(steps.get('circulate').has('leader'), 'the leadership group is told');

  const all = mails();
  const identities = all.map((mail) => mail.headers['Message-ID']);
  assert.equal(new Set(identities).size, identities.length, 'no mail came twice');
  const to_unit = all.filter((mail) => mail.to.some((address) => address.startsWith('owner-zuzhibu@')));
  const urged = to_unit.filter((mail) => mail.text.includes('开展走访慰问') && mail.text.includes('逾期'));
  assert.ok(urged.length > 0, 'the unit has it in words');
  for (const mail of all) assert.deepEqual(mail.defects, [], `${mail.headers.Subject} is a well-formed mail`);
  assert.ok(all.every((mail) => mail.html.includes('<')), 'text and HTML');
});

test('nobody is written to at night or on a day off', async () => {
  const {body} = await (await county.as('coordinator')).get('/notices?channel=mail&state=sent&limit=200');
  const days_off = new Set(['2024-02-10', '2024-02-11', '2024-02-12', '2024-02-13', '2024-02-14', '2024-02-15', '2024-02-16', '2024-02-17']);
  for (const notice of body.items) {
    const local = new Date(Date.parse(notice.sent_at) + 8 * 3_600_000).toISOString();
    assert.ok(local.slice(11, 13) >= '08' && local.slice(11, 13) < '20', `${notice.key} at ${local}`);
    assert.ok(!days_off.has(local.slice(0, 10)), `${notice.key} on ${local}`);
  }
});

