// A county of its own for a test: a database made by `xiaohao init`, and a server over it. Nothing is mocked.

import {execFile, spawn, spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {createInterface} from 'node:readline';
import {promisify} from 'node:util';

export const root = path.resolve(path.dirname(new URL(import.meta.url).pathname), '../../..');
export const xiaohao = process.env.XIAOHAO ?? path.join(root, 'build/release/bin/xiaohao');
const checklist = path.join(root, 'workflows/checklists/2024.json');

/** Of every account that a test adds. */
export const password = 'thirty-one sparrows over the weir';

/** Runs a command of the program to its end: {code, out, err}. */
export async function run(...words) {
  try {
    const {stdout, stderr} = await promisify(execFile)(xiaohao, words, {encoding: 'utf8', maxBuffer: 64 << 20});
    return {code: 0, out: stdout, err: stderr};
  } catch (error) {
    return {code: error.code, out: error.stdout, err: error.stderr};
  }
}

export class County {
  constructor() {
    this.folder = mkdtempSync(path.join(tmpdir(), 'xiaohao-'));
    this.db = path.join(this.folder, 'county.db');
  }

  /** A database that nobody serves yet, so that commands may write to it. Of some rows only, where a story needs no more: sanitizers are slow. */
  static async make({rows} = {}) {
    const county = new County();
    let file = checklist;
    if (rows) {
      const some = JSON.parse(readFileSync(checklist, 'utf8'));
      some.items = some.items.filter((row) => rows.includes(row.number));
      writeFileSync(file = path.join(county.folder, 'rows.json'), JSON.stringify(some));
    }
    const made = await run('init', '--db', county.db, '--checklist', file, '--year', '2024');
    if (made.code !== 0) throw new Error(`init: ${made.err}`);
    return county;
  }

  static async open({clock = '2024-01-02T08:30:00+08:00', options = [], rows} = {}) {
    const county = await County.make({rows});
    await county.serve({clock, options});
    return county;
  }

  /** `xiaohao user add`, while nobody serves: {code, err}. */
  add(username, name, roles, ...more) {
    const words = ['user', 'add', username, '--db', this.db, '--name', name, '--role', roles, ...more];
    const added = spawnSync(xiaohao, words, {input: `${password}\n`, encoding: 'utf8'});
    return {code: added.status, err: added.stderr};
  }

  /** Starts the server and waits until it says where it listens. */
  async serve({clock = '2024-01-02T08:30:00+08:00', options = [], through = [], demonstration = true, listen = '127.0.0.1:0'} = {}) {
    const [program, ...words] = [...through, xiaohao];  // `through`: a program that runs it, such as strace
    this.server = spawn(program, [...words, 'serve', '--db', this.db, '--listen', listen,
      ...(demonstration ? ['--demo', '--clock', clock] : []), ...options]);
    this.errors = '';
    this.server.stderr.on('data', (bytes) => (this.errors += bytes));
    this.exited = new Promise((resolve) => this.server.on('exit', (code, signal) => resolve({code, signal})));
    this.base = await new Promise((resolve, reject) => {
      createInterface({input: this.server.stdout}).on('line', (line) => {
        const found = line.match(/^listening on (http:\/\/\S+)$/);
        if (found) resolve(found[1]);
      });
      this.exited.then(({code}) => reject(new Error(`the server ended with ${code}: ${this.errors}`)));
    });
    this.people = new Map();
  }

  async stop(signal = 'SIGTERM') {
    this.server.kill(signal);
    return await this.exited;
  }

  async close() {
    if (this.server && this.server.exitCode === null && this.server.signalCode === null) await this.stop();
    rmSync(this.folder, {recursive: true, force: true});
  }

  /** A demonstration account, signed in. */
  async as(username) {
    if (!this.people.has(username)) {
      const person = new Person(this.base, username);
      await person.sign_in();
      this.people.set(username, person);
    }
    return this.people.get(username);
  }

  /** One that the test added. */
  async as_added(username) {
    if (!this.people.has(username)) {
      const person = new Person(this.base, username);
      await person.sign_in(password);
      this.people.set(username, person);
    }
    return this.people.get(username);
  }

  /** The share that `unit` has in the checklist's row `number`. */
  async share(number, unit) {
    const reader = await this.as('coordinator');
    const {body} = await reader.get(`/items?plan=2024&kind=Assignment&number=${number}&unit=${unit}`);
    if (body.items.length !== 1) throw new Error(`row ${number} has ${body.items.length} shares of ${unit}`);
    return body.items[0];
  }

  async item(id) {
    return (await (await this.as('coordinator')).get(`/items/${id}`)).body;
  }

  /** Moves the virtual clock. */
  async clock(move) {
    const answer = await (await this.as('admin')).post('/demo/clock', move);
    if (answer.status !== 200) throw new Error(`clock: ${JSON.stringify(answer.body)}`);
    return answer.body.now;
  }
}

export class Person {
  constructor(base, username) {
    this.base = base;
    this.username = username;
  }

  async sign_in(password = `demo-${this.username}`) {
    const response = await fetch(`${this.base}/api/v1/session`, {
      method: 'POST', headers: {'content-type': 'application/json'}, body: JSON.stringify({username: this.username, password}),
    });
    if (response.status !== 200) throw new Error(`${this.username} cannot sign in: ${response.status} ${await response.text()}`);
    this.cookie = response.headers.get('set-cookie').split(';')[0];
    this.csrf = (await response.json()).csrf_token;
  }

  async send(method, where, {body, headers = {}} = {}) {
    const response = await fetch(`${this.base}${where.startsWith('/api') ? '' : '/api/v1'}${where}`, {
      method, body, redirect: 'manual', headers: {cookie: this.cookie, ...(method === 'GET' ? {} : {'x-csrf-token': this.csrf}), ...headers},
    });
    const text = await response.text();
    const json = (response.headers.get('content-type') ?? '').includes('json');
    return {status: response.status, headers: response.headers, body: json && text ? JSON.parse(text) : text};
  }

  get(where) {
    return this.send('GET', where);
  }

  post(where, body, headers = {}) {
    return this.send('POST', where, {body: JSON.stringify(body), headers: {'content-type': 'application/json', ...headers}});
  }

  /** Sends an event to an item as it now stands. */
  async event(id, type, fields = {}, headers = {}) {
    const {headers: seen} = await this.get(`/items/${id}`);
    return await this.post(`/items/${id}/events`, {type, ...fields}, {'if-match': seen.get('etag'), ...headers});
  }

  /** The same, and it must be accepted. */
  async must(id, type, fields = {}) {
    const answer = await this.event(id, type, fields);
    if (answer.status !== 200) throw new Error(`${this.username}, ${type}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  async attach(id, name, bytes, note) {
    const form = new FormData();
    form.append('file', new Blob([bytes]), name);
    if (note) form.append('note', note);
    return await this.send('POST', `/items/${id}/evidence`, {body: form});
  }

  async notices(query = '') {
    return (await this.get(`/notices?limit=200${query}`)).body.items;
  }
}

/** The smallest PNG there is: what a phone's photo is to a test. */
export const photo = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
