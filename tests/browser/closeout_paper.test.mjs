// The printed close-out record, as an inspector prints it and as a phone reads it: Debian's Chromium, its PDF, and a QR reader that is not ours.

import assert from 'node:assert/strict';
import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {after, before, test} from 'node:test';

import jsQR from 'jsqr';
import {chromium} from 'playwright-core';

import {County, root, run} from '../integration/server/county.mjs';
import {close_out, record_of} from '../record/make_records.mjs';

const shots = path.join(root, 'tests/browser/screenshots');
let county, browser, id;
const complaints = [];

before(async () => {
  mkdirSync(shots, {recursive: true});
  county = await County.open();
  id = await close_out(county, await county.share(10, 'zhujianju'));
  browser = await chromium.launch({executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox']});
});
after(async () => {
  await browser?.close();
  await county?.close();
});

async function open(where, username, viewport) {
  const context = await browser.newContext({viewport, locale: 'zh-CN'});
  const [name, value] = (await county.as(username)).cookie.split('=');
  await context.addCookies([{name, value, url: county.base}]);
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.goto(county.base + where);
  return page;
}

/** What a QR reader makes of the path: each module four pixels wide. */
async function scanned(page) {
  const {side, bars} = await page.locator('svg.qr-code').evaluate((svg) => ({side: Number(svg.getAttribute('viewBox').split(' ')[2]), bars: svg.querySelector('path').getAttribute('d')}));
  const width = side * 4;
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x, y, length] of bars.matchAll(/M(\d+) (\d+)h(\d+)/g))
    for (let row = y * 4; row < y * 4 + 4; ++row) for (let column = x * 4; column < (Number(x) + Number(length)) * 4; ++column) pixels.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3);
  return jsQR(pixels, width, width)?.data;
}

test('the paper shows what the record says, and its QR code is what the file is held against', async () => {
  const page = await open(`/items/${id}/closeout-record`, 'inspector', {width: 1280, height: 900});
  const said = await page.textContent('.closeout-paper');
  for (const words of ['销号档案', 'Close-out record', '安居扶贫巩固提升', '缺验收单', '核查通过', 'verified', '验收照片.png']) assert.ok(said.includes(words), words);
  const record = path.join(county.folder, 'record.json'), paper = path.join(county.folder, 'paper.txt');
  writeFileSync(record, JSON.stringify(await record_of(county, id)));
  writeFileSync(paper, await scanned(page));
  const checked = await run('verify-record', record, '--paper', paper);
  assert.equal(checked.code, 0, checked.out + checked.err);
  assert.equal((await run('verify', '--db', county.db, '--since', paper)).code, 0);
  await page.screenshot({path: path.join(shots, 'closeout-paper.png'), fullPage: true});
  const pdf = await page.pdf({path: path.join(shots, 'closeout-paper.pdf'), preferCSSPageSize: true});
  assert.ok(pdf.length > 10_000);
  const box = await page.locator('svg.qr-code').boundingBox();
  assert.ok(box.width > 180, `a module is wide enough for a phone; the code is ${box.width} px`);
  await page.context().close();
});

test('on paper there are no buttons and no navigation, and on a phone nothing is cut off', async () => {
  const page = await open(`/items/${id}/closeout-record?lang=en`, 'inspector', {width: 390, height: 844});
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 390);
  await page.screenshot({path: path.join(shots, 'closeout-paper-phone.png'), fullPage: true});
  await page.emulateMedia({media: 'print'});
  assert.equal(await page.locator('.record-tools').isVisible(), false);
  assert.equal(await page.locator('.places').isVisible(), false);
  await page.context().close();
});

test('the head on /journal is a QR code that verify reads', async () => {
  const page = await open('/journal', 'auditor', {width: 390, height: 844});
  await page.click('details.journal-head summary');
  const head = path.join(county.folder, 'head.txt');
  writeFileSync(head, await scanned(page));
  const agreed = await run('verify', '--db', county.db, '--since', head);
  assert.equal(agreed.code, 0, agreed.out + agreed.err);
  await page.screenshot({path: path.join(shots, 'journal-head.png')});
  await page.context().close();
});

test('the verifier shows the same record code as the paper', async () => {
  const paper = await open(`/items/${id}/closeout-record`, 'inspector', {width: 1280, height: 900});
  const [code] = (await paper.textContent('.proof .code')).match(/[0-9A-Z]{4}(-[0-9A-Z]{4}){3}/);
  const page = await open('/verify-record', 'inspector', {width: 1280, height: 900});
  await page.setInputFiles('#record-file', {name: 'record.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(await record_of(county, id)))});
  await page.locator('#record-verdict', {hasText: code}).waitFor();
  assert.deepEqual(complaints, []);
});
