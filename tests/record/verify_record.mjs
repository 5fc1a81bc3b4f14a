// A second verifier of close-out records, with nothing but node: what docs/record-format.md says, in JavaScript.
//
//     node tests/record/verify_record.mjs RECORD [KEY_ID]     exit code 0: it holds; 1: it does not

import {createHash, createPublicKey, verify as verify_signature} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {isDeepStrictEqual} from 'node:util';

export class Refused extends Error {}
const must = (holds, what) => { if (!holds) throw new Refused(what); };
const is_object = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
const is_text = (value) => typeof value === 'string' && value !== '';
const is_index = (value) => Number.isSafeInteger(value) && value >= 0;
const has = (object, name) => Object.hasOwn(object, name);

const string_token = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const number_token = /-?(?:0|[1-9][0-9]*)(?![0-9.eE])/y;

/** §1: JSON, read strictly. Objects have no prototype, so that a key such as __proto__ is a key. */
export function read_json(bytes) {
  must(bytes.length <= 64 << 20, 'too long');
  let text;
  try {
    text = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes);
  } catch {
    throw new Refused('not UTF-8');
  }
  let at = 0;
  const space = () => { while (' \t\n\r'.includes(text[at] ?? '-')) ++at; };
  const word = (name, value) => { must(text.startsWith(name, at), 'not JSON'); at += name.length; return value; };
  const take = (character) => { must(text[at] === character, `no ${character} at ${at}`); ++at; };
  function string() {
    string_token.lastIndex = at;
    const found = string_token.exec(text);
    must(found, `not a string at ${at}`);
    at = string_token.lastIndex;
    const value = JSON.parse(found[0]);
    must(!/\p{Surrogate}/u.test(value), 'half a surrogate pair');
    return value;
  }
  function number() {
    number_token.lastIndex = at;
    const found = number_token.exec(text);
    must(found && Number.isSafeInteger(Number(found[0])), `not an integer at ${at}`);
    at = number_token.lastIndex;
    return Number(found[0]) + 0;
  }
  function list(end, depth, member) {
    must(depth <= 64, 'too deep');
    ++at;
    space();
    if (text[at] === end) return void ++at;
    for (;;) {
      member();
      if (text[at] === end) return void ++at;
      take(',');
    }
  }
  function value(depth) {
    space();
    let read;
    switch (text[at]) {
      case '{':
        read = Object.create(null);
        list('}', depth + 1, () => {
          space();
          const key = string();
          must(!has(read, key), `${key} stands twice`);
          space();
          take(':');
          read[key] = value(depth + 1);
        });
        break;
      case '[':
        read = [];
        list(']', depth + 1, () => read.push(value(depth + 1)));
        break;
      case '"': read = string(); break;
      case 't': read = word('true', true); break;
      case 'f': read = word('false', false); break;
      case 'n': read = word('null', null); break;
      default: read = number();
    }
    space();
    return read;
  }
  const read = value(0);
  must(at === text.length, 'something after the document');
  return read;
}

function bytes_of(text) {
  must(typeof text === 'string', 'bytes are a text');
  const bytes = Buffer.from(text, 'base64');
  must(bytes.toString('base64') === text, 'not base64 in its one form');
  return bytes;
}

function exactly(object, names) {
  must(is_object(object), 'not an object');
  must(Object.keys(object).length === names.length && names.every((name) => has(object, name)), `not exactly ${names}`);
}

const hashes = {'SHA-256 Ed25519': 'sha256', 'SM3 SM2': 'sm3'};

function signature_holds(der, algorithms, message, signature) {
  const key = createPublicKey({key: der, format: 'der', type: 'spki'});
  if (algorithms === 'SHA-256 Ed25519') return verify_signature(null, Buffer.from(message), key, signature);
  throw new Refused('node cannot check SM2');
}

function check_entries(entries) {
  must(Array.isArray(entries), 'not a list');
  let last = -1;
  for (const entry of entries) {
    exactly(entry, ['index', 'leaf', 'entry']);
    must(is_index(entry.index) && entry.index > last, 'indices rise');
    must(is_text(entry.leaf) && is_object(entry.entry), 'an entry has a leaf');
    const leaf = read_json(bytes_of(entry.leaf));
    must(is_object(leaf) && isDeepStrictEqual(leaf, entry.entry), 'the leaf says otherwise');
    must(leaf.index === entry.index, 'another index');
    last = entry.index;
  }
}

