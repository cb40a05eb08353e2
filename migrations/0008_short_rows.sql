-- Columns and context hold their exchanges as rows of figures without names (workers/store/venue-rows.ts), in ordinary
-- tables: a WITHOUT ROWID row beyond 1 kB takes a page of its own. What is there is carried over.
CREATE TABLE column_rows (
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
);
INSERT INTO column_rows
SELECT symbol, interval_ms, start_ms, model_version, price, open_interest_usd, known_open_interest_usd, backfilled, (
  SELECT json_group_array(json_array(
    value->>'id', value->'open', value->'high', value->'low', value->'close', value->'volumeBase',
    value->'openInterestUsd', value->'takerBuyBase', value->'takerSellBase', value->'fundingRate'))
  FROM json_each(venues))
FROM columns;
DROP TABLE columns;
ALTER TABLE column_rows RENAME TO columns;

CREATE TABLE context_rows (
  symbol TEXT NOT NULL,
  interval_ms INTEGER NOT NULL,
  start_ms INTEGER NOT NULL,
  venues TEXT NOT NULL,
  PRIMARY KEY (symbol, interval_ms, start_ms)
);
INSERT INTO context_rows
SELECT symbol, interval_ms, start_ms, (
  SELECT json_group_array(json_array(
    key, value->'markPrice', value->'indexPrice', value->'fundingRate', value->'fundingIntervalMs',
    value->'takerBuyBase', value->'takerSellBase', value->'takerMinutes',
    CASE json_type(value, '$.depth') WHEN 'object' THEN json_array(
      value->'depth'->'bidUsd', value->'depth'->'askUsd', value->'depth'->'bidReach', value->'depth'->'askReach') END,
    value->'depthSamples', value->'observedLongUsd', value->'observedShortUsd', value->'observedCount',
    value->'listenedMinutes'))
  FROM json_each(venues))
FROM context_columns;
DROP TABLE context_columns;
ALTER TABLE context_rows RENAME TO context_columns;
