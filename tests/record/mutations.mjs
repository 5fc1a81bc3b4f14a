// Good records made bad, or only different: every byte, every field, and what a forger would try.

/** A small generator of numbers (xorshift32), so that a seed gives the same mutants everywhere. */
export function chance(seed) {
  let state = seed >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % below;
  };
}

/** Every place in a JSON document: [holder, key]. */
function places(value, found = []) {
  if (value === null || typeof value !== 'object') return found;
  for (const key of Object.keys(value)) {
    found.push([value, key]);
    places(value[key], found);
  }
  return found;
}

const hash = (pick) => Buffer.from(Array.from({length: 32}, () => pick(256))).toString('base64');
const one_of = (pick, list) => list[pick(list.length)];
const read_leaf = (event) => JSON.parse(Buffer.from(event.leaf, 'base64'));
const put_leaf = (event, entry, text = JSON.stringify(entry)) => Object.assign(event, {entry, leaf: Buffer.from(text).toString('base64')});

const other_values = [null, true, false, 0, -1, 1, 2 ** 31, 2 ** 32, Number.MAX_SAFE_INTEGER, '', 'x', [], {}, '__proto__', 'rotated', 'SM3 SM2', 'SHA-256 Ed25519'];

/** Changes of the document as such; each gets the document and may return text instead of changing it. */
const of_documents = {
  delete_field(record, pick) { const [holder, key] = one_of(pick, places(record)); if (Array.isArray(holder)) holder.splice(key, 1); else delete holder[key]; },
  other_value(record, pick) { const [holder, key] = one_of(pick, places(record)); holder[key] = one_of(pick, other_values); },
  nearby_number(record, pick) {
    const [holder, key] = one_of(pick, places(record).filter(([h, k]) => typeof h[k] === 'number'));
    holder[key] += one_of(pick, [1, -1, 2, -2, 2 ** 32, -(2 ** 32)]);
  },
  more_text(record, pick) {
    const [holder, key] = one_of(pick, places(record).filter(([h, k]) => typeof h[k] === 'string'));
    holder[key] = one_of(pick, [holder[key] + one_of(pick, [' ', '=', '\n', 'A', '\u0000', '\ud83d\ude00']), holder[key].slice(1), holder[key].slice(0, -1), ' ' + holder[key]]);
  },
  more_field(record, pick) { const [holder, key] = one_of(pick, places(record)); if (!Array.isArray(holder)) holder[one_of(pick, ['x', '__proto__', 'constructor', key + ' ', 'item'])] = holder[key]; },
  doubled(record, pick) { const [holder, key] = one_of(pick, places(record).filter(([h]) => Array.isArray(h))); holder.splice(key, 0, structuredClone(holder[key])); },
  swapped(record, pick) {
    const [holder, key] = one_of(pick, places(record).filter(([h]) => Array.isArray(h) && h.length > 1));
    const other = pick(holder.length);
    [holder[key], holder[other]] = [holder[other], holder[key]];
  },
  moved(record, pick) { const all = places(record), [holder, key] = one_of(pick, all), [other, name] = one_of(pick, all); holder[key] = structuredClone(other[name]); },
  sorted_otherwise(record, pick) {
    const turn = (value) => (Array.isArray(value) ? value.map(turn) : value && typeof value === 'object' ? Object.fromEntries(Object.entries(value).reverse().map(([k, v]) => [k, turn(v)])) : value);
    return JSON.stringify(turn(record), null, pick(4));
  },
  index_beyond(record, pick) { const event = one_of(pick, [...record.events, ...record.keys, ...record.inclusion]); event.index = record.tree_head.size + pick(3); },
  other_size(record, pick) { record.tree_head.size = one_of(pick, [0, 1, record.tree_head.size + 1, record.tree_head.size - 1, 2 ** 53 - 1]); },
  node_more(record, pick) { const {path} = one_of(pick, record.inclusion); path.splice(pick(path.length + 1), 0, one_of(pick, [hash(pick), path[0], record.tree_head.root])); },
  node_less(record, pick) { const {path} = one_of(pick, record.inclusion); path.splice(pick(path.length), 1); },
  node_changed(record, pick) { const {path} = one_of(pick, record.inclusion); path[pick(path.length)] = hash(pick); },
  paths_exchanged(record, pick) { const a = one_of(pick, record.inclusion), b = one_of(pick, record.inclusion); [a.path, b.path] = [b.path, a.path]; },
  leaf_changed_with_its_entry(record, pick) {
    const event = one_of(pick, [...record.events, ...record.keys]), entry = read_leaf(event), [holder, key] = one_of(pick, places(entry));
    holder[key] = one_of(pick, other_values);
    put_leaf(event, entry);
  },
  leaf_written_otherwise(record, pick) { const event = one_of(pick, [...record.events, ...record.keys]), entry = read_leaf(event); put_leaf(event, entry, JSON.stringify(entry, null, 1)); },
  leaf_that_is_a_node(record, pick) {
    const at = pick(record.events.length), {path} = record.inclusion.find(({index}) => index === record.events[at].index) ?? {path: []};
    if (!path.length) return;
    record.events[at].leaf = Buffer.concat([Buffer.from(record.events[at].leaf, 'base64').subarray(0, 32), Buffer.from(path.shift(), 'base64')]).toString('base64');
  },
  event_left_out(record, pick) {
    const [{index}] = record.events.splice(pick(record.events.length), 1);
    record.inclusion = record.inclusion.filter((proof) => proof.index !== index);
  },
  key_left_out(record, pick) {
    const [{index}] = record.keys.splice(pick(record.keys.length), 1);
    record.inclusion = record.inclusion.filter((proof) => proof.index !== index);
  },
  text_left_out(record, pick) { record.texts.splice(pick(record.texts.length), 1); if (pick(2) && !record.texts.length) delete record.texts; },
  text_changed(record, pick) { const text = one_of(pick, record.texts); text[one_of(pick, ['text', 'salt', 'field', 'index'])] = one_of(pick, ['x', 'note', hash(pick), 0, '完成', 5, '__proto__']); },
  text_of_another(record, pick) { const a = one_of(pick, record.texts), b = one_of(pick, record.texts); [a.text, b.text] = [b.text, a.text]; if (pick(2)) [a.salt, b.salt] = [b.salt, a.salt]; },
  text_put_in(record, pick) { record.texts.splice(pick(record.texts.length + 1), 0, {...one_of(pick, record.texts), field: one_of(pick, ['note', 'reason', 'name', 'summary'])}); },
  key_among_events(record) { record.events.push(record.keys[0]); record.events.sort((a, b) => a.index - b.index); },
  other_signature(record, pick) {
    const bytes = Buffer.from(record.tree_head.signature, 'base64');
    bytes[pick(bytes.length)] ^= 1 << pick(8);
    record.tree_head.signature = bytes.toString('base64');
  },
  other_base64(record, pick) {
    const [holder, key] = one_of(pick, places(record).filter(([h, k]) => typeof h[k] === 'string' && /^[A-Za-z0-9+/]{8,}=*$/.test(h[k])));
    const text = holder[key];
    holder[key] = one_of(pick, [text.replace(/=+$/, ''), text.replaceAll('+', '-').replaceAll('/', '_'), text + '====', `${text.slice(0, 4)}\n${text.slice(4)}`,
      text.replace(/.(=+)$/, (_, padding) => 'B' + padding)]);
  },
};

