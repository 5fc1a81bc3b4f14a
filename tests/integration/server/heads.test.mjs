// Heads leave the house: by mail to auditor and inspectors, by webhook, to a second file. With them a history that was put back,
// forked or written anew is named, even when database, seal, heads and key were all replaced together.

import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {copyFileSync, existsSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {createInterface} from 'node:readline';
import {after, before, test} from 'node:test';

import {County, root, run} from './county.mjs';

let county, second, config, mails_file, hooks_file;
const servers = [];

/** One of the tests' Python servers, which says where it listens. */
async function start(...words) {
  const server = spawn('/usr/bin/python3', words);
  servers.push(server);
  let errors = '';
  server.stderr.on('data', (bytes) => (errors += bytes));
  return await new Promise((resolve, reject) => {
    createInterface({input: server.stdout}).on('line', (line) => resolve(Number(line.split(' ')[1])));
    server.on('exit', (code) => reject(new Error(`${words[0]} ended with ${code}: ${errors}`)));
  });
}
const lines = (file) => readFileSync(file, 'utf8').trim().split('\n').filter(Boolean).map((line) => JSON.parse(line));
const heads_by_mail = (name) => lines(mails_file).filter((mail) => /日志树头/.test(mail.headers.Subject) && mail.to.some((address) => address.startsWith(`${name}@`)));
const head_in = (mail) => mail.text.split('\n').find((line) => line.startsWith('{'));
const serve = (options = ['--heads', second]) => county.serve({options: ['--config', config, ...options]});

before(async () => {
  county = new County();
  second = path.join(county.folder, 'elsewhere.heads');
  config = path.join(county.folder, 'config.json');
  mails_file = path.join(county.folder, 'mails.jsonl');
  hooks_file = path.join(county.folder, 'hooks.jsonl');
  writeFileSync(mails_file, '');
  writeFileSync(hooks_file, '');
  const mail_port = await start(path.join(root, 'tests/integration/smtp/smtp_server.py'), mails_file);
  const hook_port = await start(path.join(root, 'tests/integration/webhook/hook_server.py'), hooks_file, 'a secret of the county');
  writeFileSync(config, JSON.stringify({
    smtp: {url: `smtp://127.0.0.1:${mail_port}`, tls: 'none', from: 'xiaohao@county.example', messages_per_minute_max: 0},
    webhook: {url: `http://127.0.0.1:${hook_port}/take`, secret: 'a secret of the county', allowed_addresses: ['127.0.0.1'], messages_per_minute_max: 0},
  }));
  const made = await run('init', '--db', county.db, '--checklist', path.join(root, 'workflows/checklists/2024.json'), '--year', '2024');
  assert.equal(made.code, 0, made.err);
  await serve();
});
after(async () => {
  await county.close();
  for (const server of servers) server.kill();
});

const keep = (name) => {
  for (const ending of ['', '-wal', '.seal', '.heads', '.key', '.key.pub'])
    if (existsSync(county.db + ending)) copyFileSync(county.db + ending, path.join(county.folder, name + ending));
};
const put_back = (name) => {
  for (const ending of ['', '-wal', '.seal', '.heads', '.key', '.key.pub'])
    if (existsSync(path.join(county.folder, name + ending))) copyFileSync(path.join(county.folder, name + ending), county.db + ending);
};
const accept = async (number, unit) => {
  const {id} = await county.share(number, unit);
  await (await county.as(`owner-${unit}`)).must(id, 'accept');
};

test('auditor and inspector get the day\'s head by mail, once, and it vouches for the journal', async () => {
  await accept(10, 'zhujianju');
  await county.clock({to: '2024-01-03T12:00:00+08:00'});
  for (const name of ['auditor', 'inspector']) {
    const mails = heads_by_mail(name);
    const subjects = mails.map((mail) => mail.headers.Subject);
    assert.ok(mails.length >= 1, `${name} has one`);
    assert.equal(new Set(subjects).size, subjects.length, `${subjects} came once each`);
    const mail = mails.at(-1);
    assert.deepEqual(mail.defects, []);
    const [code] = mail.headers.Subject.match(/[0-9A-Z]{4}(-[0-9A-Z]{4}){3}/);
    assert.ok(mail.text.includes(`短码：${code}`));
    const kept = path.join(county.folder, 'from-mail.json');
    writeFileSync(kept, `${head_in(mail)}\n`);
    const verified = await run('verify', '--db', county.db, '--since', kept);
    assert.equal(verified.code, 0, verified.out);
  }
  assert.equal(heads_by_mail('owner-zhujianju').length, 0, 'nobody else is bothered');
});

test('the webhook gets each head once, for the machine that keeps it', () => {
  const heads = lines(hooks_file).flatMap(({body}) => body.entries).filter((entry) => /日志树头/.test(entry.subject.zh));
  assert.ok(heads.length >= 1);
  assert.equal(new Set(heads.map((entry) => entry.subject.zh)).size, heads.length);
  const head = JSON.parse(heads.at(-1).body.en.split('\n').at(-1));
  assert.ok(lines(`${county.db}.heads`).some((known) => known.root === head.root && known.signature === head.signature));
});

test('the second file holds what the first holds, and a restart sends nothing again', async () => {
  assert.deepEqual(lines(second), lines(`${county.db}.heads`));
  const before_restart = heads_by_mail('auditor').length;
  await county.stop();
  await serve();
  await county.clock({advance: 'PT1H'});
  assert.equal(heads_by_mail('auditor').length, before_restart);
  assert.deepEqual(lines(second), lines(`${county.db}.heads`));
});

test('the auditor sees the head as a QR code beside its short code', async () => {
  const auditor = await county.as('auditor');
  const page = await (await fetch(`${county.base}/journal`, {headers: {cookie: auditor.cookie}})).text();
  const {body} = await auditor.get('/journal/head');
  assert.ok(page.includes(body.short_code));
  assert.match(page, /<svg class="qr-code"/);
});

test('an older copy with all that lies beside it is refused as truncated', async () => {
  await county.stop();
  keep('old');
  await serve();
  await accept(1, 'zuzhibu');
  await county.clock({to: '2024-01-06T12:00:00+08:00'});
  await county.stop();
  keep('true');
  put_back('old');
  await assert.rejects(serve(), /elsewhere\.heads.*truncated/);
  assert.deepEqual(lines(second).length > lines(`${county.db}.heads`).length, true);
});

test('another story told from that copy on, by who has disk and key, is refused as forked', async () => {
  await serve([]);
  const {id} = await county.share(10, 'zhujianju');
  const longest = lines(second).at(-1).size;
  for (let progress = 1; progress <= 40 && (await (await county.as('auditor')).get('/journal/head')).body.size <= longest; ++progress)
    await (await county.as('owner-zhujianju')).must(id, 'report', {progress, text: '另一种说法'});
  await county.stop();
  await assert.rejects(serve(), /forked: the first \d+ entries are what they were/);
});

test('a journal written anew under the same key is refused as rewritten, and the true one goes on', async () => {
  const true_db = county.db;
  county.db = path.join(county.folder, 'anew.db');
  copyFileSync(`${true_db}.key`, `${county.db}.key`);
  const made = await run('init', '--db', county.db, '--checklist', path.join(root, 'workflows/checklists/2024.json'), '--year', '2024');
  assert.equal(made.code, 0, made.err);
  await assert.rejects(serve(), /rewritten: the first/);
  county.db = true_db;
  put_back('true');
  await serve();
  await county.clock({to: '2024-01-07T12:00:00+08:00'});
  await county.stop();
  assert.deepEqual(lines(second), lines(`${county.db}.heads`));
});

test('a line that a loss of power cut off is taken away, and what is no head is named', async () => {
  const whole = readFileSync(second, 'utf8');
  writeFileSync(second, whole + '{"algorithms":"SHA-2');
  await serve();
  await county.stop();
  assert.equal(readFileSync(second, 'utf8').startsWith(whole), true);
  writeFileSync(second, `no head\n${whole}`);
  await assert.rejects(serve(), /ended with 2: xiaohao: serve .*elsewhere\.heads: line 1/);
  await assert.rejects(serve(['--heads', path.join(county.folder, 'none', 'there.heads')]), /cannot be used/);
});
