-- Market context: what exchanges reported beside the model's input. Text keys WITHOUT ROWID: one row written per row.

-- One row per symbol, width and column, all exchanges in one JSON body (VenueContext by exchange): never rewritten.
CREATE TABLE context_columns (
  symbol TEXT NOT NULL,
  interval_ms INTEGER NOT NULL,
  start_ms INTEGER NOT NULL,
  venues TEXT NOT NULL,
  PRIMARY KEY (symbol, interval_ms, start_ms)
) WITHOUT ROWID;

-- Liquidations as reported. event_key tells reports of one moment apart: side, price, size, ordinal.
CREATE TABLE liquidation_events (
  symbol TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  venue TEXT NOT NULL,
  event_key TEXT NOT NULL,
  received_ms INTEGER NOT NULL,
  side TEXT NOT NULL,
  price REAL NOT NULL,
  price_kind TEXT NOT NULL,
  size_base REAL NOT NULL,
  notional_usd REAL NOT NULL,
  PRIMARY KEY (symbol, at_ms, venue, event_key)
) WITHOUT ROWID;

-- Times in which nobody listened to an exchange's liquidation stream.
CREATE TABLE listening_gaps (
  symbol TEXT NOT NULL,
  venue TEXT NOT NULL,
  from_ms INTEGER NOT NULL,
  to_ms INTEGER NOT NULL,
  PRIMARY KEY (symbol, venue, from_ms)
) WITHOUT ROWID;
