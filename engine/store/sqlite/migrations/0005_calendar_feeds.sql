-- By whose address a calendar program reads his due dates without signing in.
CREATE TABLE calendar_feed (
  username TEXT PRIMARY KEY REFERENCES account (username),
  token_hash TEXT NOT NULL UNIQUE,  -- of the secret in the address
  created_at INTEGER NOT NULL
) STRICT;
