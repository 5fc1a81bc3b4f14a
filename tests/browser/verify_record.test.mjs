// A record dropped on a page: in Debian's Chromium, served, and opened from disk without any network.

import assert from 'node:assert/strict';
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {pathToFileURL} from 'node:url';

import {chromium} from 'playwright-core';

import {County, root} from '../integration/server/county.mjs';

const records = path.join(root, 'tests/data/records');
const shots = path.join(root, 'tests/browser/screenshots');
const folder = mkdtempSync(path.join(tmpdir(), 'xiaohao-verify-'));
const first_key = readFileSync(path.join(records, 'first_key.txt'), 'utf8').trim();
let county, browser;
const complaints = [];

before(async () => {
  mkdirSync(shots, {recursive: true});
  county = await County.open();
  browser = await chromium.launch({executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox']});
});
after(async () => {
  await browser?.close();
  await county?.close();
  rmSync(folder, {recursive: true, force: true});
});

async function open(address, options = {}) {
  const context = await browser.newContext({locale: 'zh-CN', viewport: {width: 390, height: 844}, ...options});
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.goto(address);
  return page;
}

async function verdict_on(page, name) {
  await page.setInputFiles('#record-file', []);
  await page.setInputFiles('#record-file', path.join(records, name));
  await page.locator('#record-verdict', {hasText: name}).waitFor();
  return await page.locator('#record-verdict').innerText();
}

test('the page says what a good record says, and that a bad one does not hold, and sends nothing', async () => {
  const page = await open(`${county.base}/verify-record`);
  await page.context().setOffline(true);
  const good = await verdict_on(page, 'good.json');
  assert.match(good, /档案属实/);
  assert.match(good, /核查人\s*inspector/);
  assert.match(good, /未提供密钥/);
  await page.screenshot({path: path.join(shots, 'verify-record-good.png'), fullPage: true});
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 390);
  assert.match(await verdict_on(page, 'bad-leaf.json'), /档案不成立[\s\S]*\/inclusion\//);
  await page.screenshot({path: path.join(shots, 'verify-record-bad.png'), fullPage: true});
  await page.fill('#record-key', first_key);
  assert.match(await verdict_on(page, 'good-rotated.json'), /移交/);
  await page.fill('#record-key', 'f'.repeat(64));
  assert.match(await verdict_on(page, 'good.json'), /不成立/);
  await page.context().close();
});

test('the page kept as one file works from disk, by drag and drop, in English too', async () => {
  const answer = await fetch(`${county.base}/verify-record.html?lang=en`);
  assert.match(answer.headers.get('content-disposition'), /attachment/);
  const kept = path.join(folder, 'verify-record.html');
  writeFileSync(kept, await answer.text());
  const page = await open(pathToFileURL(kept).href, {offline: true, viewport: {width: 1280, height: 900}});
  const text = readFileSync(path.join(records, 'good.json'), 'utf8');
  const dropped = await page.evaluateHandle((bytes) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], 'dropped.json', {type: 'application/json'}));
    return transfer;
  }, text);
  await page.dispatchEvent('body', 'drop', {dataTransfer: dropped});
  await page.locator('#record-verdict', {hasText: 'dropped.json'}).waitFor();
  assert.match(await page.locator('#record-verdict').innerText(), /The record holds/);
  await page.screenshot({path: path.join(shots, 'verify-record-file.png'), fullPage: true});
  assert.match(await verdict_on(page, 'bad-key-twice.json'), /stands twice/);
  await page.context().close();
});

test('no browser complained of the policy', () => assert.deepEqual(complaints, []));
