// What every part of the verifier reads with: fields, bytes, and the fault that names the place.

import {Fault} from './strict_json.mjs';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const value_of = new Map([...alphabet].map((letter, value) => [letter, value]));

export function fail(pointer, zh, en) {
  throw new Fault(pointer, zh, en);
}

/** Base64 with padding and no unused bits; every other text is refused. */
export function from_base64(text, pointer) {
  const bad = () => fail(pointer, '不是 base64', 'is not base64 in its one form');
  if (typeof text !== 'string' || text.length % 4 !== 0) bad();
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const letters = text.length - padding;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let bits = 0;
  let held = 0;
  let at = 0;
  for (let place = 0; place < letters; place += 1) {
    const value = value_of.get(text[place]);
    if (value === undefined) bad();
    bits = ((bits << 6) | value) & 0xffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes[at++] = (bits >> held) & 0xff;
    }
  }
  if (bits & ((1 << held) - 1)) bad();
  return bytes;
}

export const utf8 = (text) => new TextEncoder().encode(text);
export const hexadecimal = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
export const same_bytes = (a, b) => a.length === b.length && a.every((byte, at) => byte === b[at]);

export function joined(...parts) {
  const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export function fields(object, names, pointer) {
  if (!(object instanceof Map)) fail(pointer, '应为对象', 'must be an object');
  for (const name of names) if (!object.has(name)) fail(`${pointer}/${name}`, '缺少', 'is missing');
  for (const name of object.keys()) if (!names.includes(name)) fail(`${pointer}/${name}`, '没有这一项', 'is not a known field');
}

export const is_text = (value) => typeof value === 'string' && value.length > 0;
export const is_count = (value) => typeof value === 'number' && value >= 0;

export function list_at(object, name) {
  if (!Array.isArray(object.get(name))) fail(`/${name}`, '应为列表', 'must be a list');
  return object.get(name);
}
