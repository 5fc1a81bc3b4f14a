// docs/security.md: its permission table is the one the program goes by, and every test that its attack list names is there.

import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'node:test';

const root = path.resolve(path.dirname(new URL(import.meta.url).pathname), '../../..');
const handbook = readFileSync(path.join(root, 'docs/security.md'), 'utf8');

test('the permission table is what `xiaohao check --permissions` prints', () => {
  const printed = execFileSync(process.env.XIAOHAO, ['check', '--permissions'], {encoding: 'utf8'});
  const begin = handbook.indexOf('<!-- what check --permissions prints, compared by the test -->');
  assert.notEqual(begin, -1);
  const block = handbook.slice(handbook.indexOf('\n', begin) + 1).match(/```\n([^]*?)```/)[1];
  assert.equal(block, printed);
});

test('every test that the attack list names is there, and says what the list says', () => {
  const rows = [...handbook.matchAll(/^\|[^|]+\|[^|]+\| `([\w.]+)`: ([^|]+) \|$/gm)];
  assert.ok(rows.length > 20, `${rows.length} rows`);
  for (const [, file, names] of rows) {
    const folder = ['tests/integration/server', 'tests/integration/openid', 'tests/unit/engine', 'tests/unit/decision', 'tests/unit/identity', 'tests/unit/web', 'tests/unit/web/pages']
      .find((one) => existsSync(path.join(root, one, file)));
    assert.ok(folder, `${file} is a test`);
    const source = readFileSync(path.join(root, folder, file), 'utf8');
    for (const name of names.split('; ')) assert.ok(source.includes(name), `${file} has: ${name}`);
  }
});
