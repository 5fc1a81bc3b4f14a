// The page: a file is chosen or dropped, and what it says is written out. Nothing leaves the page. Works served, and opened from disk.

import {ed25519_holds, sha256} from './algorithms.mjs';
import {from_base64, hexadecimal} from './reading.mjs';
import {Fault} from './strict_json.mjs';
import {verify} from './verifier.mjs';

globalThis.verify_closeout_record = Object.assign(verify, {signature_holds: ed25519_holds, Fault});  // for whoever holds this verifier against others

const bytes_max = 64 * 1024 * 1024;
const english = globalThis.document?.documentElement.lang.startsWith('en');
const say = (zh, en) => (english ? en : zh);

const events = new Map(Object.entries({
  'plan.created': ['制定方案', 'plan made'], 'item.created': ['下达', 'issued'], accept: ['签收', 'accepted'], report: ['进展反馈', 'reported progress'],
  'evidence.attach': ['提交佐证材料', 'handed in evidence'], 'evidence.withdraw': ['撤回佐证材料', 'withdrew evidence'],
  'closeout.apply': ['申请销号', 'applied for close-out'], 'closeout.approve': ['初审通过', 'approved in first review'],
  'closeout.return': ['初审退回', 'returned in first review'], 'closeout.verify': ['核查通过', 'verified'],
  'closeout.reject': ['核查退回', 'rejected in verification'], 'closeout.object': ['公示期异议', 'objected during publicity'],
  'extension.request': ['申请延期', 'asked for an extension'], 'extension.grant': ['批准延期', 'granted the extension'],
  'extension.refuse': ['不同意延期', 'refused the extension'], 'reinspect.pass': ['回头看通过', 'passed reinspection'],
  'reinspect.reopen': ['回头看重新整改', 'reopened'], urge: ['催办', 'urged'], 'escalation.step': ['督办', 'escalated'], 'share.changed': ['责任分解变动', 'a share changed'],
  complete: ['申报完成', 'said it is complete'], confirm: ['确认完成', 'confirmed'], return: ['退回', 'returned'], cancel: ['终止', 'cancelled'], 'text.erased': ['依法删除文字', 'had a text erased by law'],
  'work.handed_over': ['移交工作', 'handed the work over'],
}));

function element(tag, ...parts) {
  const made = document.createElement(tag);
  made.append(...parts.map((part) => (part instanceof Node ? part : String(part ?? ''))));
  return made;
}

function classed(name, made) {
  made.className = name;
  return made;
}

function table(head, rows) {
  const line = (cell, texts) => element('tr', ...texts.map((text) => element(cell, text)));
  return classed('scrolls', element('div', element('table', element('thead', line('th', head)), element('tbody', ...rows.map((texts) => line('td', texts))))));
}

const minute = (instant) => (typeof instant === 'string' ? instant.slice(0, 16).replace('T', ' ') : '');

function facts(pairs) {
  return element('dl', ...pairs.filter(([, value]) => value !== null && value !== undefined && value !== '').flatMap(([name, value]) => [element('dt', name), element('dd', value)]));
}

const erased = () => say('（已依法删除）', '(erased by law)');

function event_row(entry) {
  const type = entry.get('type');
  const [zh, en] = events.get(type) ?? (type.startsWith('xstate.after.') ? ['期限届满', 'its time was up'] : [type, type]);
  const words = ['summary', 'reason', 'text', 'problem', 'goal', 'measures', 'note'].map((name) => entry.get('payload').get(name) ?? (entry.get('commitments')?.has(name) ? erased() : ''))
    .filter((text) => typeof text === 'string' && text);
  const substitute = entry.get('on_behalf_of') ? say(`（代 ${entry.get('on_behalf_of')}）`, ` (for ${entry.get('on_behalf_of')})`) : '';
  return [minute(entry.get('at')), entry.get('automatic') === true ? say('自动', 'by itself') : entry.get('actor') + substitute, say(zh, en), words.join(' ')];
}

const trusts = {
  given: ['签名密钥就是您提供的密钥。', 'The signature is by the key that you gave.'],
  handed_over: ['签名密钥由您提供的密钥移交而来，移交记录在档案内并经两把密钥签名。', 'The signature is by a key that yours handed over to; the hand-over is in the record, signed by both.'],
  embedded: ['未提供密钥：只能证明档案与其自带密钥相符。请将下面的密钥指纹与另行取得的核对。', 'No key was given: the record agrees with the key that it brings. Compare the fingerprint below with one you have from elsewhere.'],
};

