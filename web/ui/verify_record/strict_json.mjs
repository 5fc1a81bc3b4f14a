// JSON as docs/record-format.md §1 reads it: what two readers could take for two things is refused. Objects become Maps, so that no
// key means anything to JavaScript.

export class Fault extends Error {
  constructor(pointer, zh, en) {
    super(en);
    this.pointer = pointer;
    this.zh = zh;
    this.en = en;
  }
}

const bytes_max = 64 * 1024 * 1024;
const depth_max = 64;
const escapes = {'"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t'};

class Reader {
  constructor(text) {
    this.text = text;
    this.at = 0;
  }
  fail(zh, en) {
    throw new Fault('', `${zh}（第 ${this.at + 1} 个字符）`, `${en} at character ${this.at + 1}`);
  }
  skip_space() {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.at += 1;
    }
  }
  literal(word, value) {
    if (this.text.slice(this.at, this.at + word.length) !== word) this.fail('不是 JSON', 'not JSON');
    this.at += word.length;
    return value;
  }
  unit() {
    const digits = this.text.slice(this.at, this.at + 4);
    if (!/^[0-9A-Fa-f]{4}$/.test(digits)) this.fail('转义不成立', 'a broken escape');
    this.at += 4;
    return parseInt(digits, 16);
  }
  escaped() {
    const letter = this.text[this.at++];
    if (letter !== 'u') {
      if (letter === undefined || !Object.hasOwn(escapes, letter)) this.fail('转义不成立', 'a broken escape');
      return escapes[letter];
    }
    const first = this.unit();
    if (first < 0xd800 || first > 0xdfff) return String.fromCharCode(first);
    const is_pair = first < 0xdc00 && this.text[this.at] === '\\' && this.text[this.at + 1] === 'u';
    if (is_pair) this.at += 2;
    const second = is_pair ? this.unit() : 0;
    if (second < 0xdc00 || second > 0xdfff) this.fail('半个代理对', 'half a surrogate pair');
    return String.fromCharCode(first, second);
  }
  string() {
    if (this.text[this.at] !== '"') this.fail('应为文字', 'no text');
    this.at += 1;
    let read = '';
    let begin = this.at;
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (Number.isNaN(code) || code < 0x20) this.fail('文字没有结束', 'an unfinished text');
      if (code === 0x22) break;
      this.at += 1;
      if (code !== 0x5c) continue;
      read += this.text.slice(begin, this.at - 1) + this.escaped();
      begin = this.at;
    }
    read += this.text.slice(begin, this.at);
    this.at += 1;
    return read;
  }
  number() {
    const begin = this.at;
    while (/[-+.0-9eE]/.test(this.text[this.at] ?? '')) this.at += 1;
    const token = this.text.slice(begin, this.at);
    if (!/^-?(0|[1-9][0-9]*)$/.test(token)) this.fail('应为整数', 'no integer');
    const number = Number(token);
    if (!Number.isSafeInteger(number)) this.fail('整数过大', 'an integer beyond 53 bits');
    return number === 0 ? 0 : number;
  }
  value(depth) {
    this.skip_space();
    const first = this.text[this.at];
    let read;
    if (first === '{') read = this.object(depth + 1);
    else if (first === '[') read = this.array(depth + 1);
    else if (first === '"') read = this.string();
    else if (first === 't') read = this.literal('true', true);
    else if (first === 'f') read = this.literal('false', false);
    else if (first === 'n') read = this.literal('null', null);
    else read = this.number();
    this.skip_space();
    return read;
  }
  /** True when the list goes on. */
  next(end) {
    const character = this.text[this.at++];
    if (character === end) return false;
    if (character !== ',') this.fail('不是 JSON', 'not JSON');
    return true;
  }
  begin(depth, end) {
    if (depth > depth_max) this.fail('嵌套过深', `nested deeper than ${depth_max} levels`);
    this.at += 1;
    this.skip_space();
    if (this.text[this.at] !== end) return true;
    this.at += 1;
    return false;
  }
  object(depth) {
    const members = new Map();
    if (!this.begin(depth, '}')) return members;
    do {
      this.skip_space();
      const key = this.string();
      if (members.has(key)) this.fail(`“${key}” 重复`, `"${key}" stands twice`);
      this.skip_space();
      if (this.text[this.at++] !== ':') this.fail('不是 JSON', 'not JSON');
      members.set(key, this.value(depth));
    } while (this.next('}'));
    return members;
  }
  array(depth) {
    const members = [];
    if (!this.begin(depth, ']')) return members;
    do members.push(this.value(depth)); while (this.next(']'));
    return members;
  }
}

export function read_json(bytes) {
  if (bytes.length > bytes_max) throw new Fault('', '超过 64 MiB', 'longer than 64 MiB');
  let text;
  try {
    text = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes);
  } catch {
    throw new Fault('', '不是 UTF-8', 'not UTF-8');
  }
  const reader = new Reader(text);
  const read = reader.value(0);
  if (reader.at !== text.length) reader.fail('文件末尾有多余内容', 'something after the document');
  return read;
}

export function equal(a, b) {
  if (a === b) return true;
  if (a instanceof Map) {
    if (!(b instanceof Map) || a.size !== b.size) return false;
    for (const [key, value] of a) if (!b.has(key) || !equal(value, b.get(key))) return false;
    return true;
  }
  return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((value, at) => equal(value, b[at]));
}
