// What every attack has to show: the status it is refused with, and that nothing has changed.

import assert from 'node:assert/strict';
import {readdirSync, statSync} from 'node:fs';
import path from 'node:path';

import {photo} from './county.mjs';

export async function journal_size(county) {
  return (await (await county.as('auditor')).get('/journal/head')).body.size;
}

/** Files of the database's folder but the database's own, with their sizes: what uploads leave. */
export function files_of(county, folder = county.folder) {
  return readdirSync(folder, {withFileTypes: true}).flatMap((entry) => {
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) return files_of(county, name);
    return name.startsWith(county.db) && folder === county.folder ? [] : [`${name} ${statSync(name).size}`];
  });
}

/**
 * Runs `attempt`, which answers {status, body}, and demands that it is refused with `status`; that the fault's pointer is `pointer`,
 * where one is given; and that neither the journal nor the item has changed.
 */
export async function refused(county, id, status, attempt, pointer) {
  const before = [await journal_size(county), JSON.stringify(await county.item(id))];
  const answer = await attempt();
  assert.equal(answer.status, status, (JSON.stringify(answer.body) ?? answer.page ?? '').slice(0, 1000));
  if (pointer) assert.ok(answer.body.errors?.some((error) => error.pointer === pointer), `${pointer} is named: ${JSON.stringify(answer.body)}`);
  assert.deepEqual([await journal_size(county), JSON.stringify(await county.item(id))], before, 'nothing has changed');
  return answer;
}

const steps = ['accept', 'attach', 'apply', 'approve', 'verify', 'publicity'];

/** Takes a lead unit's share along its lifecycle up to and with `last`, each step by the one whose it is. */
export async function bring(county, id, last, {owner = 'owner-zhujianju', from = 'accept', reviewer = 'coordinator'} = {}) {
  const unit = await county.as(owner);
  const step = {
    accept: () => unit.must(id, 'accept'),
    attach: async () => assert.equal((await unit.attach(id, '验收照片.png', photo)).status, 201),
    apply: () => unit.must(id, 'closeout.apply', {summary: '全部完成'}),
    approve: async () => (await county.as(reviewer)).must(id, 'closeout.approve'),
    verify: async () => (await county.as('inspector')).must(id, 'closeout.verify'),
    publicity: () => county.clock({advance: 'P15D'}),
  };
  for (const name of steps.slice(steps.indexOf(from), steps.indexOf(last) + 1)) await step[name]();
}
