-- What is peculiar to a finding 反馈问题, beside the item that is the work of putting it right. Lists are JSON.
CREATE TABLE finding (
  item INTEGER PRIMARY KEY REFERENCES item (id),
  plan INTEGER NOT NULL REFERENCES plan (year),
  source TEXT NOT NULL CHECK (source <> ''),
  reference TEXT NOT NULL,  -- its number in the source's own list; empty: none
  fed_back TEXT,
  common INTEGER NOT NULL CHECK (common IN (0, 1)),
  rectification TEXT NOT NULL CHECK (rectification IN ('immediate', 'dated', 'long_term')),
  problem TEXT NOT NULL,
  goal TEXT NOT NULL,
  measures TEXT NOT NULL,
  person TEXT REFERENCES participant (username),
  linked TEXT NOT NULL,
  similar INTEGER REFERENCES item (id),
  checks INTEGER REFERENCES item (id),
  relapse_of INTEGER REFERENCES item (id) CHECK (relapse_of <> item),
  deepened TEXT NOT NULL,
  rechecked TEXT NOT NULL,
  registered_by TEXT NOT NULL,
  registered_at INTEGER NOT NULL,
  salt BLOB NOT NULL  -- the register keeps a hash of the row: without it an erased text could be guessed
) STRICT;
CREATE INDEX finding_by_plan ON finding (plan, item);
-- The same list imported twice adds nothing.
CREATE UNIQUE INDEX finding_by_reference ON finding (plan, source, reference) WHERE reference <> '';
CREATE INDEX finding_by_origin ON finding (checks) WHERE checks IS NOT NULL;
