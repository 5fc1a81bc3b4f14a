// What the events of a record tell: docs/record-format.md §3.

import {equal, Fault} from './strict_json.mjs';

const text_at = (object, name) => (typeof object.get(name) === 'string' ? object.get(name) : '');
const integer_at = (object, name) => (typeof object.get(name) === 'number' ? object.get(name) : null);

class Story {
  constructor(plan, definition, status) {
    this.plan = plan;
    this.definition = definition;
    this.lifecycle = status.get('lifecycle');
    this.due = status.get('due');
    this.state = null;
    this.cycle = 1;
    this.version = 1;
    this.closed_at = null;
    this.requested = null;
    this.contributors = new Set();
    this.evidence = [];
    this.forget();
  }
  forget() {
    this.applicant = null;
    this.first_reviewer = null;
    this.verifier = null;
  }
  item() {
    const item = new Map(this.definition);
    for (const name of ['lifecycle', 'state', 'due', 'cycle', 'closed_at', 'applicant', 'first_reviewer', 'verifier']) item.set(name, this[name]);
    return item;
  }
}

function people(entry) {
  return [text_at(entry, 'actor'), text_at(entry, 'on_behalf_of')].filter((name) => name !== '');
}

const contributions = new Set(['record_report', 'attach_evidence', 'withdraw_evidence', 'freeze_application', 'record_extension_request']);

function act(story, action, entry, pointer) {
  const payload = entry.get('payload');
  if (contributions.has(action) && entry.get('automatic') !== true) for (const who of people(entry)) story.contributors.add(who);
  switch (action) {
    case 'attach_evidence': {
      const piece = new Map(['sha256', 'name', 'size'].map((name) => [name, payload.get(name) ?? null]));
      if (!story.evidence.some((known) => equal(known.get('sha256'), piece.get('sha256')))) story.evidence.push(piece);
      break;
    }
    case 'withdraw_evidence':
      story.evidence = story.evidence.filter((piece) => piece.get('sha256') !== text_at(payload, 'sha256'));
      break;
    case 'freeze_application':
      story.applicant = entry.get('actor');
      break;
    case 'record_first_review':
      story.first_reviewer = entry.get('actor');
      break;
    case 'record_verification':
      if (people(entry).some((who) => story.contributors.has(who)))
        throw new Fault(`${pointer}/entry/actor`, '核查人参与过本事项', 'verified what he had a part in');
      story.verifier = entry.get('actor');
      break;
    case 'record_return':
      story.forget();
      break;
    case 'record_closing':
      story.closed_at = entry.get('at');
      break;
    case 'record_reopening':
      story.closed_at = null;
      break;
    case 'begin_next_cycle':
      story.forget();
      story.cycle += 1;
      story.contributors.clear();
      story.evidence = [];
      story.closed_at = null;
      break;
    case 'record_cancellation':
      story.closed_at = null;
      story.requested = null;
      break;
    case 'record_extension_request':
      story.requested = payload.get('due') ?? null;
      break;
    case 'grant_extension':
      story.due = story.requested;
      story.requested = null;
      break;
    case 'refuse_extension':
      story.requested = null;
      break;
    case 'change_due':
      story.due = payload.get('due') ?? null;
      break;
    default:
  }
}

function begin([plan, created]) {
  const year = integer_at(plan.get('payload'), 'year');
  const is_plan = plan.get('type') === 'plan.created' && !plan.has('item') && year !== null && plan.get('payload').has('title') && plan.get('payload').has('source');
  if (!is_plan) throw new Fault('/events/0', '应为方案的创建', 'must be plan.created');
  const definition = created.get('payload').get('definition');
  const status = created.get('payload').get('status');
  const item = integer_at(created, 'item');
  const is_item = created.get('type') === 'item.created' && item !== null && definition instanceof Map && status instanceof Map &&
    integer_at(definition, 'id') === item && integer_at(definition, 'plan') === year && integer_at(status, 'version') === 1 &&
    text_at(status, 'lifecycle') !== '' && status.has('due');
  if (!is_item) throw new Fault('/events/1', '应为该方案事项的创建', 'must be item.created of an item of that plan');
  return new Story(new Map(['year', 'title', 'source'].map((name) => [name, plan.get('payload').get(name)])), definition, status);
}

/** `entries`: Maps, in order. */
export function story_of(entries) {
  if (entries.length < 2) throw new Fault('/events', '条目不足', 'must begin with plan.created and item.created');
  entries.forEach((entry, at) => {
    for (const name of ['type', 'actor', 'at', 'recorded_at'])
      if (text_at(entry, name) === '') throw new Fault(`/events/${at}/entry/${name}`, '缺少', 'must be a text');
    for (const name of ['payload', 'outcome'])
      if (!(entry.get(name) instanceof Map)) throw new Fault(`/events/${at}/entry/${name}`, '缺少', 'must be an object');
  });
  const story = begin(entries);
  const item = story.definition.get('id');
  entries.slice(2).forEach((entry, before) => {
    const pointer = `/events/${before + 2}`;
    if (integer_at(entry, 'item') !== item || entry.get('type') === 'item.created') throw new Fault(pointer, '不是该事项的', 'is not of the item');
    const outcome = entry.get('outcome');
    if (outcome.size === 0) return;
    story.version += 1;
    if (integer_at(outcome, 'version') !== story.version) throw new Fault(pointer, '缺少此前的条目', 'an event before it is missing');
    const actions = outcome.get('actions');
    if (!Array.isArray(actions) || !outcome.has('to')) throw new Fault(pointer, '没有结果', 'must hold the actions and the state');
    story.state = outcome.get('to');
    for (const action of actions) {
      if (!(action instanceof Map)) throw new Fault(pointer, '没有结果', 'an action must be an object');
      act(story, text_at(action, 'type'), entry, pointer);
    }
  });
  return story;
}
