import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import path from 'node:path';
import {test} from 'node:test';
import {promisify} from 'node:util';

import {root} from '../integration/server/county.mjs';
import {attack} from './mutants.mjs';

test('six hundred mutants are refused by all three verifiers, or mean the same', async () => {
  const {tried, held, by_kind} = await attack({seed: 20241020, count: 600});
  assert.equal(tried, 600);
  assert.ok(held > 5 && held < 200, `${held} held`);
  for (const [kind, count] of Object.entries(by_kind)) assert.ok(count > 3, `${kind}: ${count}`);
});

test('a verifier that ends fails the attack, and does not hang it', async () => {
  for (const program of ['/bin/false', '/nowhere/record_verdicts'])
    await assert.rejects(promisify(execFile)(process.execPath, [path.join(root, 'tests/record/mutants.mjs'), '--seconds', '2'],
      {env: {...process.env, RECORD_VERDICTS: program}, timeout: 300_000}), (error) => error.code === 1 && /ended with/.test(error.stderr));
});
