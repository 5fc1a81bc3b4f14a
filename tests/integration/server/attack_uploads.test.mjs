// Files that would be more than files: pages, scripts, paths, names that deceive, and more bytes than the disk has.

import assert from 'node:assert/strict';
import {connect} from 'node:net';
import {after, before, test} from 'node:test';

import {files_of, refused} from './attack.mjs';
import {County, photo, run} from './county.mjs';

let county, owner, share;
before(async () => {
  county = await County.open();
  owner = await county.as('owner-zhujianju');
  share = (await county.share(10, 'zhujianju')).id;
  await owner.must(share, 'accept');
});
after(async () => await county.close());

const script = '<script>fetch("/api/v1/me").then(r => r.text()).then(alert)</script>';

/** A form with one file, byte for byte as given, since a browser would mend some of these names. */
function form_of(name_parameter, bytes) {
  const head = `--edge\r\nContent-Disposition: form-data; name="file"; ${name_parameter}\r\nContent-Type: text/html\r\n\r\n`;
  return {
    body: Buffer.concat([Buffer.from(head), Buffer.from(bytes), Buffer.from('\r\n--edge--\r\n')]),
    headers: {'content-type': 'multipart/form-data; boundary=edge'},
  };
}

let count = 0;
const hand_in = (name_parameter, bytes = `${script}${++count}`) =>
  owner.send('POST', `/items/${share}/evidence`, form_of(name_parameter, bytes));

test('a page, a picture with a script and a file that is two at once come back as downloads that no browser runs', async () => {
  const hostile = {
    'page.html': [`<!doctype html>${script}`, 'text/plain'],
    'page.xhtml': [`<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">${script}</html>`, 'text/plain'],
    'drawing.svg': [`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">${script}</svg>`, 'text/plain'],
    'photo.png': [script, 'text/plain'],  // the name and the sender's type count for nothing
    'image.gif': [`GIF89a/*${script}*/=1;alert(1)`, 'image/gif'],
    'photo.jpg': [Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(`<html>${script}`)]), 'image/jpeg'],
    'form.pdf': [`%PDF-1.7\n${script}\n/OpenAction << /S /JavaScript /JS (app.alert(1)) >>`, 'application/pdf'],
    'mixed.png': [Buffer.concat([photo, Buffer.from('PK\x03\x04'), Buffer.from(script)]), 'image/png'],
    'page.bin': [Buffer.concat([Buffer.from([0, 0]), Buffer.from(`<html>${script}`)]), 'application/octet-stream'],
    'utf7.txt': ['+ADw-script+AD4-alert(1)+ADw-/script+AD4-', 'text/plain'],
  };
  for (const [name, [bytes, type]] of Object.entries(hostile)) {
    const form = new FormData();
    form.append('file', new Blob([bytes], {type: 'text/html'}), name);
    const attached = await owner.send('POST', `/items/${share}/evidence`, {body: form});
    assert.equal(attached.status, 201, JSON.stringify(attached.body));
    assert.equal(attached.body.media_type, type, name);
    const served = await owner.get(`/evidence/${attached.body.sha256}`);
    assert.equal(served.status, 200);
    assert.equal(served.headers.get('content-type').split(';')[0], type, name);
    assert.match(served.headers.get('content-disposition'), /^attachment; filename\*=UTF-8''[\w.%-]+$/, name);
    assert.equal(served.headers.get('x-content-type-options'), 'nosniff');
    assert.match(served.headers.get('content-security-policy'), /^sandbox; default-src 'none'/);
    assert.equal(served.headers.get('cross-origin-resource-policy'), 'same-origin');
  }
});

