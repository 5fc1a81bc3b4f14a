// A close-out record held against itself, as docs/record-format.md has it. Knows no page, no network and no clock.

import {ed25519_holds, sha256} from './algorithms.mjs';
import {fail, fields, from_base64, hexadecimal, is_count, is_text, joined, list_at, same_bytes, utf8} from './reading.mjs';
import {story_of} from './story.mjs';
import {equal, read_json} from './strict_json.mjs';
import {told_by} from './texts.mjs';

const suite = 'SHA-256 Ed25519';
const ed25519_prefix = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
function read_entries(record, name) {
  let last = -1;
  return list_at(record, name).map((given, at) => {
    const pointer = `/${name}/${at}`;
    fields(given, ['index', 'leaf', 'entry'], pointer);
    const index = given.get('index');
    if (!is_count(index)) fail(`${pointer}/index`, '应为序号', 'must be an index');
    if (index <= last) fail(`${pointer}/index`, '顺序错误', 'is out of order');
    last = index;
    if (!is_text(given.get('leaf'))) fail(`${pointer}/leaf`, '缺少', 'is missing');
    const leaf = from_base64(given.get('leaf'), `${pointer}/leaf`);
    const entry = read_json(leaf);
    if (!(entry instanceof Map) || !(given.get('entry') instanceof Map)) fail(`${pointer}/leaf`, '不是日志条目', 'is no entry of a journal');
    if (!equal(entry, given.get('entry'))) fail(`${pointer}/entry`, '与叶子内容不符', 'is not what the leaf says');
    if (entry.get('index') !== index) fail(`${pointer}/index`, '与条目序号不符', "is not the entry's index");
    return {index, leaf, entry};
  });
}

function read_head(head) {
  fields(head, ['algorithms', 'size', 'root', 'time', 'key_id', 'signature'], '/tree_head');
  if (head.get('algorithms') === 'SM3 SM2')
    fail('/tree_head/algorithms', '本页面不支持国密算法，请用 xiaohao verify-record 核验', 'this page knows no SM3 and SM2; use xiaohao verify-record');
  if (head.get('algorithms') !== suite) fail('/tree_head/algorithms', '算法不认识', 'are unknown');
  if (!is_count(head.get('size')) || head.get('size') < 1) fail('/tree_head/size', '应为条数', 'must be a size');
  const root = from_base64(head.get('root'), '/tree_head/root');
  if (root.length !== 32) fail('/tree_head/root', '应为 32 字节', 'must be 32 bytes');
  if (typeof head.get('key_id') !== 'string' || !/^[0-9a-f]{64}$/.test(head.get('key_id'))) fail('/tree_head/key_id', '应为 64 位十六进制', 'must be 64 hexadecimal digits');
  const time = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\.\d{3}\+08:00$/.exec(typeof head.get('time') === 'string' ? head.get('time') : '');
  const [year, month, day, hour, minute, second] = (time ?? []).slice(1).map(Number);
  const is_leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, is_leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  if (!time || !(day >= 1 && day <= (days[month - 1] ?? 0)) || hour > 23 || minute > 59 || second > 59) fail('/tree_head/time', '时间不成立', 'is no instant');
  if (!is_text(head.get('signature'))) fail('/tree_head/signature', '缺少', 'is missing');
  const text = ['xiaohao-tree-head/1', suite, head.get('size'), head.get('root'), head.get('time'), head.get('key_id'), ''].join('\n');
  return {size: head.get('size'), root, time: head.get('time'), key_id: head.get('key_id'), text: utf8(text), signature: from_base64(head.get('signature'), '/tree_head/signature')};
}

/** RFC 9162 §2.1.3.2. Sizes go to 2^53, beyond what JavaScript's bit operations hold. */
function leads_to_root(index, size, leaf, path, root) {
  let node = index;
  let last = size - 1;
  let hash = sha256(joined([0], leaf));
  for (const step of path) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hash = sha256(joined([1], step, hash));
      while (node % 2 === 0 && node !== 0) {
        node /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      hash = sha256(joined([1], hash, step));
    }
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && same_bytes(hash, root);
}

function check_inclusion(record, entries, head) {
  const proofs = list_at(record, 'inclusion');
  if (proofs.length !== entries.length) fail('/inclusion', '每个条目须恰有一个证明', 'must hold one proof for each entry');
  entries.sort((a, b) => a.index - b.index).forEach((entry, at) => {
    const pointer = `/inclusion/${at}`;
    fields(proofs[at], ['index', 'path'], pointer);
    const path = proofs[at].get('path');
    if (proofs[at].get('index') !== entry.index) fail(`${pointer}/index`, '不是下一个条目的序号', 'is not the index of the next entry');
    if (!Array.isArray(path)) fail(`${pointer}/path`, '应为列表', 'must be a list');
    const hashes = path.map((step) => from_base64(step, `${pointer}/path`));
    if (hashes.some((hash) => hash.length !== 32)) fail(`${pointer}/path`, '应为 32 字节的散列值', 'must hold hashes of 32 bytes');
    if (entry.index >= head.size || !leads_to_root(entry.index, head.size, entry.leaf, hashes, head.root))
      fail(pointer, '不能证明该条目在日志中', 'does not prove that the entry is in the journal');
  });
}

