-- What authenticator apps compute codes from (RFC 6238).
CREATE TABLE one_time_code (
  username TEXT PRIMARY KEY REFERENCES account (username),
  secret BLOB NOT NULL CHECK (length(secret) >= 20),
  since INTEGER,  -- null: no first code has proved that the app has it
  last_step INTEGER NOT NULL
) STRICT;
