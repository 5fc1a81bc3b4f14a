// The mail server of tests/integration/smtp, started for one test: a real one, in a process of its own.

import {spawn} from 'node:child_process';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {createInterface} from 'node:readline';

import {root} from './county.mjs';

export class MailServer {
  /** `folder` is where what it takes is kept. */
  static async open(folder) {
    const server = new MailServer();
    server.received = path.join(folder, 'received.jsonl');
    server.process = spawn('/usr/bin/python3', [path.join(root, 'tests/integration/smtp/smtp_server.py'), server.received]);
    server.port = await new Promise((resolve, reject) => {
      createInterface({input: server.process.stdout}).on('line', (line) => resolve(line.replace('listening ', '')));
      server.process.on('exit', (code) => reject(new Error(`the mail server ended with ${code}`)));
    });
    return server;
  }

  /** The mails taken so far, in order. */
  mails() {
    if (!existsSync(this.received)) return [];
    return readFileSync(this.received, 'utf8').split('\n').filter((line) => line).map((line) => JSON.parse(line));
  }

  ids() {
    return this.mails().map((mail) => mail.headers['Message-ID']);
  }

  /** A configuration file for `xiaohao serve --config` that sends everything here. */
  configuration(folder) {
    const file = path.join(folder, 'xiaohao.json');
    writeFileSync(file, JSON.stringify({
      public_url: 'https://xiaohao.county.example',
      smtp: {url: `smtp://127.0.0.1:${this.port}`, tls: 'none', from: 'xiaohao@county.example', messages_per_minute_max: 0},
    }));
    return file;
  }

  close() {
    this.process.kill('SIGKILL');
  }
}
