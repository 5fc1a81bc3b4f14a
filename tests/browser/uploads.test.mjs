// Evidence over a bad line: the connection is really cut in the middle of a file, by a relay between browser and server.

import assert from 'node:assert/strict';
import net from 'node:net';
import {after, before, test} from 'node:test';

import {County} from '../integration/server/county.mjs';
import {Screens, phone, shot_path} from './screens.mjs';

let county, screens, relay;

/** Hands everything on, until `cuts` connections that brought more than 100 kB have been broken off. */
class Relay {
  static async open(port) {
    const relay = new Relay();
    relay.cuts = 0;
    relay.server = net.createServer((client) => {
      const server = net.connect(port, '127.0.0.1');
      let brought = 0;
      client.on('data', (bytes) => {
        brought += bytes.length;
        if (relay.cuts > 0 && brought > 100_000) {
          --relay.cuts;
          client.resetAndDestroy();
          server.destroy();
        } else server.write(bytes);
      });
      server.on('data', (bytes) => client.write(bytes));
      for (const [one, other] of [[client, server], [server, client]]) one.on('error', () => other.destroy()).on('close', () => other.destroy());
    });
    await new Promise((listening) => relay.server.listen(0, '127.0.0.1', listening));
    relay.base = `http://127.0.0.1:${relay.server.address().port}`;
    return relay;
  }
}

before(async () => {
  county = await County.open({rows: [10]});
  screens = await Screens.open();
  relay = await Relay.open(new URL(county.base).port);
});
after(async () => {
  await screens?.close();
  relay?.server.close();
  await county?.close();
});

/** A PDF by its first bytes, of 400 kB. */
const file = (name) => ({name, mimeType: 'application/pdf', buffer: Buffer.concat([Buffer.from(`%PDF-1.4\n${name}\n`), Buffer.alloc(400_000, name)])});

/** The names of what the journal says was handed in. */
async function handed_in(id) {
  const {body} = await (await county.as('auditor')).get(`/items/${id}/history?limit=200`);
  return body.items.filter((entry) => entry.type === 'evidence.attach').map((entry) => entry.payload.name);
}

test('a cut connection costs the file on its way and nothing else; the page goes on by itself, or when it is told to', async () => {
  const {id} = await county.share(10, 'zhujianju');
  const owner = await screens.sit_down(relay.base, 'owner-zhujianju', phone);
  await (await county.as('owner-zhujianju')).must(id, 'accept');
  const upload = owner.locator('form[data-upload]');

  await owner.goto(`${relay.base}/items/${id}`);
  await upload.locator('input[type=file]').setInputFiles([file('一.pdf'), file('二.pdf'), file('三.pdf')]);
  relay.cuts = 2;
  await upload.locator('button').click();
  await upload.locator('output:has-text("正在重试")').waitFor();
  await owner.locator('text=本轮现有 3 份材料').waitFor();
  assert.equal(relay.cuts, 0);
  assert.deepEqual(await handed_in(id), ['一.pdf', '二.pdf', '三.pdf'], 'each once');

  await owner.goto(`${relay.base}/items/${id}`);
  await upload.locator('input[type=file]').setInputFiles([file('四.pdf'), file('五.pdf')]);
  relay.cuts = 1000;
  await upload.locator('button').click();
  await upload.locator('output:has-text("已收到 0 份")').waitFor({timeout: 60_000});
  await owner.screenshot({path: shot_path('upload-cut-off.png'), fullPage: true});
  assert.equal((await handed_in(id)).length, 3, 'half a file is none');
  relay.cuts = 0;
  await upload.locator('button').click();
  await owner.locator('text=本轮现有 5 份材料').waitFor();
  assert.deepEqual((await handed_in(id)).slice(3), ['四.pdf', '五.pdf']);
});

test('a file whose answer was lost is handed in once', async () => {
  const {id} = await county.share(10, 'zhujianju');
  const owner = await county.as('owner-zhujianju');
  const before = (await handed_in(id)).length;
  for (let time = 0; time < 2; ++time) {
    const form = new FormData();
    form.set('csrf_token', owner.csrf);
    form.set('file', new Blob(['%PDF-1.4\nonce']), 'once.pdf');
    const answer = await fetch(`${county.base}/items/${id}/evidence`, {method: 'POST', headers: {cookie: owner.cookie}, body: form, redirect: 'manual'});
    assert.equal(answer.status, 303);
  }
  assert.equal((await handed_in(id)).length, before + 1);
});
