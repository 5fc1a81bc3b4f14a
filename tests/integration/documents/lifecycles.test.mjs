// docs/lifecycles.md, done as it says: the change made, checked and walked, and the wrong attempt refused with the printed words.

import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'node:test';

import {County, photo} from '../server/county.mjs';

const root = path.resolve(path.dirname(new URL(import.meta.url).pathname), '../../..');
const program = process.env.XIAOHAO;
const handbook = readFileSync(path.join(root, 'docs/lifecycles.md'), 'utf8');
const folder = mkdtempSync(path.join(tmpdir(), 'xiaohao-lifecycles-'));
test.after(() => rmSync(folder, {recursive: true}));

/** What stands behind a marker, up to the next paragraph that is no part of it. */
function after(marker) {
  const begin = handbook.indexOf(`<!-- ${marker} -->`);
  assert.notEqual(begin, -1, marker);
  return handbook.slice(handbook.indexOf('\n', begin) + 1);
}
const indented = (marker) => after(marker).split('\n\n')[0].split('\n').map((line) => line.slice(4)).join('\n') + '\n';
const run = (...words) => spawnSync(program, words, {cwd: folder, encoding: 'utf8', input: words.input});

function changed() {
  const lifecycle = JSON.parse(readFileSync(path.join(root, 'workflows/lifecycles/assignment.json'), 'utf8'));
  const states = lifecycle.states.closeout.states;
  states.verification.on['closeout.verify'].target = 'site_visit';
  Object.assign(states, JSON.parse(after('the new state, read by the test').match(/```json\n([^]*?)```/)[1]));
  return lifecycle;
}
const save = (lifecycle) => writeFileSync(path.join(folder, 'my-assignment.json'), JSON.stringify(lifecycle));

test('the changed lifecycle has nothing wrong', () => {
  save(changed());
  const checked = run('check', 'my-assignment.json');
  assert.equal(checked.status, 0, checked.stdout);
  assert.equal('$ xiaohao check my-assignment.json\n' + checked.stdout, indented('what check prints, compared by the test'));
});

test('the new state and its return are walked', () => {
  save(changed());
  const rows = after('the events and the states they lead to, run by the test').split('\n\n')[0].split('\n').slice(2);
  const cells = rows.map((row) => row.split('|').slice(1, 3).map((cell) => cell.trim().replaceAll('`', '')));
  const events = cells.slice(1).map(([type]) => JSON.stringify({type})).join('\n');
  const walked = spawnSync(program, ['machine', 'my-assignment.json', '--events', '-', '--guards', 'true', '--json'],
    {cwd: folder, encoding: 'utf8', input: events});
  assert.equal(walked.status, 0, walked.stderr);
  const states = walked.stdout.trim().split('\n').map((line) => JSON.parse(line).value.closeout);
  assert.deepEqual(states, cells.map(([, state]) => state));
});

test('the wrong attempt is refused with its path', () => {
  assert.match(after('the wrong attempt, made by the test'), /"site\.return": \{"target": "publicity"/);
  const lifecycle = changed();
  lifecycle.states.closeout.states.site_visit.on['site.return'].target = 'publicity';
  save(lifecycle);
  const checked = run('check', 'my-assignment.json');
  assert.equal(checked.status, 1);
  const printed = indented('what check prints then, compared by the test').split('\n').slice(1).join('\n');
  assert.ok(checked.stdout.includes(printed), checked.stdout);
});

/** Row 20 of the checklist with the share of its lead in publicity, as the handbook's example has it, and its server stopped. */
async function county_with_one_in_publicity() {
  const county = new County();
  const checklist = JSON.parse(readFileSync(path.join(root, 'workflows/checklists/2024.json'), 'utf8'));
  checklist.items = checklist.items.filter((row) => row.number === 20);
  const rows = path.join(county.folder, 'rows.json');
  writeFileSync(rows, JSON.stringify(checklist));
  assert.equal(run('init', '--db', county.db, '--checklist', rows).status, 0);
  // Today, since the move happens today: by then a publicity of 2024 would have ended.
  await county.serve({clock: `${new Date().toISOString().slice(0, 19)}Z`});
  const {id} = await county.share(20, 'zuzhibu');
  const owner = await county.as('owner-zuzhibu');
  await owner.must(id, 'accept');
  await owner.attach(id, '台账.png', photo);
  await owner.must(id, 'closeout.apply', {summary: '完成'});
  await (await county.as('coordinator')).must(id, 'closeout.approve');
  await (await county.as('inspector')).must(id, 'closeout.verify');
  await county.stop();
  return {county, id};
}

test('the running items are moved as the handbook shows', async () => {
  const {county, id} = await county_with_one_in_publicity();
  try {
    save({...changed(), version: '3'});
    const mapping = after('the mapping, used by the test').match(/```json\n([^]*?)```/)[1];
    writeFileSync(path.join(folder, 'to-2.json'), mapping);
    assert.equal(run('check', 'to-2.json').status, 0);
    const words = ['migrate-lifecycle', '--db', county.db, '--lifecycle', 'my-assignment.json', '--mapping', 'to-2.json'];
    const dry = run(...words);
    assert.equal(dry.status, 0, dry.stdout + dry.stderr);
    const shown = `$ xiaohao ${words.join(' ').replace(county.db, 'county.db')}\n${dry.stdout}`;
    assert.equal(shown, indented('the dry run, compared by the test'));
    const moved = run(...words, '--commit', '--as', 'leader');
    assert.equal(moved.status, 0, moved.stdout + moved.stderr);
    assert.match(moved.stdout, /3 items moved, 0 cannot/);
    const verified = run('verify', '--db', county.db);
    assert.equal(verified.status, 0, verified.stdout);
    await county.serve({clock: `${new Date().toISOString().slice(0, 19)}Z`});
    assert.equal((await county.item(id)).stage, 'site_visit');
  } finally {
    await county.close();
  }
});