/** Changes of the text. */
const of_texts = {
  byte_changed(bytes, pick) { const made = Buffer.from(bytes); made[pick(made.length)] ^= 1 + pick(255); return made; },
  byte_put_in(bytes, pick) { const at = pick(bytes.length); return Buffer.concat([bytes.subarray(0, at), Buffer.from([pick(256)]), bytes.subarray(at)]); },
  byte_taken_out(bytes, pick) { const at = pick(bytes.length); return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]); },
  cut(bytes, pick) { return bytes.subarray(0, 1 + pick(bytes.length - 1)); },  // an empty frame would say something else; hostile.test.mjs has it
  piece_doubled(bytes, pick) { const at = pick(bytes.length), end = at + pick(200); return Buffer.concat([bytes.subarray(0, end), bytes.subarray(at)]); },
  key_doubled(bytes, pick) {
    const text = bytes.toString(), keys = [...text.matchAll(/"[a-z_0-9]+": ?("[^"]*"|\d+)/g)], found = one_of(pick, keys);
    const double = one_of(pick, [found[0], found[0].replace(/: ?.*/s, ':null'), found[0].replace(/^"(.)/, (_, c) => `"\\u00${c.charCodeAt(0).toString(16)}`)]);
    return Buffer.from(text.slice(0, found.index) + double + ',' + text.slice(found.index));
  },
  number_written_otherwise(bytes, pick) {
    const text = bytes.toString(), found = one_of(pick, [...text.matchAll(/: ?(\d+)(?=[,}\n])/g)]), number = found[1];
    const other = one_of(pick, [`${number}.0`, `${number}e0`, `0${number}`, `+${number}`, `-${number}`, `"${number}"`, `${number}00000000000000000000`]);
    return Buffer.from(text.slice(0, found.index) + ':' + other + text.slice(found.index + found[0].length));
  },
  letter_escaped(bytes, pick) {
    const text = bytes.toString(), found = one_of(pick, [...text.matchAll(/[a-z](?=[a-z_]*")/g)]);
    return Buffer.from(text.slice(0, found.index) + `\\u00${found[0].charCodeAt(0).toString(16)}` + text.slice(found.index + 1));
  },
  other_encoding(bytes, pick) {
    return one_of(pick, [Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]), Buffer.from(bytes.toString(), 'utf16le'), Buffer.from(bytes.toString(), 'latin1'), Buffer.concat([bytes, Buffer.from([0])]),
      Buffer.concat([bytes, Buffer.from(' \n\t')]), Buffer.concat([Buffer.from('\r\n '), bytes])]);
  },
};

export const kinds = [...Object.keys(of_documents), ...Object.keys(of_texts)];

/** One mutant of the record in `bytes`: {kind, bytes}. */
export function mutant(bytes, pick) {
  const kind = one_of(pick, kinds);
  if (kind in of_texts) return {kind, bytes: of_texts[kind](bytes, pick)};
  const record = JSON.parse(bytes.toString());
  let text;
  try {
    text = of_documents[kind](record, pick);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;  // the record has no such place any more
  }
  return {kind, bytes: Buffer.from(text ?? JSON.stringify(record))};
}
