// Markets and tokens of GMX.
import { type Reading, readList, readRow, reject } from "../reading.ts";
import { decimalsOf } from "./decimals.ts";
import { coinOfPool, perpetual, withDecimals } from "./symbol.ts";
import * as wire from "./wire.ts";

/** Reads the pools: a coin is listed while one of its pools is. */
export function readInstruments(reading: Reading, payload: unknown): void {
  const answer = readRow(reading, wire.Markets, payload, "$");
  if (answer === null) return;
  const listed = new Map<string, boolean>();
  readList(reading, answer.markets, "$.markets").forEach((raw, i) => {
    const path = `$.markets[${i}]`;
    const row = readRow(reading, wire.Market, raw, path);
    const coin = row === null ? null : coinOfPool(row.name);
    if (row === null || coin === null) return;
    if (perpetual(coin) === null) {
      if (row.isListed) reject(reading, `${path}.name`, `decimals of ${coin} are not known`, row.name);
      return;
    }
    listed.set(coin, row.isListed || listed.get(coin) === true);
  });
  for (const [coin, isListed] of listed) {
    const instrument = perpetual(coin);
    if (instrument !== null) reading.result.instruments.push({ ...instrument, listed: isListed });
  }
}

/**
 * Reads the tokens, which tell the decimals: a token of a known market with others than we count with is a reject, since
 * every amount of it would be wrong. Whether a token has a market only the list of markets tells, so none is listed here.
 */
export function readTokens(reading: Reading, payload: unknown): void {
  const answer = readRow(reading, wire.Tokens, payload, "$");
  if (answer === null) return;
  readList(reading, answer.tokens, "$.tokens").forEach((raw, i) => {
    const path = `$.tokens[${i}]`;
    const row = readRow(reading, wire.Token, raw, path);
    if (row === null) return;
    const known = decimalsOf(row.symbol);
    if (known !== null && known !== row.decimals) {
      reject(reading, `${path}.decimals`, `was ${row.decimals}, expected ${known}`, raw);
      return;
    }
    reading.result.instruments.push({ ...withDecimals(row.symbol, row.decimals), listed: false });
  });
}