test('a file name is a label: no path, nothing that cannot be seen, never a header of the answer', async () => {
  const names = {
    'filename="../../../etc/passwd"': 'passwd', 'filename="..\\\\..\\\\windows\\\\win.ini"': 'win.ini', 'filename="/etc/shadow"': 'shadow',
    'filename=".."': 'file', 'filename="a/.."': 'file', 'filename="\u200b\u202e\u2066"': 'file',
    'filename="gnp.\u202ecod.exe"': 'gnp.cod.exe', 'filename="a\u200bb\ufeffc\u00add.png"': 'abcd.png',
    'filename="<img src=x onerror=alert(1)>.png"': '<img src=x onerror=alert(1)>.png',
    'filename="验收单（终稿）.pdf"': '验收单（终稿）.pdf',
  };
  for (const [parameter, name] of Object.entries(names)) {
    const attached = await hand_in(parameter);
    assert.equal(attached.status, 201, `${parameter}: ${JSON.stringify(attached.body)}`);
    assert.equal(attached.body.name, name, parameter);
    const served = await owner.get(`/evidence/${attached.body.sha256}`);
    assert.equal(served.headers.get('x-evil'), null);
    assert.match(served.headers.get('content-disposition'), /^attachment; filename\*=UTF-8''[\w.%~!*'()-]+$/);
  }
  const long = await hand_in(`filename="${'长'.repeat(1000)}.png"`);
  assert.equal(long.status, 201);
  assert.ok(Buffer.byteLength(long.body.name) <= 200);
  const page = await (await fetch(`${county.base}/items/${share}`, {headers: {cookie: owner.cookie}})).text();
  assert.ok(!page.includes('<img src=x'), 'the page shows a name as text');
  assert.ok(!page.includes('<script>fetch'));
});

test('names with control characters, forms that are none, and fields that nobody knows are refused', async () => {
  const before = files_of(county);
  for (const parameter of ['filename="a\0b.png"', 'filename="a\nb.png"', 'filename="a\x1b[2Jb.png"', 'filename="a\r\nX-Evil: 1"', 'filename="a', 'filename="\x7f.png"'])
    await refused(county, share, 400, () => hand_in(parameter));
  for (const fields of [{unit: 'minzhengju'}, {item: '1'}, {sha256: 'a'.repeat(64)}, {name: 'x.png'}, {media_type: 'text/html'}, {size: '1'}]) {
    const form = new FormData();
    form.append('file', new Blob([photo]), 'a.png');
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    await refused(county, share, 400, () => owner.send('POST', `/items/${share}/evidence`, {body: form}), `/${Object.keys(fields)[0]}`);
  }
  const two = new FormData();
  for (const name of ['a.png', 'b.png']) two.append('file', new Blob([photo]), name);
  await refused(county, share, 400, () => owner.send('POST', `/items/${share}/evidence`, {body: two}), '/file');
  await refused(county, share, 415, () => owner.send('POST', `/items/${share}/evidence`, {body: photo, headers: {'content-type': 'image/png'}}));
  await refused(county, share, 415, () => owner.send('POST', `/items/${share}/events`, {body: form_of('filename="a"', photo).body, headers: {'content-type': 'multipart/form-data; boundary=edge', 'if-match': '"1"'}}));
  for (const where of ['..%2f..%2fcounty.db', '%2e%2e/%2e%2e/county.db', 'A'.repeat(64), '0'.repeat(63), `${'0'.repeat(64)}/..`, `${'0'.repeat(63)}%00`]) {
    const {status} = await owner.get(`/evidence/${where}`);
    assert.ok(status === 400 || status === 404, `${where}: ${status}`);
  }
  assert.deepEqual(files_of(county), before, 'nothing is left on the disk');
});

test('whoever may not hand in a file leaves none', async () => {
  const before = files_of(county);
  const coordinator = await county.as('coordinator');
  const away = await coordinator.post('/absences', {away: 'owner-zhujianju', substitute: 'owner-fupinban', first: '2024-01-02', last: '2024-01-05'});
  assert.equal(away.status, 201, 'somebody stands in, but none of these');
  const bytes = Buffer.concat([photo, Buffer.from('not his')]);
  for (const username of ['owner-minzhengju', 'inspector', 'coordinator', 'leader', 'admin', 'security', 'auditor']) {
    const person = await county.as(username);
    await refused(county, share, 403, () => person.attach(share, 'a.png', bytes));
  }
  const bare = form_of('filename="a.png"', bytes);
  const where = `${county.base}/api/v1/items/${share}/evidence`;
  await refused(county, share, 401, () => fetch(where, {method: 'POST', ...bare}));
  await refused(county, share, 403, () => fetch(where, {method: 'POST', body: bare.body, headers: {...bare.headers, cookie: owner.cookie}}));
  await refused(county, share, 403, () => fetch(`${county.base}/items/${share}/evidence`, {method: 'POST', body: bare.body, headers: {...bare.headers, cookie: owner.cookie}}));
  await refused(county, share, 404, () => owner.attach(999_999, 'a.png', bytes));
  assert.deepEqual(files_of(county), before);
});

/** Sends `head`, then `piece` again and again until the server has answered or closed: {answer, sent}. */
function pour(head, piece, bytes_max) {
  const {hostname, port} = new URL(county.base);
  return new Promise((resolve) => {
    let answer = '';
    let sent = 0;
    const socket = connect(Number(port), hostname, () => {
      socket.write(head);
      const more = () => {
        while (piece && sent < bytes_max && !answer && !socket.destroyed) {
          sent += piece.length;
          if (!socket.write(piece)) return socket.once('drain', more);
        }
      };
      more();
    });
    const end = () => (socket.destroy(), resolve({answer, sent}));
    socket.on('data', (bytes) => {
      answer += bytes;
      if (answer.includes('\r\n\r\n')) setTimeout(end, 200).unref();
    });
    socket.on('error', end);
    socket.on('close', end);
  });
}

test('ten gigabytes are refused when they are announced, and cut off when they are not', async () => {
  const before = files_of(county);
  const head = (more) => `POST /api/v1/items/${share}/evidence HTTP/1.1\r\nHost: county\r\nCookie: ${owner.cookie}\r\nX-CSRF-Token: ${owner.csrf}\r\n` +
    `Content-Type: multipart/form-data; boundary=edge\r\n${more}\r\n\r\n`;
  const part = '--edge\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n';
  const megabyte = Buffer.alloc(1 << 20, 'x');
  const announced = await pour(head('Content-Length: 10737418240'), megabyte, 10 * 2 ** 30);
  assert.match(announced.answer, /^HTTP\/1\.1 413 /);
  assert.ok(announced.sent < 64 << 20, `${announced.sent} bytes were taken`);
  const patient = await pour(head('Content-Length: 10737418240\r\nExpect: 100-continue'), null, 0);
  assert.match(patient.answer, /^HTTP\/1\.1 413 /, 'before a byte is sent');

  const chunk = Buffer.concat([Buffer.from(`${megabyte.length.toString(16)}\r\n`), megabyte, Buffer.from('\r\n')]);
  const chunked = await pour(head('Transfer-Encoding: chunked') + `${part.length.toString(16)}\r\n${part}\r\n`, chunk, 10 * 2 ** 30);
  assert.match(chunked.answer, /^HTTP\/1\.1 413 /);
  assert.ok(chunked.sent < 64 << 20, `${chunked.sent} bytes were taken`);
  // The whole of it for one field, for a part's head, and for a preamble that never ends.
  const field = part.replace('; filename="a.bin"', '').replace('"file"', '"note"');
  const tails = {413: [field, '--edge\r\nX: '], 400: ['']};
  for (const [status, beginnings] of Object.entries(tails))
    for (const beginning of beginnings) {
      const first = beginning ? `${beginning.length.toString(16)}\r\n${beginning}\r\n` : '';
      const poured = await pour(head('Transfer-Encoding: chunked') + first, chunk, 10 * 2 ** 30);
      assert.match(poured.answer, new RegExp(`^HTTP/1\\.1 ${status} `), beginning);
      assert.ok(poured.sent < 64 << 20);
    }
  for (const length of ['-1', '99999999999999999999999', '0x10', '1e9'])
    assert.match((await pour(head(`Content-Length: ${length}`), null, 0)).answer, /^HTTP\/1\.1 4(00|13) /, length);
  assert.deepEqual(files_of(county), before, 'nothing is left on the disk');
  assert.equal((await owner.get('/me')).status, 200, 'and the server goes on');
});

test('a form that is broken off leaves nothing', async () => {
  const before = files_of(county);
  const {hostname, port} = new URL(county.base);
  await new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(`POST /api/v1/items/${share}/evidence HTTP/1.1\r\nHost: county\r\nCookie: ${owner.cookie}\r\nX-CSRF-Token: ${owner.csrf}\r\n` +
        'Content-Type: multipart/form-data; boundary=edge\r\nContent-Length: 5000000\r\n\r\n' +
        '--edge\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n');
      socket.write(Buffer.alloc(1 << 20, 'x'), () => socket.destroy());
    });
    socket.on('close', resolve);
    socket.on('error', () => {});
  });
  for (let tries = 0; files_of(county).length !== before.length && tries < 50; ++tries) await new Promise((resolve) => setTimeout(resolve, 100));
  assert.deepEqual(files_of(county), before);
});

test('after all this the database holds what was written', async () => {
  await county.stop();
  const verified = await run('verify', '--db', county.db);
  assert.equal(verified.code, 0, verified.out + verified.err);
});
