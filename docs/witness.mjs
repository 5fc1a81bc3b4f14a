// A witness: another office's machine asks for the journal's head, checks that it continues the last one it saw, and signs it too. Whoever
// would rewrite the journal then has to win over the witness as well. Needs node 18 and nothing else; run it daily, by cron:
//
//     node witness.mjs URL --token-file TOKEN --heads witness.heads --key witness.key
//
// TOKEN is an access token of the auditor's (`xiaohao token create`). The key is made on first use. Each head that was checked becomes a line of
// witness.heads, which `xiaohao verify --since` reads. Exit 0: signed, or nothing new; 1: the journal does not continue what was seen; 3: no answer.
// After a key was handed over (docs/keys.md), look at `xiaohao key show`, then run once with --accept-key ID.

import {createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify} from 'node:crypto';
import {appendFileSync, existsSync, readFileSync, writeFileSync} from 'node:fs';

const option = (name) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined);
const stop = (code, why) => { console.error(`witness: ${why}`); process.exit(code); };
const H = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const bytes = (text) => Buffer.from(text, 'base64');
const note = (head) => ['xiaohao-tree-head/1', head.algorithms, head.size, head.root, head.time, head.key_id, ''].join('\n');

/** RFC 9162 §2.1.4.2, for 0 < from < to. */
function continues(from, to, from_root, to_root, path) {
  const steps = Number.isInteger(Math.log2(from)) ? [from_root, ...path] : [...path];
  let f = from - 1, s = to - 1;
  while (f % 2 === 1) [f, s] = [Math.floor(f / 2), Math.floor(s / 2)];
  let old_hash = steps[0], new_hash = steps[0];
  for (const step of steps.slice(1)) {
    if (s === 0) return false;
    if (f % 2 === 1 || f === s) {
      [old_hash, new_hash] = [H('\x01', step, old_hash), H('\x01', step, new_hash)];
      while (f % 2 === 0 && f !== 0) [f, s] = [f / 2, Math.floor(s / 2)];
    } else new_hash = H('\x01', new_hash, step);
    [f, s] = [Math.floor(f / 2), Math.floor(s / 2)];
  }
  return steps.length > 0 && s === 0 && old_hash.equals(from_root) && new_hash.equals(to_root);
}

const [url, token, file, key_file] = [process.argv[2], option('--token-file'), option('--heads'), option('--key')];
if (!url || !token || !file || !key_file) stop(2, 'give URL --token-file TOKEN --heads FILE --key FILE');
async function ask(where) {
  const answer = await fetch(`${url}/api/v1${where}`, {headers: {authorization: `Bearer ${readFileSync(token, 'utf8').trim()}`}, redirect: 'error'}).catch((error) => stop(3, error.message));
  return answer.ok ? await answer.json() : stop(3, `${where}: HTTP ${answer.status}`);
}
if (!existsSync(key_file)) writeFileSync(key_file, generateKeyPairSync('ed25519').privateKey.export({type: 'pkcs8', format: 'pem'}), {mode: 0o600});
const own_key = createPrivateKey(readFileSync(key_file)), own_der = createPublicKey(own_key).export({type: 'spki', format: 'der'});
const last = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').filter(Boolean).map((line) => JSON.parse(line)).at(-1) : undefined;

const {short_code, public_key, ...head} = await ask('/journal/head');
if (head.algorithms !== 'SHA-256 Ed25519') stop(1, `this witness does not know ${head.algorithms ?? 'a head without signature'}`);
if (H(bytes(public_key)).toString('hex') !== head.key_id || !verify(null, Buffer.from(note(head)), createPublicKey({key: bytes(public_key), format: 'der', type: 'spki'}), bytes(head.signature)))
  stop(1, 'forged: the head is not signed by the key that it names');
if (head.key_id !== (option('--accept-key') ?? last?.key_id ?? head.key_id)) stop(1, `the key changed to ${head.key_id}; see docs/keys.md`);
if (last && head.size < last.size) stop(1, `truncated: the journal had ${last.size} entries and has ${head.size}`);
if (last && head.size === last.size && head.root !== last.root) stop(1, `rewritten: the first ${head.size} entries are not what they were`);
if (last && head.size > last.size) {
  const {path} = await ask(`/journal/consistency?from=${last.size}&to=${head.size}`);
  if (!continues(last.size, head.size, bytes(last.root), bytes(head.root), path.map(bytes))) stop(1, `rewritten: the first ${last.size} entries are not what they were`);
}
if (!last || head.size > last.size || head.key_id !== last.key_id) {
  const signature = sign(null, Buffer.from(`xiaohao-cosignature/1\n${note(head)}`), own_key).toString('base64');
  appendFileSync(file, `${JSON.stringify({...head, cosignatures: [{public_key: own_der.toString('base64'), signature}]})}\n`);
}
console.log(`${head.size} entries, ${short_code}`);
