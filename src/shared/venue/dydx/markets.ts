// What dYdX says of all markets at once: open interest, oracle prices, funding, listing, margin. It comes from the
// endpoint and, whole or in parts, from the stream.
import { HOUR_MS } from "../../time/clock.ts";
import { contractNamed } from "../contract.ts";
import { emitFundingRate, emitMarkPrice, emitOpenInterest } from "../emit.ts";
import { type Reading, readRow } from "../reading.ts";
import { perpetual } from "./symbol.ts";
import * as wire from "./wire.ts";

/** Funding is charged every hour. */
export const FUNDING_MS = HOUR_MS;

/** Reads all markets, as of our receive time: the answer has none. */
export function readTickers(reading: Reading, payload: unknown): void {
  const answer = readRow(reading, wire.Markets, payload, "$");
  if (answer !== null) readMarkets(reading, answer.markets, "$.markets", true);
}

/** Reads a message of the stream: all markets at first, then what changed. */
export function readTickersStream(reading: Reading, payload: unknown): void {
  const message = readRow(reading, wire.MarketsMessage, payload, "$");
  if (message === null) return;
  const { markets = {}, trading = {}, oraclePrices = {} } = message.contents;
  readMarkets(reading, markets, "$.contents.markets", true);
  readMarkets(reading, trading, "$.contents.trading", false);
  forEachMarket(oraclePrices, "$.contents.oraclePrices", (ticker, raw, path, rows) => {
    const instrument = contractNamed(reading, ticker, path, rows);
    const row = instrument === null ? null : readRow(reading, wire.OraclePrice, raw, path);
    if (instrument === null || row === null) return;
    emitMarkPrice(reading, instrument, row.effectiveAt, row.oraclePrice, row.oraclePrice);
  });
}

/** The oracle price is both: an index of other exchanges, and what triggers liquidation here. */
function readMarkets(reading: Reading, markets: object, base: string, isWhole: boolean): void {
  const { receivedAt } = reading.context;
  forEachMarket(markets, base, (ticker, raw, path, rows) => {
    const instrument = contractNamed(reading, ticker, path, rows);
    if (instrument === null || (isWhole && isClosed(raw))) return;
    if (isWhole || has(raw, "openInterest")) {
      const interest = readRow(reading, wire.MarketOpenInterest, raw, path);
      if (interest !== null) emitOpenInterest(reading, instrument, receivedAt, interest.openInterest, null);
    }
    if (isWhole || has(raw, "oraclePrice")) {
      const prices = readRow(reading, wire.MarketPrice, raw, path);
      if (prices !== null) emitMarkPrice(reading, instrument, receivedAt, prices.oraclePrice, prices.oraclePrice);
    }
    if (!isWhole && !has(raw, "nextFundingRate")) return;
    const next = readRow(reading, wire.MarketFunding, raw, path);
    if (next === null) return;
    const fundingTime = (Math.floor(receivedAt / FUNDING_MS) + 1) * FUNDING_MS;
    const { nextFundingRate: fundingRate } = next;
    emitFundingRate(reading, instrument, receivedAt, { fundingRate, intervalMs: FUNDING_MS, fundingTime });
  });
}

/** Reads the listing: a market that only settles, or is not open yet, is not listed. */
export function readInstruments(reading: Reading, payload: unknown): void {
  const answer = readRow(reading, wire.Markets, payload, "$");
  if (answer === null) return;
  forEachMarket(answer.markets, "$.markets", (ticker, raw, path) => {
    const instrument = perpetual(ticker);
    const row = instrument === null ? null : readRow(reading, wire.MarketListing, raw, path);
    if (instrument === null || row === null) return;
    const maxLeverage = Math.max(1, Math.round(1 / row.initialMarginFraction));
    reading.result.instruments.push({ ...instrument, maxLeverage, listed: row.status === "ACTIVE" });
  });
}

/**
 * Reads margin fractions: one bracket per market. The initial fraction grows with open interest between two caps, the
 * maintenance fraction does not.
 */
export function readLeverageTiers(reading: Reading, payload: unknown): void {
  const { venueSymbol: asked } = reading.context;
  const answer = readRow(reading, wire.Markets, payload, "$");
  if (answer === null) return;
  forEachMarket(answer.markets, "$.markets", (ticker, raw, path) => {
    if (perpetual(ticker) === null || isClosed(raw) || (asked !== null && asked !== ticker)) return;
    const row = readRow(reading, wire.MarketMargin, raw, path);
    if (row === null || row.maintenanceMarginFraction >= 1) return;
    reading.result.brackets.push({
      venue: "dydx",
      venueSymbol: ticker,
      floor: 0,
      cap: null,
      unit: "usd",
      maintenanceMarginRate: row.maintenanceMarginFraction,
      maintenanceAmount: 0,
      maxLeverage: Math.max(1, Math.round(1 / row.initialMarginFraction)),
    });
  });
}

function forEachMarket(
  markets: object,
  base: string,
  read: (ticker: string, raw: unknown, path: string, rows: number) => void,
): void {
  const entries = Object.entries(markets);
  for (const [ticker, raw] of entries) read(ticker, raw, `${base}.${ticker}`, entries.length);
}

function has(raw: unknown, key: string): boolean {
  return typeof raw === "object" && raw !== null && Object.hasOwn(raw, key);
}

/** Markets without trading keep their row, with the figures of their last day. */
function isClosed(raw: unknown): boolean {
  if (!has(raw, "status")) return false;
  const status: unknown = Reflect.get(raw as object, "status");
  return typeof status === "string" && status !== "ACTIVE" && status !== "CANCEL_ONLY" && status !== "POST_ONLY";
}
