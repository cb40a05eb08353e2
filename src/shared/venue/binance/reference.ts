// Contracts and leverage brackets of Binance.
import type * as z from "zod/mini";
import { coinContract } from "../coin-name.ts";
import { AMOUNT_USD } from "../num.ts";
import { type Reading, readList, readRow, reject, textAt } from "../reading.ts";
import * as wire from "./wire.ts";

/** Reads the USDT perpetuals; dated, coin-margined and real-world contracts are skipped without a word. */
export function readInstruments(reading: Reading, payload: unknown): void {
  const symbols: unknown =
    typeof payload === "object" && payload !== null ? Reflect.get(payload, "symbols") : undefined;
  readList(reading, symbols, "$.symbols").forEach((raw, i) => {
    const row = readRow(reading, wire.SymbolRow, raw, `$.symbols[${i}]`);
    if (row === null || row.contractType !== "PERPETUAL" || row.quoteAsset !== "USDT") return;
    const contract = coinContract("binance", row.symbol, row.baseAsset);
    // the interval comes with another request: a refreshed list must not forget it
    const fundingIntervalMs = reading.context.instruments.get(row.symbol)?.fundingIntervalMs;
    reading.result.instruments.push({
      ...contract,
      ...(fundingIntervalMs === undefined ? {} : { fundingIntervalMs }),
      listed: row.status === "TRADING",
    });
  });
}

/**
 * Reads notional brackets in USD: the signed endpoint's list, or a kept table of rows by symbol.
 * Every symbol is read: brackets are asked for rarely and concern no poll.
 */
export function readLeverageTiers(reading: Reading, payload: unknown): void {
  if (Array.isArray(payload)) {
    payload.forEach((entry: unknown, i) => {
      const symbol = textAt(entry, "symbol");
      if (symbol === null) reject(reading, `$[${i}].symbol`, "names no contract", entry);
      else if (typeof entry === "object" && entry !== null) {
        readBrackets(reading, symbol, Reflect.get(entry, "brackets"), `$[${i}].brackets`, bracketOf);
      }
    });
  } else if (typeof payload === "object" && payload !== null) {
    for (const [symbol, rows] of Object.entries(payload)) {
      readBrackets(reading, symbol, rows, `$.${symbol}`, bracketOfTuple);
    }
  } else reject(reading, "$", "is neither a list nor a table of brackets", payload);
}

type Bracket = z.output<typeof wire.BracketRow>;

function readBrackets(
  reading: Reading,
  venueSymbol: string,
  rows: unknown,
  path: string,
  read: (reading: Reading, raw: unknown, path: string) => Bracket | null,
): void {
  const { venueSymbol: asked } = reading.context;
  if (asked !== null && asked !== venueSymbol) return;
  readList(reading, rows, path).forEach((raw, i) => {
    const row = read(reading, raw, `${path}[${i}]`);
    if (row === null) return;
    if (row.maintMarginRatio >= 1 || row.notionalCap <= row.notionalFloor) {
      reject(reading, `${path}[${i}]`, "the bracket is empty or its rate is no fraction", raw);
      return;
    }
    reading.result.brackets.push({
      venue: "binance",
      venueSymbol,
      floor: row.notionalFloor,
      cap: row.notionalCap > AMOUNT_USD.max ? null : row.notionalCap,
      unit: "usd",
      maintenanceMarginRate: row.maintMarginRatio,
      maintenanceAmount: row.cum,
      maxLeverage: row.initialLeverage,
    });
  });
}

function bracketOf(reading: Reading, raw: unknown, path: string): Bracket | null {
  return readRow(reading, wire.BracketRow, raw, path);
}

function bracketOfTuple(reading: Reading, raw: unknown, path: string): Bracket | null {
  const row = readRow(reading, wire.BracketTuple, raw, path);
  if (row === null) return null;
  const [notionalFloor, notionalCap, maintMarginRatio, initialLeverage, cum] = row;
  return { notionalFloor, notionalCap, maintMarginRatio, initialLeverage, cum };
}
