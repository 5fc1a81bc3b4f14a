import assert from 'node:assert/strict';
import {test} from 'node:test';

import {attack} from './mutants.mjs';

test('six hundred mutants are refused by all three verifiers, or mean the same', async () => {
  const {tried, held, by_kind} = await attack({seed: 20241020, count: 600});
  assert.equal(tried, 600);
  assert.ok(held > 5 && held < 200, `${held} held`);
  for (const [kind, count] of Object.entries(by_kind)) assert.ok(count > 3, `${kind}: ${count}`);
});
