// The three verifiers under one roof: the library (a program that answers frame by frame), the bundle that the page serves, and the one
// that follows the document. Signatures that were checked before are remembered by key, text and signature, byte for byte.

import {spawn} from 'node:child_process';
import {readFileSync} from 'node:fs';
import path from 'node:path';

import {root} from '../integration/server/county.mjs';
import {Refused, verify_record} from './verify_record.mjs';

const program = process.env.RECORD_VERDICTS ?? path.join(root, 'build/release/bin/record_verdicts');

/** The same check, asked once for the same bytes. */
function remembering(check) {
  const known = new Map();
  return (...parts) => {
    const key = parts.map((part) => (typeof part === 'string' ? part : Buffer.from(part).toString('latin1'))).join('\0');
    if (known.size > 100_000) known.clear();
    if (!known.has(key)) known.set(key, check(...parts));
    return known.get(key);
  };
}

/** The page's bundle as it is served, run without a page. */
function page_verifier() {
  new Function(readFileSync(path.join(root, 'web/ui/verify_record.js'), 'utf8'))();
  return [globalThis.verify_closeout_record, remembering(globalThis.verify_closeout_record.signature_holds)];
}
const [verify_on_page, page_signature] = page_verifier();
const document_signature = remembering(verify_record.signature_holds);

/** `h` it holds, `n` it is refused. What a verifier throws besides is no verdict but a fault of its own. */
function verdict(check, Refusal) {
  try {
    check();
    return 'h';
  } catch (error) {
    if (error instanceof Refusal) return 'n';
    return `threw ${error?.stack ?? error}`;
  }
}
export const verdict_on_page = (bytes) => verdict(() => verify_on_page(new Uint8Array(bytes), '', page_signature), verify_on_page.Fault);
export const verdict_by_document = (bytes) => verdict(() => verify_record(bytes, '', document_signature), Refused);

export class Library {
  constructor() {
    this.process = spawn(program, {stdio: ['pipe', 'pipe', 'inherit']});
    this.waiting = [];
    this.process.stdout.on('data', (letters) => {
      for (const letter of letters.toString('latin1')) this.waiting.shift()?.(letter);
    });
    const ended = (how) => {
      this.ended ??= `ended with ${how}`;
      for (const answer of this.waiting.splice(0)) answer(this.ended);
    };
    this.process.on('error', ended);
    this.process.on('exit', (code, signal) => ended(code ?? signal));
    this.process.stdin.on('error', () => {});  // it has ended, which is said above
  }
  /** `h` it holds, `n` it does not, `m` it is no record; anything else: the program has ended. */
  verdicts(records) {
    if (this.ended) return Promise.resolve(records.map(() => this.ended));
    const answers = records.map(() => new Promise((resolve) => this.waiting.push(resolve)));
    const frames = records.flatMap((bytes) => {
      const length = Buffer.alloc(4);
      length.writeUInt32LE(bytes.length);
      return [length, bytes];
    });
    this.process.stdin.write(Buffer.concat([...frames, Buffer.alloc(4)]));  // an empty frame: answer now
    return Promise.all(answers);
  }
  close() {
    this.process.stdin.end();
  }
}
