// Makes tests/data/records anew, from a real server: node tests/record/make_records.mjs. What they hold differs each time; whether they hold must not.

import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';

import {County, photo, root, run} from '../integration/server/county.mjs';

const folder = path.join(root, 'tests/data/records');

/** A share that went the whole way, once returned. */
export async function close_out(county, {id, unit}) {
  const owner = await county.as(`owner-${unit.id}`);
  const coordinator = await county.as('coordinator');
  await owner.must(id, 'accept');
  await owner.attach(id, '验收照片.png', photo);
  await owner.must(id, 'closeout.apply', {summary: '全部完成'});
  await coordinator.must(id, 'closeout.return', {reason: '缺验收单'});
  await owner.must(id, 'closeout.apply', {summary: '已补 “验收单” \u2028'});
  await coordinator.must(id, 'closeout.approve');
  await (await county.as('inspector')).must(id, 'closeout.verify');
  await county.clock({advance: 'P8D'});
  return id;
}

export async function record_of(county, id) {
  const answer = await (await county.as('inspector')).get(`/items/${id}/closeout-record`);
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  return answer.body;
}

/** The record after the reason of its return was erased. */
export async function erased(county, id) {
  const coordinator = await county.as('coordinator');
  const {items} = (await coordinator.get(`/items/${id}/history`)).body;
  const entry = items.find(({type}) => type === 'closeout.return').index;
  const answer = await coordinator.post(`/items/${id}/erasures`, {entry, field: 'reason', reason: '本人要求'});
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return await record_of(county, id);
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const county = await County.open();
  try {
    const first = await county.share(10, 'zhujianju');
    const id = await close_out(county, first);
    writeFileSync(path.join(folder, 'good.json'), JSON.stringify(await record_of(county, id), null, 1) + '\n');
    writeFileSync(path.join(folder, 'first_key.txt'), JSON.parse((await run('key', 'show', '--db', county.db, '--json')).out).keys[0].key_id + '\n');
    await county.stop();
    await run('key', 'rotate', '--db', county.db);
    await county.serve();
    const {body} = await (await county.as('coordinator')).get('/items?plan=2024&kind=Assignment&limit=200');
    const second = body.items.find((item) => item.role === 'Lead' && item.id !== id);
    const text = JSON.stringify(await record_of(county, await close_out(county, second)));
    writeFileSync(path.join(folder, 'good-rotated.json'), text + '\n');
    writeFileSync(path.join(folder, 'good-erased.json'), JSON.stringify(await erased(county, id), null, 1) + '\n');
  } finally {
    await county.close();
  }
}