function verdict_that_it_holds(name, {trust, story, told, head, short_code, record_code}) {
  const item = story.definition;
  const parts = [
    classed('verdict holds', element('h2', say('✓ 档案属实', '✓ The record holds'))),
    element('p', name),
    facts([
      [say('方案', 'Plan'), `${story.plan.get('title')}（${story.plan.get('year')}）`], [say('事项', 'Item'), `${item.get('number')} ${item.get('title')}`],
      [say('责任单位', 'Unit'), item.get('unit')], [say('时限', 'Due'), story.due], [say('申请人', 'Applied'), story.applicant],
      [say('初审', 'First review'), story.first_reviewer], [say('核查人', 'Verified by'), story.verifier], [say('销号时间', 'Closed'), minute(story.closed_at)],
      [say('档案码（与纸质档案核对）', 'Record code (compare with the paper)'), record_code], [say('树头短码', 'Head code'), short_code],
    ]),
    element('h3', say('经过', 'What happened')),
    table([say('时间', 'When'), say('人员', 'Who'), say('事项', 'What'), say('内容', 'Words')], told.map(event_row)),
    element('h3', say('佐证材料', 'Evidence')),
    table([say('名称', 'Name'), say('字节', 'Bytes'), 'SHA-256'], story.evidence.map((piece) => [piece.get('name') ?? erased(), piece.get('size'), piece.get('sha256')])),
    element('h3', say('依据', 'What it rests on')),
    element('p', say(...trusts[trust])),
    facts([[say('密钥指纹', 'Key'), head.key_id], [say('日志', 'Journal'), say(`前 ${head.size} 条，至 ${minute(head.time)}`, `the first ${head.size} entries, up to ${minute(head.time)}`)]]),
    element('p', say('此后是否重新打开，须向出具单位查询。', 'Whether it was reopened later only the journal can tell.')),
  ];
  return parts;
}

function verdict_that_it_does_not(name, fault) {
  const known = fault instanceof Fault;
  const where = known && fault.pointer ? `${fault.pointer}　` : '';
  return [
    classed('verdict fails', element('h2', say('✗ 档案不成立', '✗ The record does not hold'))),
    element('p', name),
    element('p', where + (known ? say(fault.zh, fault.en) : String(fault?.message ?? fault))),
  ];
}

/** The id of a key given as 64 digits or as a public key in PEM. */
function key_id_of(text) {
  const trimmed = text.trim();
  if (trimmed === '' || /^[0-9a-f]{64}$/.test(trimmed)) return trimmed;
  const pem = /^-----BEGIN PUBLIC KEY-----\s+([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----$/.exec(trimmed);
  if (!pem) throw new Fault('', '密钥应为 64 位指纹或 PEM 公钥', 'the key must be its 64 digits, or a public key in PEM');
  return hexadecimal(sha256(from_base64(pem[1].replace(/\s/g, ''), '')));
}

function start(form) {
  const verdict = document.getElementById('record-verdict');
  const file = form.querySelector('input[type="file"]');
  const key = form.querySelector('textarea');
  let last = null;
  async function check() {
    if (!last) return;
    let parts;
    try {
      if (last.size > bytes_max) throw new Fault('', '超过 64 MiB，不是销号档案', 'longer than 64 MiB: no close-out record');
      parts = verdict_that_it_holds(last.name, verify(new Uint8Array(await last.arrayBuffer()), key_id_of(key.value)));
    } catch (fault) {
      parts = verdict_that_it_does_not(last.name, fault);
    }
    verdict.replaceChildren(...parts);
    verdict.focus();
  }
  const take = (chosen) => {
    if (chosen) last = chosen;
    void check();
  };
  file.addEventListener('change', () => take(file.files[0]));
  key.addEventListener('change', () => take(null));
  for (const kind of ['dragover', 'drop'])
    document.addEventListener(kind, (event) => {
      event.preventDefault();
      if (kind === 'drop') take(event.dataTransfer.files[0]);
    });
  form.addEventListener('submit', (event) => event.preventDefault());
}

const form = globalThis.document?.getElementById('record-check');
if (form) start(form);
