-- What people wrote in their own words, beside the entries that commit to it, so that it can be erased (docs/decisions/0006).
CREATE TABLE journal_text (
  position INTEGER NOT NULL REFERENCES journal (position),
  field TEXT NOT NULL,
  salt BLOB NOT NULL CHECK (length(salt) = 32),
  text TEXT NOT NULL,
  PRIMARY KEY (position, field)
) STRICT, WITHOUT ROWID;

-- These repeat such texts, and the register keeps a hash of each row: without a salt in the row an erased text could be guessed from it.
ALTER TABLE notice ADD COLUMN salt BLOB;
ALTER TABLE reply ADD COLUMN salt BLOB;
