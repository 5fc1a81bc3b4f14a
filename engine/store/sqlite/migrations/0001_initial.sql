-- Instants are milliseconds since 1970 UTC, dates are YYYY-MM-DD local to the plan, lists are JSON. No CHECK calls json_valid():
-- with trusted_schema off, which keeps a foreign file from running functions through its schema, SQLite 3.40 refuses it.

CREATE TABLE plan (
  year INTEGER PRIMARY KEY CHECK (year BETWEEN 1 AND 9999),
  title TEXT NOT NULL,
  source TEXT NOT NULL,
  campaigns TEXT NOT NULL,
  doubts TEXT NOT NULL
) STRICT;

CREATE TABLE unit (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  example INTEGER NOT NULL CHECK (example IN (0, 1)),
  head TEXT,
  supervising_leader TEXT
) STRICT;

CREATE TABLE unit_group (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  spellings TEXT NOT NULL,
  kind TEXT NOT NULL,
  members TEXT NOT NULL,
  members_known INTEGER NOT NULL CHECK (members_known IN (0, 1)),
  stated_size INTEGER
) STRICT;

CREATE TABLE participant (
  username TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  unit TEXT REFERENCES unit (id) DEFERRABLE INITIALLY DEFERRED,
  roles TEXT NOT NULL,
  email TEXT NOT NULL,
  active INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT;

CREATE TABLE definition (
  name TEXT PRIMARY KEY,
  json TEXT NOT NULL
) STRICT;

-- What an item is: written once.
CREATE TABLE item (
  id INTEGER PRIMARY KEY,
  plan INTEGER NOT NULL REFERENCES plan (year),
  parent INTEGER REFERENCES item (id),
  kind TEXT NOT NULL CHECK (kind IN ('Task', 'Assignment', 'Milestone', 'Occurrence', 'Finding')),
  number INTEGER NOT NULL,
  unit TEXT REFERENCES unit (id),
  campaigns TEXT NOT NULL,  -- joined by 、, empty for none: the key of `count`
  definition TEXT NOT NULL
) STRICT;
CREATE INDEX item_by_parent ON item (parent);
CREATE INDEX item_by_plan ON item (plan, number, id);
CREATE INDEX item_by_unit ON item (unit);

-- Where it stands: one row, changed by every event.
CREATE TABLE item_status (
  item INTEGER PRIMARY KEY REFERENCES item (id),
  version INTEGER NOT NULL CHECK (version >= 1),
  lifecycle TEXT NOT NULL,
  configuration TEXT NOT NULL,
  active_states TEXT NOT NULL,  -- |issued|none|: what a filter by state looks in
  stage TEXT NOT NULL,
  closed INTEGER NOT NULL CHECK (closed IN (0, 1)),
  cancelled INTEGER NOT NULL CHECK (cancelled IN (0, 1)),
  due TEXT,
  progress INTEGER NOT NULL CHECK (progress BETWEEN 0 AND 10000),
  accepted_at INTEGER,
  last_report_at INTEGER,
  applied_at INTEGER,
  closed_at INTEGER,
  cycle INTEGER NOT NULL CHECK (cycle >= 1),
  returns INTEGER NOT NULL,
  extensions INTEGER NOT NULL,
  requested_due TEXT,
  applicant TEXT,
  contributors TEXT NOT NULL,  -- one user name a line
  first_reviewer TEXT,
  shares INTEGER NOT NULL,
  shares_closed INTEGER NOT NULL,
  groups_unknown INTEGER NOT NULL,
  CHECK (closed = 0 OR cancelled = 0),
  CHECK (shares_closed <= shares)
) STRICT;
CREATE INDEX item_status_by_due ON item_status (due);

CREATE TABLE count (
  plan INTEGER NOT NULL,
  kind TEXT NOT NULL,
  campaign TEXT NOT NULL,
  unit TEXT NOT NULL,
  stage TEXT NOT NULL,
  items INTEGER NOT NULL CHECK (items >= 0),
  progress INTEGER NOT NULL,
  PRIMARY KEY (plan, kind, campaign, unit, stage)
) STRICT, WITHOUT ROWID;

CREATE TABLE evidence (
  item INTEGER NOT NULL REFERENCES item (id),
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  name TEXT NOT NULL,
  size INTEGER NOT NULL,
  media_type TEXT NOT NULL,
  note TEXT NOT NULL,
  attached_by TEXT NOT NULL,
  attached_at INTEGER NOT NULL,
  cycle INTEGER NOT NULL,
  withdrawn INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
  PRIMARY KEY (item, sha256, cycle)
) STRICT;
CREATE INDEX evidence_by_sha256 ON evidence (sha256);

CREATE TABLE journal (
  position INTEGER PRIMARY KEY CHECK (position >= 0),
  item INTEGER,
  leaf BLOB NOT NULL  -- the exact bytes that were hashed
) STRICT;
CREATE INDEX journal_by_item ON journal (item, position);

CREATE TABLE journal_node (
  level INTEGER NOT NULL,
  position INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (level, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE timer (
  id INTEGER PRIMARY KEY,
  item INTEGER NOT NULL REFERENCES item (id),
  due_at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  UNIQUE (item, kind, key)
) STRICT;
CREATE INDEX timer_by_due ON timer (due_at, id);

CREATE TABLE notice (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,  -- nothing is decided twice
  item INTEGER NOT NULL,
  recipient TEXT NOT NULL,
  channel TEXT NOT NULL,
  step TEXT NOT NULL,
  subject_zh TEXT NOT NULL,
  subject_en TEXT NOT NULL,
  body_zh TEXT NOT NULL,
  body_en TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('planned', 'sending', 'sent', 'failed', 'dead', 'withheld')),
  decided_at INTEGER NOT NULL,
  planned_for INTEGER NOT NULL,
  sent_at INTEGER,
  acknowledged_at INTEGER,
  attempts INTEGER NOT NULL,
  next_attempt_at INTEGER,
  last_error TEXT NOT NULL,
  delivery TEXT NOT NULL,
  receipt TEXT NOT NULL,
  withheld TEXT NOT NULL,
  CHECK ((state = 'withheld') = (withheld <> ''))
) STRICT;
CREATE INDEX notice_by_recipient ON notice (recipient, id);
CREATE INDEX notice_by_item ON notice (item, id);
CREATE INDEX notice_waiting ON notice (channel, coalesce(next_attempt_at, planned_for), id) WHERE state IN ('planned', 'failed');
-- For messages that gather all of one person's notices.
CREATE INDEX notice_waiting_by_recipient ON notice (channel, recipient, id) WHERE state IN ('planned', 'failed');
CREATE INDEX notice_in_flight ON notice (channel, id) WHERE state = 'sending';

CREATE TABLE reply (
  username TEXT NOT NULL,
  key TEXT NOT NULL,
  request TEXT NOT NULL,
  answer TEXT NOT NULL,
  PRIMARY KEY (username, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE account (
  username TEXT PRIMARY KEY REFERENCES participant (username),
  password_hash TEXT NOT NULL,
  disabled INTEGER NOT NULL CHECK (disabled IN (0, 1)),
  changed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE session (
  token_hash TEXT PRIMARY KEY,
  username TEXT NOT NULL,
  csrf_token TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  address TEXT NOT NULL
) STRICT;
CREATE INDEX session_by_username ON session (username);

CREATE TABLE access_token (
  token_hash TEXT PRIMARY KEY,
  username TEXT NOT NULL,
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  revoked INTEGER NOT NULL CHECK (revoked IN (0, 1))
) STRICT;
CREATE INDEX access_token_by_username ON access_token (username);

CREATE TABLE sign_in_failures (
  subject TEXT PRIMARY KEY,
  count INTEGER NOT NULL,
  last_at INTEGER NOT NULL
) STRICT;