/** §2, 2: the entries as they were written, their texts put back. Throws unless texts and commitments fit. */
function told_by(record, H) {
  const {events, texts = []} = record;
  must(Array.isArray(texts) && (!has(record, 'texts') || texts.length > 0), 'texts');
  const place = (index, field) => `${index}/${field}`;
  const committed = new Map();
  const erased = new Map();
  const entries = events.map(({entry}) => ({...entry, payload: is_object(entry.payload) ? {...entry.payload} : entry.payload}));
  events.forEach(({index, entry}, at) => {
    if (entry.type === 'text.erased' && is_object(entry.payload) && Array.isArray(entry.payload.texts))
      for (const text of entry.payload.texts)
        if (is_object(text) && Object.keys(text).length === 2 && Number.isInteger(text.index) && typeof text.field === 'string') erased.set(place(text.index, text.field), index);
    if (!has(entry, 'commitments')) return;
    must(is_object(entry.commitments) && is_object(entry.payload), 'commitments');
    for (const [field, commitment] of Object.entries(entry.commitments)) {
      must(/^[a-z_]{1,32}$/.test(field) && !has(entry.payload, field) && bytes_of(commitment).length === 32, 'a commitment');
      committed.set(place(index, field), {entry: entries[at], index, commitment});
    }
  });
  let before = [-1, ''];
  for (const text of texts) {
    exactly(text, ['index', 'field', 'salt', 'text']);
    const {index, field} = text;
    must(is_index(index) && is_text(field) && is_text(text.text), 'a text');
    must(index > before[0] || (index === before[0] && field > before[1]), 'texts rise');
    before = [index, field];
    const found = committed.get(place(index, field));
    const salt = bytes_of(text.salt);
    must(found && salt.length === 32, 'a text that is committed to, with its salt');
    must(H(Buffer.from('xiaohao-text/1\n'), salt, Buffer.from(text.text)).toString('base64') === found.commitment, 'another text');
    found.entry.payload[field] = text.text;
    committed.delete(place(index, field));
  }
  for (const [missing, {index}] of committed) must(erased.get(missing) > index, 'a text is missing');
  return entries;
}

function check_head(head) {
  exactly(head, ['algorithms', 'size', 'root', 'time', 'key_id', 'signature']);
  must(is_text(head.algorithms) && has(hashes, head.algorithms), 'unknown algorithms');
  must(is_index(head.size) && head.size >= 1, 'size');
  must(bytes_of(head.root).length === 32, 'root');
  must(is_text(head.signature), 'signature');
  bytes_of(head.signature);
  must(typeof head.key_id === 'string' && /^[0-9a-f]{64}$/.test(head.key_id), 'key_id');
  const time = typeof head.time === 'string' && /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}\+08:00$/.exec(head.time);
  must(time, 'time');
  const midnight = new Date(`${time[1]}T00:00:00Z`);
  must(!Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(time[1]), 'no such day');
}

function check_inclusion(record, H) {
  const {inclusion, tree_head: head} = record;
  const entries = [...record.events, ...record.keys].sort((a, b) => a.index - b.index);
  must(Array.isArray(inclusion) && inclusion.length === entries.length, 'one proof for each entry');
  const root = bytes_of(head.root);
  entries.forEach((entry, at) => {
    const proof = inclusion[at];
    exactly(proof, ['index', 'path']);
    must(proof.index === entry.index && Array.isArray(proof.path) && proof.index < head.size, 'index');
    let r = H(Buffer.from([0]), bytes_of(entry.leaf));
    let f = BigInt(proof.index), s = BigInt(head.size) - 1n;
    for (const step of proof.path) {
      const p = bytes_of(step);
      must(p.length === 32 && s !== 0n, 'path');
      if (f % 2n === 1n || f === s) {
        r = H(Buffer.from([1]), p, r);
        while (f % 2n === 0n && f !== 0n) { f /= 2n; s /= 2n; }
      } else {
        r = H(Buffer.from([1]), r, p);
      }
      f /= 2n;
      s /= 2n;
    }
    must(s === 0n && r.equals(root), 'the proof does not lead to the root');
  });
}

