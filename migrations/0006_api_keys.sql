-- API keys: the key itself is never here, only its SHA-256. A revoked key stays, so that its holder is told so.
CREATE TABLE api_keys (
  id TEXT PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  plan TEXT NOT NULL,
  origins TEXT NOT NULL,
  created_ms INTEGER NOT NULL,
  revoked_ms INTEGER
) WITHOUT ROWID;

-- Requests per key and UTC day.
CREATE TABLE api_usage (
  key_id TEXT NOT NULL,
  day_ms INTEGER NOT NULL,
  requests INTEGER NOT NULL,
  refused INTEGER NOT NULL,
  PRIMARY KEY (key_id, day_ms)
) WITHOUT ROWID;
