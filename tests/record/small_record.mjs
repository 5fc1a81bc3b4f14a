// The smallest record that holds, written from docs/record-format.md alone: a key made here, ten entries, their tree; one
// text was erased. Mutants of it are as
// telling as those of a large one, and many times as many can be tried.

import {createHash, createPrivateKey, createPublicKey, sign} from 'node:crypto';

const H = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const suite = 'SHA-256 Ed25519';

/** An Ed25519 key of 32 equal bytes, so that the record is the same each time: {id, der, sign}. */
function key_of(byte) {
  const key = createPrivateKey({key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, byte)]), format: 'der', type: 'pkcs8'});
  const der = createPublicKey(key).export({format: 'der', type: 'spki'});
  return {id: H(der).toString('hex'), der, sign: (text) => sign(null, Buffer.from(text), key).toString('base64')};
}

function key_entry(key, previous, reason, at) {
  const statement = ['xiaohao-key/1', suite, key.id, previous?.id ?? '-', at, ''].join('\n');
  return {type: 'journal.key', actor: 'engine', at, recorded_at: at, outcome: {}, payload: {
    algorithms: suite, key_id: key.id, public_key: key.der.toString('base64'), previous_key_id: previous?.id ?? '', reason,
    signature: key.sign(statement), previous_signature: previous ? previous.sign(statement) : ''}};
}

const happened = (type, version, actions, payload = {}, actor = 'owner') => ({type, item: 7, actor, payload,
  outcome: {version, actions: actions.map((name) => ({type: name})), to: actions.includes('record_closing') ? 'closed' : 'open'}});

const salt = Buffer.alloc(32, 7);
const commitment = (text) => H(Buffer.from('xiaohao-text/1\n'), salt, Buffer.from(text)).toString('base64');

/** RFC 9162 §2.1.1 and §2.1.3.1. */
function root_of(hashes) {
  if (hashes.length === 1) return hashes[0];
  const left = 2 ** Math.floor(Math.log2(hashes.length - 1));
  return H(Buffer.from([1]), root_of(hashes.slice(0, left)), root_of(hashes.slice(left)));
}
function path_of(index, hashes) {
  if (hashes.length === 1) return [];
  const left = 2 ** Math.floor(Math.log2(hashes.length - 1));
  return index < left ? [...path_of(index, hashes.slice(0, left)), root_of(hashes.slice(left))]
    : [...path_of(index - left, hashes.slice(left)), root_of(hashes.slice(0, left))];
}

export function small_record() {
  const first = key_of(1), second = key_of(2);
  const at = '2024-10-20T15:30:00.000+08:00';
  const definition = {id: 7, plan: 2024, kind: 'Assignment', number: 1, title: '走访慰问', unit: 'minzhengju'};
  const entries = [
    key_entry(first, null, 'first', at),
    {type: 'plan.created', actor: 'engine', payload: {year: 2024, title: '清单', source: '方案'}, outcome: {}},
    {type: 'item.created', item: 7, actor: 'engine', payload: {definition, status: {version: 1, lifecycle: 'assignment/1', due: '2024-02-29'}}, outcome: {}},
    happened('evidence.attach', 2, ['attach_evidence'], {sha256: 'a'.repeat(64), name: '照片.png', size: 70}),
    {type: 'somebody.else', item: 8, actor: 'x', payload: {}, outcome: {}},
    {...happened('closeout.apply', 3, ['freeze_application']), commitments: {note: commitment('走了'), summary: commitment('完成')}},
    happened('closeout.approve', 4, ['record_first_review'], {}, 'coordinator'),
    key_entry(second, first, 'rotated', at),
    happened('closeout.verify', 5, ['record_verification', 'record_closing'], {}, 'inspector'),
    {type: 'text.erased', item: 7, actor: 'coordinator', outcome: {}, payload: {texts: [{index: 5, field: 'note'}]}, commitments: {reason: commitment('本人要求')}},
  ].map((entry, index) => ({index, at, recorded_at: at, ...entry}));
  const leaves = entries.map((entry) => Buffer.from(JSON.stringify(entry)));
  const hashes = leaves.map((leaf) => H(Buffer.from([0]), leaf));
  const recorded = (wanted) => entries.filter(wanted).map((entry) => ({index: entry.index, leaf: leaves[entry.index].toString('base64'), entry}));
  const events = recorded((entry) => entry.type === 'plan.created' || entry.item === 7);
  const keys = recorded((entry) => entry.type === 'journal.key');
  const head = {algorithms: suite, size: entries.length, root: root_of(hashes).toString('base64'), time: at, key_id: second.id};
  return {
    format: 'xiaohao-closeout-record/1', plan: {year: 2024, title: '清单', source: '方案'},
    item: {...definition, lifecycle: 'assignment/1', state: 'closed', due: '2024-02-29', cycle: 1, closed_at: at, applicant: 'owner', first_reviewer: 'coordinator', verifier: 'inspector'},
    events,
    texts: [[5, 'summary', '完成'], [9, 'reason', '本人要求']].map(([index, field, text]) => ({index, field, salt: salt.toString('base64'), text})),
    evidence: [{sha256: 'a'.repeat(64), name: '照片.png', size: 70}], keys,
    tree_head: {...head, signature: second.sign(['xiaohao-tree-head/1', suite, head.size, head.root, head.time, head.key_id, ''].join('\n'))},
    inclusion: [...events, ...keys].map(({index}) => index).sort((a, b) => a - b).map((index) => ({index, path: path_of(index, hashes).map((hash) => hash.toString('base64'))})),
  };
}
