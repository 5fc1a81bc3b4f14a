-- How soon it may disturb people; null for the inbox, and for what is older than this column.
ALTER TABLE notice ADD COLUMN pace TEXT CHECK (pace IN ('morning', 'prompt', 'urgent'));
CREATE INDEX notice_by_delivery ON notice (delivery) WHERE delivery <> '';

CREATE TABLE silence (
  id INTEGER PRIMARY KEY,
  item INTEGER REFERENCES item (id),
  unit TEXT,
  recipient TEXT,
  step TEXT NOT NULL,  -- empty: every step
  reason TEXT NOT NULL CHECK (reason <> ''),
  begins_at INTEGER NOT NULL,
  until INTEGER NOT NULL CHECK (until > begins_at),
  set_by TEXT NOT NULL,
  ended_at INTEGER,
  ended_by TEXT,
  CHECK (item IS NOT NULL OR unit IS NOT NULL OR recipient IS NOT NULL)
) STRICT;
CREATE INDEX silence_by_end ON silence (until);

CREATE TABLE absence (
  id INTEGER PRIMARY KEY,
  away TEXT NOT NULL REFERENCES participant (username),
  substitute TEXT NOT NULL REFERENCES participant (username),
  first TEXT NOT NULL,
  last TEXT NOT NULL CHECK (last >= first),  -- inclusive
  reason TEXT NOT NULL,
  set_by TEXT NOT NULL,
  ended_at INTEGER,
  CHECK (away <> substitute)
) STRICT;
CREATE INDEX absence_by_end ON absence (last);

-- What links in messages are signed with: known to this database alone.
CREATE TABLE secret (
  name TEXT PRIMARY KEY,
  bytes BLOB NOT NULL
) STRICT, WITHOUT ROWID;