function read_key(entry, previous, pointer, holds) {
  const payload = entry.get('payload');
  if (entry.has('item') || entry.get('type') !== 'journal.key' || !(payload instanceof Map) || typeof entry.get('recorded_at') !== 'string')
    fail(pointer, '不是密钥记录', 'does not name a key');
  const said = new Map([['previous_key_id', ''], ['previous_signature', '']]);
  for (const [name, value] of payload) {
    if (said.has(name) && value === null) continue;
    if (typeof value !== 'string' || (value === '' && !said.has(name))) fail(`${pointer}/payload/${name}`, '应为文字', 'must be a text');
    said.set(name, value);
  }
  fields(said, ['algorithms', 'key_id', 'public_key', 'previous_key_id', 'reason', 'signature', 'previous_signature'], `${pointer}/payload`);
  const der = from_base64(said.get('public_key'), `${pointer}/payload/public_key`);
  const is_key = said.get('algorithms') === suite && der.length === 44 && same_bytes(der.slice(0, 12), Uint8Array.from(ed25519_prefix));
  if (!is_key || hexadecimal(sha256(der)) !== said.get('key_id')) fail(`${pointer}/payload`, '不是该密钥', 'is not the key that it says');
  if (said.get('previous_key_id') !== (previous ? previous.key_id : '')) fail(`${pointer}/payload/previous_key_id`, '不是此前的密钥', 'is not the key before');
  const statement = utf8(['xiaohao-key/1', suite, said.get('key_id'), said.get('previous_key_id') || '-', entry.get('recorded_at'), ''].join('\n'));
  const key = der.slice(12);
  if (!holds(key, statement, from_base64(said.get('signature'), `${pointer}/payload/signature`))) fail(`${pointer}/payload/signature`, '签名不成立', 'is not by this key');
  const by_previous = from_base64(said.get('previous_signature'), `${pointer}/payload/previous_signature`);
  const handed_over = by_previous.length > 0;
  if (handed_over && !(previous && holds(previous.key, statement, by_previous))) fail(`${pointer}/payload/previous_signature`, '移交签名不成立', 'is not by the key before');
  const reason = said.get('reason');
  const fits = !previous ? reason === 'first' : handed_over ? reason === 'rotated' : reason === 'lost' || reason === 'stolen';
  if (!fits) fail(`${pointer}/payload/reason`, '与签名不符', 'does not fit the signatures');
  return {key, key_id: said.get('key_id'), handed_over};
}

function trust_of(keys, known_key) {
  if (!known_key) return 'embedded';
  for (let at = keys.length - 1; at >= 0; at -= 1) {
    if (keys[at].key_id === known_key) return at === keys.length - 1 ? 'given' : 'handed_over';
    if (!keys[at].handed_over) break;
  }
  return fail('/tree_head/key_id', '不是您提供的密钥，也不是由它移交的密钥', 'is not the key that was given, nor one that it was handed over to');
}

/** Of what was decided, whatever head the record rests on: what the printed record shows. */
const record_code = (events) => short_code(joined(...events.map(({leaf}) => sha256(joined([0], leaf)))));

export function short_code(text) {
  let code = '';
  let bits = 0;
  let held = 0;
  for (const byte of sha256(text).slice(0, 10)) {
    bits = (bits << 8) | byte;
    for (held += 8; held >= 5; held -= 5) {
      if (code.length % 5 === 4) code += '-';
      code += '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[(bits >> (held - 5)) & 31];
    }
    bits &= 0xff;
  }
  return code;
}

/** What the record in `bytes` says, and how far it can be trusted; throws a Fault when it does not hold. `holds` checks a signature. */
export function verify(bytes, known_key = '', holds = ed25519_holds) {
  const record = read_json(bytes);
  const texts = record instanceof Map && record.has('texts') ? ['texts'] : [];
  fields(record, ['format', 'plan', 'item', 'events', ...texts, 'evidence', 'keys', 'tree_head', 'inclusion'], '');
  if (record.get('format') !== 'xiaohao-closeout-record/1') fail('/format', '不是销号档案', 'is not a close-out record');
  const events = read_entries(record, 'events');
  const key_entries = read_entries(record, 'keys');
  const head = read_head(record.get('tree_head'));
  check_inclusion(record, [...events, ...key_entries], head);
  const keys = [];
  key_entries.forEach(({entry}, at) => keys.push(read_key(entry, keys.at(-1), `/keys/${at}/entry`, holds)));
  if (!keys.length || key_entries.at(-1).index >= head.size || keys.at(-1).key_id !== head.key_id) fail('/keys', '须止于签名的密钥', 'must end with the key that signs the head');
  if (!holds(keys.at(-1).key, head.text, head.signature)) fail('/tree_head/signature', '签名不成立', "is not by the journal's key, or not of this head");
  const told = told_by(record, events);
  const story = story_of(told);
  list_at(record, 'evidence').forEach((piece, at) => {
    fields(piece, ['sha256', 'name', 'size'], `/evidence/${at}`);
    if (!is_text(piece.get('sha256')) || !(piece.get('name') === null || is_text(piece.get('name'))) || !is_count(piece.get('size'))) fail(`/evidence/${at}`, '不成立', 'is not a piece of evidence');
  });
  if (!equal(record.get('plan'), story.plan)) fail('/plan', '与日志不符', 'is not what the journal says');
  if (!equal(record.get('item'), story.item())) fail('/item', '与日志不符', 'is not what the journal says');
  if (!equal(record.get('evidence'), story.evidence)) fail('/evidence', '与日志不符', 'is not what the journal says');
  if (story.closed_at === null) fail('/events', '日志未载销号', 'do not tell that the item was closed');
  if (story.definition.get('kind') !== 'Task' && (story.verifier === null || story.evidence.length === 0))
    fail('/events', '没有核查或没有佐证', 'tell of no verification by a second person, or of no evidence');
  return {trust: trust_of(keys, known_key), story, told, head, short_code: short_code(head.text), record_code: record_code(events)};
}
