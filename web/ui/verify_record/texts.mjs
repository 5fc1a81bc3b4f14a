// The texts that a record's events commit to: docs/record-format.md §2.

import {sha256} from './algorithms.mjs';
import {fail, fields, from_base64, is_count, is_text, joined, list_at, same_bytes, utf8} from './reading.mjs';

const title = utf8('xiaohao-text/1\n');

function commitments_of({index, entry}, pointer) {
  const commitments = entry.get('commitments');
  if (commitments === undefined) return [];
  const payload = entry.get('payload');
  const bad = () => fail(`${pointer}/leaf`, '承诺不成立', 'does not commit to texts as it must');
  if (!(commitments instanceof Map) || !(payload instanceof Map)) bad();
  return [...commitments].map(([field, commitment]) => {
    if (!/^[a-z_]{1,32}$/.test(field) || payload.has(field)) bad();
    const hash = from_base64(commitment, `${pointer}/leaf`);
    if (hash.length !== 32) bad();
    return {index, field, hash};
  });
}

/** What the event tells was erased: [index, field]. */
function erasures_of({entry}) {
  const payload = entry.get('payload');
  if (entry.get('type') !== 'text.erased' || !(payload instanceof Map) || !Array.isArray(payload.get('texts'))) return [];
  return payload.get('texts')
    .filter((text) => text instanceof Map && text.size === 2 && typeof text.get('index') === 'number' && typeof text.get('field') === 'string')
    .map((text) => [text.get('index'), text.get('field')]);
}

/** The entries of `events` as they were written: Maps, each with its texts put back; an erased one stays absent. */
export function told_by(record, events) {
  const committed = new Map();
  const erased = new Map();
  const entries = events.map(({entry}) => {
    const payload = entry.get('payload');
    return payload instanceof Map ? new Map(entry).set('payload', new Map(payload)) : entry;
  });
  events.forEach((event, at) => {
    for (const found of commitments_of(event, `/events/${at}`)) committed.set(`${found.index}/${found.field}`, {...found, entry: entries[at]});
    for (const [index, field] of erasures_of(event)) erased.set(`${index}/${field}`, event.index);
  });
  const texts = record.has('texts') ? list_at(record, 'texts') : [];
  if (record.has('texts') && texts.length === 0) fail('/texts', '为空', 'must hold a text, or be left out');
  let before = [-1, ''];
  texts.forEach((text, at) => {
    const pointer = `/texts/${at}`;
    fields(text, ['index', 'field', 'salt', 'text'], pointer);
    const [index, field, salt, words] = ['index', 'field', 'salt', 'text'].map((name) => text.get(name));
    if (!is_count(index) || !is_text(field) || !is_text(words)) fail(pointer, '不成立', 'is not a text');
    if (!(index > before[0] || (index === before[0] && field > before[1]))) fail(pointer, '顺序错误', 'is out of order');
    before = [index, field];
    const found = committed.get(`${index}/${field}`);
    if (!found) fail(pointer, '没有条目承诺这段文字', 'is a text that no event commits to');
    const grains = from_base64(salt, `${pointer}/salt`);
    if (grains.length !== 32) fail(`${pointer}/salt`, '应为 32 字节', 'must be 32 bytes');
    if (!same_bytes(sha256(joined(title, grains, utf8(words))), found.hash)) fail(`${pointer}/text`, '与承诺不符', 'is not the text that the event commits to');
    found.entry.get('payload').set(field, words);
    committed.delete(`${index}/${field}`);
  });
  for (const [place, {index}] of committed)
    if (!(erased.get(place) > index)) fail('/texts', `缺少 ${place}`, `lack ${place}, and no event tells that it was erased`);
  return entries;
}
