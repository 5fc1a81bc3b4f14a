// Random recurrence rules, their days by the npm package rrule and by the product, compared.
//
//     node recurrence.mjs BINARY RULES SEED
//
// The oracle is rrule (RFC 5545); BINARY is recurrence_days, which prints what engine/calendar/recurrence says.

import { spawnSync } from 'node:child_process';
import rrule from 'rrule';

const { RRule } = rrule;
const [binary, rules = '500', seedText = '1'] = process.argv.slice(2);

/** mulberry32: the same seed gives the same rules everywhere. */
function randomFrom(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const random = randomFrom(Number(seedText));
const between = (min, max) => min + Math.floor(random() * (max - min + 1));
const chance = (share) => random() < share;
const some = (list, share) => list.filter(() => chance(share));
const day = (date) => date.toISOString().slice(0, 10);
const plus = (date, days) => new Date(date.getTime() + days * 86_400_000);

function randomRule() {
  const frequency = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'][between(0, 3)];
  const parts = [`FREQ=${frequency}`];
  if (chance(0.4)) parts.push(`INTERVAL=${between(1, 6)}`);
  const months = chance(0.4) ? some([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 0.2) : [];
  if (months.length) parts.push(`BYMONTH=${months}`);
  const days = frequency !== 'WEEKLY' && chance(0.5) ? some([1, 2, 10, 15, 20, 28, 29, 30, 31, -1, -2, -29, -31], 0.2) : [];
  if (days.length) parts.push(`BYMONTHDAY=${days}`);
  if (chance(0.4)) {
    const ordinals = frequency === 'MONTHLY' || (frequency === 'YEARLY' && months.length) ? ['1', '2', '4', '5', '-1', '-5']
      : frequency === 'YEARLY' ? ['1', '10', '53', '-1', '-20'] : [''];
    // Either all with an ordinal or all without: rrule takes a mixed list for an intersection, the RFC means any of them.
    const plain = chance(0.5);
    const weekdays = some(['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'], 0.3).map((name) => (plain ? '' : ordinals[between(0, ordinals.length - 1)]) + name);
    if (weekdays.length) parts.push(`BYDAY=${weekdays}`);
  }
  const anchor = plus(new Date('2020-01-01T00:00:00Z'), between(0, 2500));
  if (chance(0.2)) parts.push(`COUNT=${between(1, 40)}`);
  else if (chance(0.2)) parts.push(`UNTIL=${day(plus(anchor, between(0, 1500))).replaceAll('-', '')}`);
  const from = plus(anchor, between(-100, 600));
  return { text: parts.join(';'), anchor, from, to: plus(from, between(0, 800)) };
}

const asked = Array.from({ length: Number(rules) }, randomRule);
const input = asked.map(({ text, anchor, from, to }) => `${day(anchor)} ${day(from)} ${day(to)} ${text}`).join('\n');
const ran = spawnSync(binary, { input, encoding: 'utf8', maxBuffer: 1 << 28 });
if (ran.status !== 0) throw new Error(`${binary} ended with ${ran.status}: ${ran.stderr}`);
const answers = ran.stdout.split('\n');

let days = 0;
asked.forEach(({ text, anchor, from, to }, at) => {
  const rule = new RRule({ ...RRule.parseString(text), dtstart: anchor });
  const expected = rule.between(from, to, true).map(day).join(' ');
  if (answers[at] !== expected) {
    console.error(`${text} from ${day(anchor)}, in ${day(from)} to ${day(to)} (seed ${seedText})`);
    console.error(`  rrule:   ${expected}`);
    console.error(`  product: ${answers[at]}`);
    process.exit(1);
  }
  days += expected ? expected.split(' ').length : 0;
});
console.log(`${asked.length} rules, ${days} days, all the same`);