/** §2, 3: returns the keys, oldest first. */
function check_keys(record, H, holds) {
  const keys = [];
  for (const {entry, index} of record.keys) {
    must(!has(entry, 'item') && entry.type === 'journal.key' && is_object(entry.payload) && typeof entry.recorded_at === 'string', 'names no key');
    const payload = {previous_key_id: '', previous_signature: ''};
    for (const [name, value] of Object.entries(entry.payload)) {
      if (name in payload && value === null) continue;
      must(typeof value === 'string' && (name in payload || value !== ''), name);
      payload[name] = value;
    }
    exactly(payload, ['algorithms', 'key_id', 'public_key', 'previous_key_id', 'reason', 'signature', 'previous_signature']);
    const previous = keys.at(-1);
    const {algorithms, key_id, previous_key_id, reason} = payload;
    const der = bytes_of(payload.public_key);
    must(algorithms === record.tree_head.algorithms, 'algorithms');
    must(algorithms !== 'SHA-256 Ed25519' || (der.length === 44 && der.toString('hex').startsWith('302a300506032b6570032100')), 'not a key');
    must(H(der).toString('hex') === key_id, 'key_id');
    must(previous_key_id === (previous?.key_id ?? ''), 'previous_key_id');
    must(!previous || previous.index < index, 'index');
    const statement = `xiaohao-key/1\n${algorithms}\n${key_id}\n${previous_key_id || '-'}\n${entry.recorded_at}\n`;
    must(holds(der, algorithms, statement, bytes_of(payload.signature)), 'signature');
    const by_previous = bytes_of(payload.previous_signature);
    if (by_previous.length) must(previous && holds(previous.der, algorithms, statement, by_previous), 'previous_signature');
    const reasons = !previous ? ['first'] : by_previous.length ? ['rotated'] : ['lost', 'stolen'];
    must(reasons.includes(reason), 'reason');
    keys.push({der, key_id, index, handed_over: by_previous.length > 0});
  }
  return keys;
}

function check_signature(record, keys, holds) {
  const {algorithms, size, root, time, key_id, signature} = record.tree_head;
  const key = keys.at(-1);
  must(key && key.index < size && key.key_id === key_id, 'the last key signs');
  must(holds(key.der, algorithms, `xiaohao-tree-head/1\n${algorithms}\n${size}\n${root}\n${time}\n${key_id}\n`, bytes_of(signature)), 'signature');
}

/** §3: what the events tell. */
function story_of(events) {
  must(events.length >= 2, 'no story');
  for (const entry of events) {
    must(['type', 'actor', 'at', 'recorded_at'].every((name) => is_text(entry[name])), 'an entry says who and when');
    must(is_object(entry.payload) && is_object(entry.outcome), 'payload and outcome');
  }
  const [plan, created, ...later] = events;
  must(plan.type === 'plan.created' && !has(plan, 'item') && Number.isInteger(plan.payload.year) && has(plan.payload, 'title') && has(plan.payload, 'source'), 'plan');
  const {definition, status} = created.payload;
  must(created.type === 'item.created' && Number.isInteger(created.item) && is_object(definition) && is_object(status), 'item');
  must(definition.id === created.item && definition.plan === plan.payload.year && status.version === 1, 'item');
  must(is_text(status.lifecycle) && has(status, 'due'), 'status');
  const {year, title, source} = plan.payload;
  const story = {state: null, due: status.due, cycle: 1, closed_at: null, applicant: null, first_reviewer: null, verifier: null};
  let version = 1, contributors = [], evidence = [], requested = null;
  const people = (entry) => [entry.actor, entry.on_behalf_of].filter(is_text);
  const contribute = (entry) => { if (entry.automatic !== true) contributors.push(...people(entry)); };
  const forget = () => Object.assign(story, {applicant: null, first_reviewer: null, verifier: null});
  const actions = {
    record_report: contribute,
    attach_evidence(entry) {
      contribute(entry);
      const {sha256 = null, name = null, size = null} = entry.payload;
      if (!evidence.some((piece) => isDeepStrictEqual(piece.sha256, sha256))) evidence.push({sha256, name, size});
    },
    withdraw_evidence(entry) {
      contribute(entry);
      const sha256 = typeof entry.payload.sha256 === 'string' ? entry.payload.sha256 : '';
      evidence = evidence.filter((piece) => piece.sha256 !== sha256);
    },
    freeze_application(entry) { contribute(entry); story.applicant = entry.actor; },
    record_first_review(entry) { story.first_reviewer = entry.actor; },
    record_verification(entry) {
      must(!people(entry).some((who) => contributors.includes(who)), 'verified what he had a part in');
      story.verifier = entry.actor;
    },
    record_return: forget,
    record_closing(entry) { story.closed_at = entry.at; },
    record_reopening() { story.closed_at = null; },
    begin_next_cycle() { forget(); ++story.cycle; contributors = []; evidence = []; story.closed_at = null; },
    record_cancellation() { story.closed_at = null; requested = null; },
    record_extension_request(entry) { contribute(entry); requested = entry.payload.due ?? null; },
    grant_extension() { story.due = requested; requested = null; },
    refuse_extension() { requested = null; },
    change_due(entry) { story.due = entry.payload.due ?? null; },
  };
  for (const entry of later) {
    must(entry.item === created.item && entry.type !== 'item.created', 'not of the item');
    const {outcome} = entry;
    if (Object.keys(outcome).length === 0) continue;
    must(outcome.version === ++version, 'an event is missing');
    must(Array.isArray(outcome.actions) && outcome.actions.every(is_object) && has(outcome, 'to'), 'outcome');
    story.state = outcome.to;
    for (const {type} of outcome.actions) if (typeof type === 'string' && has(actions, type)) actions[type](entry);
  }
  return {plan: {year, title, source}, item: {...definition, lifecycle: status.lifecycle, ...story}, evidence, story, kind: definition.kind};
}

