// Open interest of both sides, prices, funding and candles of GMX.
import { HOUR_MS, MINUTE_MS } from "../../time/clock.ts";
import { emitCandles, UNTOLD } from "../candles.ts";
import { contractAsked, forEachContract } from "../contract.ts";
import { emitFundingRate, emitMarkPrice, emitSidedOpenInterest, observed } from "../emit.ts";
import { AMOUNT_USD, type NumberRule, POSITIVE_SIZE, PRICE, RATE, readNumber, SIZE } from "../num.ts";
import { type Reading, readList, readRow, reject } from "../reading.ts";
import { timedRows } from "../series.ts";
import { toNumber, USD_DECIMALS } from "./fixed-point.ts";
import { type Pools, poolsByCoin, readAll } from "./pools.ts";
import { decimalsIn } from "./symbol.ts";
import * as wire from "./wire.ts";

/** Rates are per hour; funding runs continuously and is taken as charged at the hour. */
const FUNDING_MS = HOUR_MS;
/** Coins × mark price and value at entry may differ by the moves since; a wrong number of decimals is ten times off. */
const MOST_DRIFT = 4;

const PERIODS: ReadonlyMap<string, number> = new Map([
  ["1m", MINUTE_MS],
  ["5m", 5 * MINUTE_MS],
  ["15m", 15 * MINUTE_MS],
  ["1h", HOUR_MS],
  ["4h", 4 * HOUR_MS],
  ["1d", 24 * HOUR_MS],
]);

/** Reads both sides' open interest, mark price and funding per coin, as of our receive time: the rows have none. */
export function readTickers(reading: Reading, payload: unknown): void {
  for (const pools of poolsByCoin(reading, readList(reading, payload, "$"), "$")) {
    readInterest(reading, pools);
    readFunding(reading, pools);
  }
}

function readInterest(reading: Reading, pools: Pools): void {
  const { instrument } = pools;
  const rows = readAll(pools, ({ raw, path }) => readRow(reading, wire.PoolInterest, raw, path));
  const first = rows?.[0];
  const path = pools.rows[0]?.path ?? "$";
  if (rows === null || first === undefined) return;
  const mark = checked(reading, `${path}.markPrice`, toNumber(first.markPrice, USD_DECIMALS), PRICE);
  if (mark === null) return;
  emitMarkPrice(reading, instrument, reading.context.receivedAt, mark, null);

  const decimals = decimalsIn(instrument);
  const tokens = {
    long: sum(rows.map((row) => row.longInterestInTokens)),
    short: sum(rows.map((row) => row.shortInterestInTokens)),
  };
  const usd = {
    long: sum(rows.map((row) => row.longInterestUsd)),
    short: sum(rows.map((row) => row.shortInterestUsd)),
  };
  const longUsd = checked(reading, `${path}.longInterestUsd`, toNumber(usd.long, USD_DECIMALS), AMOUNT_USD);
  const shortUsd = checked(reading, `${path}.shortInterestUsd`, toNumber(usd.short, USD_DECIMALS), AMOUNT_USD);
  const long = checked(reading, `${path}.longInterestInTokens`, toNumber(tokens.long, decimals), SIZE);
  const short = checked(reading, `${path}.shortInterestInTokens`, toNumber(tokens.short, decimals), SIZE);
  if (longUsd === null || shortUsd === null || long === null || short === null) return;
  if (checked(reading, `${path}.longInterestInTokens`, Math.max(long, short), POSITIVE_SIZE) === null) return;
  if (!agree(long * mark, longUsd) || !agree(short * mark, shortUsd)) {
    reject(reading, path, "coins × mark price and open interest in USD are far apart", pools.rows[0]?.raw);
    return;
  }
  emitSidedOpenInterest(reading, instrument, reading.context.receivedAt, { long, short }, longUsd);
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n);
}

/** A few dollars of rounding say nothing. */
function agree(valueUsd: number, statedUsd: number): boolean {
  const [low, high] = valueUsd < statedUsd ? [valueUsd, statedUsd] : [statedUsd, valueUsd];
  return high < 10 || high <= MOST_DRIFT * low;
}

