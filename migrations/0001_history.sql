-- What closed minutes and columns leave behind. Tables with text keys are WITHOUT ROWID: one row written per row.

-- What each exchange reported for each minute: enough to rebuild every model from nothing.
-- quality: bits 1 = open interest carried forward, 2 = filled from history, 4 = minute missing (prices null)
CREATE TABLE minute_bars (
  symbol TEXT NOT NULL,
  venue TEXT NOT NULL,
  minute_ms INTEGER NOT NULL,
  open REAL,
  high REAL,
  low REAL,
  close REAL,
  volume_base REAL,
  taker_buy_base REAL,
  open_interest_base REAL,
  mark_high REAL,
  mark_low REAL,
  funding_rate REAL,
  observed_long_usd REAL,
  observed_short_usd REAL,
  quality INTEGER NOT NULL,
  missing_reason TEXT,
  PRIMARY KEY (symbol, venue, minute_ms)
) WITHOUT ROWID;

-- One row per closed column and width: never rewritten.
CREATE TABLE columns (
  symbol TEXT NOT NULL,
  interval_ms INTEGER NOT NULL,
  start_ms INTEGER NOT NULL,
  model_version TEXT NOT NULL,
  price REAL NOT NULL,
  open_interest_usd REAL NOT NULL,
  known_open_interest_usd REAL NOT NULL,
  backfilled INTEGER NOT NULL,
  venues TEXT NOT NULL,
  PRIMARY KEY (symbol, interval_ms, start_ms)
) WITHOUT ROWID;

-- Tiles of 64 columns per layer, gzipped; an open tile is replaced until its last column is in.
CREATE TABLE tiles (
  symbol TEXT NOT NULL,
  layer TEXT NOT NULL,
  interval_ms INTEGER NOT NULL,
  tile_index INTEGER NOT NULL,
  model_version TEXT NOT NULL,
  column_count INTEGER NOT NULL,
  closed INTEGER NOT NULL,
  body BLOB NOT NULL,
  updated_ms INTEGER NOT NULL,
  PRIMARY KEY (symbol, layer, interval_ms, tile_index)
) WITHOUT ROWID;