const plain = (value) => JSON.parse(JSON.stringify(value));
const equal = (a, b) => isDeepStrictEqual(plain(a), plain(b));

function check_story(record, entries) {
  const told = story_of(entries);
  must(equal(record.plan, told.plan) && equal(record.item, told.item) && equal(record.evidence, told.evidence), 'the events tell otherwise');
  must(told.story.closed_at !== null, 'not closed');
  must(told.kind === 'Task' || (told.story.verifier !== null && told.evidence.length > 0), 'not verified, or no evidence');
}

/** How far the record of `bytes` holds: given, handed_over or embedded. Throws when it does not. */
export function verify_record(bytes, known_key, holds = signature_holds) {
  const record = read_json(bytes);
  must(is_object(record), 'not an object');
  exactly(record, ['format', 'plan', 'item', 'events', ...(has(record, 'texts') ? ['texts'] : []), 'evidence', 'keys', 'tree_head', 'inclusion']);
  must(record.format === 'xiaohao-closeout-record/1' && is_object(record.plan) && is_object(record.item), 'format');
  check_entries(record.events);
  check_entries(record.keys);
  check_head(record.tree_head);
  must(Array.isArray(record.evidence), 'evidence');
  for (const piece of record.evidence) {
    exactly(piece, ['sha256', 'name', 'size']);
    must(is_text(piece.sha256) && (piece.name === null || is_text(piece.name)) && is_index(piece.size), 'evidence');
  }
  const name = hashes[record.tree_head.algorithms];
  const H = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash(name)).digest();
  const entries = told_by(record, H);
  check_inclusion(record, H);
  const keys = check_keys(record, H, holds);
  check_signature(record, keys, holds);
  check_story(record, entries);
  if (!known_key) return 'embedded';
  if (keys.at(-1).key_id === known_key) return 'given';
  for (let at = keys.length - 1; at > 0 && keys[at].handed_over; --at) if (keys[at - 1].key_id === known_key) return 'handed_over';
  throw new Refused('not by the key that was given');
}

/** What the printed record shows: of the events alone. */
export function record_code(record) {
  const name = hashes[record.tree_head.algorithms];
  const H = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash(name)).digest();
  return short_code(H(...record.events.map(({leaf}) => H(Buffer.from([0]), Buffer.from(leaf, 'base64')))));
}

/** The first 80 bits, five a letter. */
export function short_code(hash) {
  let bits = BigInt(`0x${hash.subarray(0, 10).toString('hex')}`);
  let code = '';
  for (let place = 0; place < 16; ++place, bits >>= 5n) code = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[Number(bits & 31n)] + code;
  return code.match(/.{4}/g).join('-');
}

verify_record.signature_holds = signature_holds;  // for tests that remember what was checked

if (process.argv[1] === new URL(import.meta.url).pathname) {
  try {
    const bytes = readFileSync(process.argv[2]);
    console.log(verify_record(bytes, process.argv[3]), record_code(read_json(bytes)));
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
