-- What makes a changed row show. The journal says what happened to items; for every other table the register of row changes says what its
-- rows must look like; one seal, signed at each commit, says how long both are and where their hashes stand. `docs/record-format.md` and
-- engine/store/sqlite/sealing.hpp tell how.

-- Heads that are kept: at each close-out, once a day, when the key changes.
CREATE TABLE signed_head (
  size INTEGER PRIMARY KEY CHECK (size >= 1),
  algorithms TEXT NOT NULL,
  root BLOB NOT NULL CHECK (length(root) = 32),
  time TEXT NOT NULL,
  key_id TEXT NOT NULL,
  signature BLOB NOT NULL
) STRICT;

CREATE TABLE row_change (
  position INTEGER PRIMARY KEY CHECK (position >= 0),
  table_name TEXT NOT NULL,
  row_key TEXT NOT NULL,
  row_hash BLOB,  -- null: the row was deleted
  chain BLOB NOT NULL CHECK (length(chain) = 32)  -- the hash of the change and of the chain before it
) STRICT;

CREATE TABLE seal (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  algorithms TEXT NOT NULL,  -- of the journal's tree, chosen when the database is made
  journal_size INTEGER NOT NULL,
  journal_root BLOB NOT NULL,
  changes INTEGER NOT NULL,
  chain BLOB NOT NULL,
  key_id TEXT NOT NULL,  -- empty: not signed
  signature BLOB NOT NULL
) STRICT;
