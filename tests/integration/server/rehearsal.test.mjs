// A year before it begins, and the rest of one that runs: the commands of docs/rehearsal.md with the real program.

import assert from 'node:assert/strict';
import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {County, root, run} from './county.mjs';

const handbook = readFileSync(path.join(root, 'docs/rehearsal.md'), 'utf8');
const policy = () => JSON.parse(readFileSync(path.join(root, 'workflows/policies/escalation.json'), 'utf8'));

let county;
before(async () => {
  // Some rows only: a year of all of them takes minutes with sanitizers.
  county = new County();
  const checklist = JSON.parse(readFileSync(path.join(root, 'workflows/checklists/2024.json'), 'utf8'));
  checklist.items = checklist.items.filter((row) => [1, 9, 10, 16].includes(row.number));
  const rows = path.join(county.folder, 'rows.json');
  writeFileSync(rows, JSON.stringify(checklist));
  const made = await run('init', '--db', county.db, '--checklist', rows, '--year', '2024');
  assert.equal(made.code, 0, made.err);
  await county.serve({clock: '2024-06-03T08:30:00+08:00'});
  const scenario = handbook.match(/```json\n([\s\S]*?)```/)[1];
  writeFileSync(path.join(county.folder, 'scenario.json'), scenario);
  const sooner = policy();
  sooner.escalation.ladders[0].steps.find((step) => step.id === 'supervise').offset = {working_days: 2};
  writeFileSync(path.join(county.folder, 'policy.json'), JSON.stringify(sooner));
  writeFileSync(path.join(county.folder, 'calendar.json'), readFileSync(path.join(root, 'workflows/calendars/cn-2024-2026.json')));
});
after(() => county.close());

/** The handbook's own commands, with its file names set to this county's, and some rows of the checklist for all of them. */
function commands() {
  return [...handbook.matchAll(/^ {4}xiaohao (rehearse .*)$/gm)].map(([, words]) =>
    words.split(' ').map((word, place, all) => all[place - 1] === '--checklist' ? path.join(county.folder, 'rows.json') : (word === 'var/xiaohao.db' ? county.db : word.endsWith('.json') ? path.join(county.folder, word) : word)));
}

test('every command of the handbook runs beside the running server and changes nothing', async () => {
  const coordinator = await county.as('coordinator');
  const before_ = (await coordinator.get('/journal/head')).body;
  assert.equal(commands().length, 5);
  for (const words of commands()) {
    const {code, out, err} = await run(...words);
    assert.equal(code, 0, `${words.join(' ')}: ${err}`);
    assert.match(out, words.includes('--json') ? /^\{/ : /notices: [1-9]/);
  }
  assert.deepEqual((await coordinator.get('/journal/head')).body, before_);
});

test('the same seed gives the same bytes', async () => {
  const year = () => run('rehearse', '--db', county.db, '--from', '2024-11-04', '--seed', '7', '--json');
  const [first, again] = await Promise.all([year(), year()]);
  assert.equal(first.code, 0, first.err);
  assert.equal(first.out, again.out);
});

test('a sooner 督办 on the live data says which units would have got one earlier', async () => {
  const {out, err, code} = await run('rehearse', '--db', county.db, '--from', '2024-06-03', '--json',
    '--policy', path.join(county.folder, 'policy.json'));
  assert.equal(code, 0, err);
  const {comparison} = JSON.parse(out);
  const step = comparison.by_step.supervise;
  assert.ok(step.moved > 0 || step.after > step.before, JSON.stringify(step));
  for (const notice of comparison.notices.filter((row) => row.step === 'supervise' && row.before && row.after))
    assert.ok(notice.after < notice.before, JSON.stringify(notice));
});

test('bad input is one line that says what would be right', async () => {
  const bad = path.join(county.folder, 'bad.json');
  writeFileSync(bad, '{"$schema":"xiaohao-scenario/1","conduct":{"late_percent":120}}');
  const cases = [
    [['rehearse'], /either --checklist FILE.*or --db URL/],
    [['rehearse', '--checklist', '2024', '--db', county.db], /either/],
    [['rehearse', '--checklist', '2024', '--seed', '-1'], /--seed.*from 0 to/],
    [['rehearse', '--checklist', '2024', '--from', '2024-01-01'], /--from.*--db/],
    [['rehearse', '--checklist', '2024', '--scenario', bad], /\/conduct\/late_percent/],
    [['rehearse', '--checklist', '2024', '--policy', bad], /bad\.json/],
    [['rehearse', '--db', path.join(county.folder, 'none.db')], /there is no database/],
    [['rehearse', '--db', county.db, '--year', '2023'], /no plan of 2023/],
    [['rehearse', '--db', county.db, '--from', '2026-01-01'], /over.*--from/],
    [['rehearse', '--db', county.db, '--from', '2024-02-30'], /--from/],
  ];
  for (const [words, message] of cases) {
    const {code, out, err} = await run(...words);
    assert.equal(code, 2, `${words.join(' ')}: ${out}${err}`);
    assert.match(err, message);
    assert.match(err, /^xiaohao: /);
  }
});

test('the page is for the leadership group and the coordinator, and only they find it in the navigation', async () => {
  const page = async (username, address) => {
    const response = await fetch(county.base + address, {headers: {cookie: (await county.as(username)).cookie}});
    return {status: response.status, text: await response.text()};
  };
  const shown = await page('coordinator', '/rehearsal?late=50&seed=3');
  assert.equal(shown.status, 200);
  assert.match(shown.text, /谁收到多少通知/);
  assert.match((await page('leader', '/')).text, /href="\/rehearsal"/);
  assert.equal((await page('owner-zhujianju', '/rehearsal')).status, 403);
  assert.doesNotMatch((await page('owner-zhujianju', '/')).text, /href="\/rehearsal"/);
  assert.equal((await page('coordinator', '/rehearsal?late=101')).status, 400);
});
