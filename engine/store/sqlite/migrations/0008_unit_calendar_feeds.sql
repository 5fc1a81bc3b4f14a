-- By whose address a calendar program reads the duties of a whole unit.
CREATE TABLE unit_calendar_feed (
  username TEXT NOT NULL REFERENCES account (username),
  unit TEXT NOT NULL REFERENCES unit (id),
  token_hash TEXT NOT NULL UNIQUE,  -- of the secret in the address
  created_at INTEGER NOT NULL,
  PRIMARY KEY (username, unit)
) STRICT;

-- Counts by state without reading the notices, and those of one state from the latest back.
CREATE INDEX notice_by_state ON notice (state, id);
-- How many each has not seen yet stands on every page.
CREATE INDEX notice_unseen ON notice (recipient) WHERE channel = 'inbox' AND state = 'sent' AND acknowledged_at IS NULL;
