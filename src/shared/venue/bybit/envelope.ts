// The envelope around every REST answer of Bybit.
import type { EpochMs } from "../../time/clock.ts";
import { readNumber, TIME_MS } from "../num.ts";
import { type Reading, readList, readRow, reject } from "../reading.ts";
import { Envelope, Result } from "./wire.ts";

export interface Opened {
  /** The answer's own time, or our receive time where it has none. */
  time: EpochMs;
  symbol: string | null;
  category: string | null;
  result: object;
}

const CATEGORIES: readonly unknown[] = ["linear", "inverse"];

/** Returns the result of a successful answer about perpetuals or dated contracts, or null after a reject. */
export function open(reading: Reading, payload: unknown): Opened | null {
  const envelope = readRow(reading, Envelope, payload, "$");
  if (envelope === null) return null;
  if (envelope.retCode !== 0) {
    reject(reading, "$.retCode", `the venue answered ${envelope.retCode}`, envelope.retMsg);
    return null;
  }
  const result = readRow(reading, Result, envelope.result, "$.result");
  if (result === null) return null;
  if (result.category !== undefined && !CATEGORIES.includes(result.category)) {
    reject(reading, "$.result.category", `is ${result.category}, neither linear nor inverse`, result.category);
    return null;
  }
  const time = readNumber(envelope.time, TIME_MS);
  return {
    time: "value" in time ? time.value : reading.context.receivedAt,
    symbol: result.symbol ?? null,
    category: result.category ?? null,
    result,
  };
}

/** Returns the result's list of rows. */
export function listOf(reading: Reading, { result }: Opened): unknown[] {
  return readList(reading, Reflect.get(result, "list"), "$.result.list");
}