/** What longs pay, weighted by their size per pool; shorts get more or less of it as their side is smaller or larger. */
function readFunding(reading: Reading, pools: Pools): void {
  const rows = readAll(pools, ({ raw, path }) => readRow(reading, wire.PoolFunding, raw, path));
  if (rows === null) return;
  let weight = 0;
  let weighted = 0;
  for (const { fundingRateLong, longInterestUsd } of rows) {
    // an empty side still has a rate
    const usd = toNumber(longInterestUsd, USD_DECIMALS) + 1;
    weight += usd;
    weighted -= usd * toNumber(fundingRateLong, USD_DECIMALS);
  }
  const fundingRate = checked(reading, `${pools.rows[0]?.path ?? "$"}.fundingRateLong`, weighted / weight, RATE);
  if (fundingRate === null) return;
  const { receivedAt } = reading.context;
  const fundingTime = (Math.floor(receivedAt / FUNDING_MS) + 1) * FUNDING_MS;
  emitFundingRate(reading, pools.instrument, receivedAt, { fundingRate, intervalMs: FUNDING_MS, fundingTime });
}

/** Reads the older list, which has USD at entry prices only: how many coins that is cannot be told from it. */
export function readOpenInterest(reading: Reading, payload: unknown): void {
  const answer = readRow(reading, wire.MarketsInfo, payload, "$");
  if (answer === null) return;
  const list = readList(reading, answer.markets, "$.markets");
  for (const pools of poolsByCoin(reading, list, "$.markets")) {
    const rows = readAll(pools, ({ raw, path }) => readRow(reading, wire.PoolValue, raw, path));
    if (rows === null) continue;
    const path = pools.rows[0]?.path ?? "$";
    const long = toNumber(sum(rows.map((row) => row.openInterestLong)), USD_DECIMALS);
    const short = toNumber(sum(rows.map((row) => row.openInterestShort)), USD_DECIMALS);
    const longUsd = checked(reading, `${path}.openInterestLong`, long, AMOUNT_USD);
    const shortUsd = checked(reading, `${path}.openInterestShort`, short, AMOUNT_USD);
    if (longUsd === null || shortUsd === null) continue;
    const head = observed(reading, pools.instrument, reading.context.receivedAt);
    reading.result.observations.push({ kind: "openInterestValue", ...head, longUsd, shortUsd });
  }
}

/** Reads oracle prices: the middle of the two that the venue keeps. They trigger liquidation, and are an index. */
export function readMarkPrice(reading: Reading, payload: unknown): void {
  const list = readList(reading, payload, "$");
  forEachContract(reading, list, "$", "tokenSymbol", (instrument, raw, path) => {
    const row = readRow(reading, wire.TokenPrice, raw, path);
    if (row === null) return;
    const decimals = USD_DECIMALS - decimalsIn(instrument);
    const middle = (toNumber(row.minPrice, decimals) + toNumber(row.maxPrice, decimals)) / 2;
    if (row.minPrice > row.maxPrice) reject(reading, `${path}.minPrice`, "is above maxPrice", raw);
    else if (checked(reading, `${path}.minPrice`, middle, PRICE) !== null) {
      emitMarkPrice(reading, instrument, row.updatedAt, middle, middle);
    }
  });
}

/** Reads candles of the oracle price; there is no volume. */
export function readKlines(reading: Reading, payload: unknown): void {
  const instrument = contractAsked(reading);
  const answer = instrument === null ? null : readRow(reading, wire.Candles, payload, "$");
  if (instrument === null || answer === null) return;
  const intervalMs = PERIODS.get(answer.period);
  if (intervalMs === undefined) {
    reject(reading, "$.period", `${answer.period} is no known interval`, answer.period);
    return;
  }
  const list = readList(reading, answer.candles, "$.candles");
  const rows = timedRows(reading, list, "$.candles", wire.CandleRow, ([seconds, open, high, low, close]) => {
    return { time: seconds * 1_000, open, high, low, close, volume: null, ...UNTOLD, intervalMs };
  });
  emitCandles(reading, instrument, rows, "coins", intervalMs);
}

/** The number, or null after a reject when it lies outside the rule. */
function checked(reading: Reading, path: string, value: number, rule: NumberRule): number | null {
  const read = readNumber(value, rule);
  if ("value" in read) return read.value;
  reject(reading, path, read.reason, value);
  return null;
}
