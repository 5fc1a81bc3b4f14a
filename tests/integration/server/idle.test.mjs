// A server that has nothing to do does nothing: it sleeps until the next timer or the next commit, and polls for neither. Counted
// by the kernel, thread by thread: whoever polls goes to sleep again each time, of his own accord.

import assert from 'node:assert/strict';
import {readFileSync, readdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {after, before, test} from 'node:test';

import {County, password, root, run} from './county.mjs';

const seconds = 20;
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
let county;

before(async () => {
  county = new County();
  const checklist = JSON.parse(readFileSync(path.join(root, 'workflows/checklists/2024.json'), 'utf8'));
  checklist.items = checklist.items.filter((item) => item.number === 10);
  const file = path.join(county.folder, 'checklist.json');
  writeFileSync(file, JSON.stringify(checklist));
  const year = String(new Date().getFullYear() + 1);  // timers wait, and none of them is due yet
  const made = await run('init', '--db', county.db, '--checklist', file, '--organisation', 'demonstration', '--year', year);
  assert.equal(made.code, 0, made.err);
  assert.equal(county.add('li', '李住建', 'Owner', '--unit', 'zhujianju').code, 0);
  await county.serve({demonstration: false});
});
after(async () => await county.close());

/** How often each thread of the server has gone to sleep: {id: times}. */
function sleeps() {
  const tasks = `/proc/${county.server.pid}/task`;
  return new Map(readdirSync(tasks).map((id) =>
    [id, Number(readFileSync(path.join(tasks, id, 'status'), 'utf8').match(/^voluntary_ctxt_switches:\s*(\d+)/m)[1])]));
}
function since(before) {
  return [...sleeps()].reduce((sum, [id, times]) => sum + times - (before.get(id) ?? 0), 0);
}

test('a server without work wakes up for nothing', async () => {
  for (let quiet = 0, tries = 0; quiet < 3; ++tries) {  // what the start began may still go on
    assert.ok(tries < 60, 'it comes to rest');
    const before = sleeps();
    await pause(1000);
    quiet = since(before) === 0 ? quiet + 1 : 0;
  }
  const before = sleeps();
  await pause(seconds * 1000);
  const woken = since(before);
  assert.ok(woken <= 3, `woken ${woken} times in ${seconds} s`);  // once is enough: midnight brings a head
});

test('and the measure sees who does work', async () => {
  const before = sleeps();
  const answer = await fetch(`${county.base}/api/v1/session`, {
    method: 'POST', headers: {'content-type': 'application/json'}, body: JSON.stringify({username: 'li', password})});
  assert.equal(answer.status, 200);
  assert.ok(since(before) > 3, 'a sign-in wakes the server, its worker and its writer');
});
