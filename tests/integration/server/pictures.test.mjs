// Pictures among the evidence as a browser gets them: made anew, upright, small, and by whoever may see the file alone.

import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {deflateSync} from 'node:zlib';

import {County} from './county.mjs';

let county, owner, inspector, share, folder;
before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'xiaohao-pictures-'));
  county = await County.open({rows: [10]});
  [owner, inspector] = [await county.as('owner-zhujianju'), await county.as('inspector')];
  share = (await county.share(10, 'zhujianju')).id;
  await owner.must(share, 'accept');
});
after(async () => {
  await county.close();
  rmSync(folder, {recursive: true, force: true});
});

/** A picture of `width` by `height` in the format that the name ends with, by libvips. */
function drawn(name, width, height) {
  const [plain, file] = [path.join(folder, 'plain.png'), path.join(folder, name)];
  execFileSync('vips', ['black', plain, String(width), String(height), '--bands', '3']);
  execFileSync('vips', ['copy', plain, file]);
  return readFileSync(file);
}

const segment = (marker, bytes) => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(bytes.length + 2, 2);
  return Buffer.concat([head, bytes]);
};

/** What a phone writes: lying on its side (6: turn it right), and where it was taken. */
function exif(text) {
  const words = Buffer.from(`${text}\0`);
  const tiff = Buffer.alloc(8 + 2 + 24 + 4);
  tiff.write('II*\0', 0, 'latin1');
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(2, 8);
  [[0x010e, 2, words.length, tiff.length], [0x0112, 3, 1, 6]].forEach(([tag, type, count, value], at) => {
    const entry = 10 + 12 * at;
    tiff.writeUInt16LE(tag, entry);
    tiff.writeUInt16LE(type, entry + 2);
    tiff.writeUInt32LE(count, entry + 4);
    tiff.writeUInt32LE(value, entry + 8);
  });
  return segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), tiff, words]));
}

/** Width and height as the JPEG says them. */
function size_of(jpeg) {
  for (let at = 2; at < jpeg.length; at += 2 + jpeg.readUInt16BE(at + 2))
    if (jpeg[at + 1] >= 0xc0 && jpeg[at + 1] <= 0xc2) return [jpeg.readUInt16BE(at + 7), jpeg.readUInt16BE(at + 5)];
  return null;
}

/** A PNG of a few hundred kilobytes that is gigabytes in memory. */
function bomb(edge) {
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(edge, 0);
  head.writeUInt32BE(edge, 4);
  head.set([8, 6, 0, 0, 1], 8);  // eight bits, four bands, interlaced: it must be decoded whole
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.alloc(64 << 20))), chunk('IEND', Buffer.alloc(0))]);
}
function crc32(bytes) {
  let rest = ~0;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; ++bit) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  }
  return ~rest >>> 0;
}

async function handed_in(name, bytes) {
  const attached = await owner.attach(share, name, bytes);
  assert.equal(attached.status, 201, JSON.stringify(attached.body));
  return attached.body.sha256;
}
async function picture(person, sha256, headers = {}) {
  const answer = await fetch(`${county.base}/api/v1/evidence/${sha256}/picture`, {headers: {...(person && {cookie: person.cookie}), ...headers}});
  return {status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer())};
}

test('a photograph is turned upright, made small, and keeps nothing that the camera or anybody else wrote into it', async () => {
  const plain = drawn('photo.jpg', 3000, 2000);
  const script = '<script>alert(1)</script>';
  const taken = Buffer.concat([plain.subarray(0, 2), exif('116.94E 27.71N'), segment(0xfe, Buffer.from(script)), plain.subarray(2), Buffer.from(script)]);
  const sha256 = await handed_in('现场.jpg', taken);
  const shown = await picture(inspector, sha256);
  assert.equal(shown.status, 200);
  assert.equal(shown.headers.get('content-type'), 'image/jpeg');
  assert.equal(shown.headers.get('x-content-type-options'), 'nosniff');
  assert.match(shown.headers.get('content-security-policy'), /^sandbox; default-src 'none'/);
  assert.deepEqual(size_of(shown.bytes), [853, 1280]);
  for (const words of ['116.94E', 'Exif', 'script']) assert.ok(!shown.bytes.includes(words), words);
  const original = await fetch(`${county.base}/api/v1/evidence/${sha256}`, {headers: {cookie: inspector.cookie}});
  assert.ok(Buffer.from(await original.arrayBuffer()).equals(taken), 'the file itself stays as it was handed in');
  const page = await (await fetch(`${county.base}/items/${share}`, {headers: {cookie: inspector.cookie}})).text();
  assert.ok(page.includes(`<img src="/api/v1/evidence/${sha256}/picture"`), 'the inspector sees it beside the claim');
});

test('whoever may not have the file does not see the picture, also when his browser kept it', async () => {
  const sha256 = await handed_in('照片.png', drawn('photo.png', 40, 30));
  const shown = await picture(inspector, sha256);
  const kept = {'if-none-match': shown.headers.get('etag')};
  assert.equal((await picture(inspector, sha256, kept)).status, 304);
  const stranger = await county.as('owner-minzhengju');
  for (const headers of [{}, kept]) {
    assert.equal((await picture(stranger, sha256, headers)).status, 403);
    assert.equal((await picture(null, sha256, headers)).status, 401);
  }
  for (const [digits, status] of [['0'.repeat(64), 404], ['A'.repeat(64), 404], ['..%2f..%2fcounty.db', 400]])
    assert.equal((await picture(inspector, digits)).status, status, digits);
});

test('formats that phones and scanners write are shown, others are downloads', async () => {
  for (const name of ['a.png', 'b.webp', 'c.gif', 'd.heic']) {
    const {status, headers, bytes} = await picture(inspector, await handed_in(name, drawn(name, 64, 48)));
    assert.equal(status, 200, name);
    assert.equal(headers.get('content-type'), 'image/jpeg');
    assert.deepEqual(size_of(bytes), [64, 48], name);
  }
  for (const [name, bytes] of [['e.svg', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'], ['f.pdf', '%PDF-1.7\n'], ['g.txt', '文字']])
    assert.equal((await picture(inspector, await handed_in(name, bytes))).status, 404, name);
});

test('a file that only begins like a picture, or would fill the memory, is not shown, and others go on working', async () => {
  const fake = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from('<html><script>')]);
  assert.equal((await picture(inspector, await handed_in('假.jpg', fake))).status, 404);
  const huge = handed_in('大.png', bomb(60_000)).then((sha256) => picture(inspector, sha256));
  for (let n = 0; n < 5; ++n) assert.equal((await inspector.get(`/items/${share}`)).status, 200);
  const {status, bytes} = await huge;
  assert.equal(status, 404, bytes.toString());
  assert.equal((await picture(inspector, await handed_in('小.png', drawn('small.png', 10, 10)))).status, 200);
});
