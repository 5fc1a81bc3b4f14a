-- Papers as they were signed. Written once; a draft is not stored.
CREATE TABLE document (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('order', 'bulletin', 'summons')),
  year INTEGER NOT NULL,
  number INTEGER NOT NULL CHECK (number >= 1),
  unit TEXT REFERENCES unit (id),
  content TEXT NOT NULL,
  signed_by TEXT NOT NULL,
  signed_at INTEGER NOT NULL,
  UNIQUE (kind, year, number)
) STRICT;
