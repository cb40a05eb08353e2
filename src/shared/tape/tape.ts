// Reads a recorded market: CSV with a header, one bar per row, columns found by name, in any order; unknown ones are ignored.
// Blank = not available. Only `mark_high` and `mark_low` become mark extremes: a single `mark` per bar is its last value,
// not an extreme, and would hide how far the trigger price went.
import type { Bar } from "../market/bar.ts";
import { MINUTE_MS } from "../time/clock.ts";

export interface TapeReject {
  /** Line of the file, the header being 1. */
  line: number;
  /** `column high was "abc", expected a number` */
  reason: string;
}

export interface Tape {
  bars: Bar[];
  /** Line of each bar. */
  lines: number[];
  rejects: TapeReject[];
}

export interface TapeOptions {
  /** Length of a bar; null: the most usual distance between rows. */
  intervalMs: number | null;
  blankLiquidationIsZero: boolean;
}

const REQUIRED = ["time_ms", "open", "high", "low", "close"] as const;
const OPTIONAL = {
  volume: "size",
  taker_buy_volume: "size",
  open_interest_base: "size",
  long_liq_usd: "size",
  short_liq_usd: "size",
  mark_high: "price",
  mark_low: "price",
  funding: "rate",
} as const;
type Column = (typeof REQUIRED)[number] | keyof typeof OPTIONAL;
type Row = { [column in Column]: number | null };

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** Parses a tape. Total: a row that cannot be used becomes a reject with its line, the others stand. */
export function parseTape(text: string, options: TapeOptions): Tape {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const tape: Tape = { bars: [], lines: [], rejects: [] };
  const places = findColumns(lines[0] ?? "");
  if (typeof places === "string") {
    tape.rejects.push({ line: 1, reason: places });
    return tape;
  }
  const rows: Row[] = [];
  let previous = Number.NEGATIVE_INFINITY;
  for (let i = 1; i < lines.length; i++) {
    const line = lines[i] ?? "";
    if (line.trim() === "") continue;
    const row = parseRow(line.split(","), places);
    const time = typeof row === "string" ? 0 : (row.time_ms ?? 0);
    const reason =
      typeof row === "string"
        ? row
        : time <= previous
          ? `column time_ms was ${time}, expected later than ${previous}`
          : null;
    if (reason !== null || typeof row === "string") {
      tape.rejects.push({ line: i + 1, reason: reason ?? "" });
      continue;
    }
    previous = time;
    rows.push(row);
    tape.lines.push(i + 1);
  }
  const intervalMs = options.intervalMs ?? usualDistance(rows);
  for (let i = rows.length - 1; i > 0; i--) {
    const least = (rows[i - 1]?.time_ms ?? 0) + intervalMs;
    const time = rows[i]?.time_ms ?? 0;
    if (time >= least) continue;
    const reason = `column time_ms was ${time}, expected at least ${least}: bars of ${intervalMs / 60_000} minutes overlap`;
    tape.rejects.unshift({ line: tape.lines[i] ?? 0, reason });
    rows.splice(i, 1);
    tape.lines.splice(i, 1);
  }
  tape.bars = rows.map((row) => toBar(row, intervalMs, options.blankLiquidationIsZero));
  return tape;
}

function findColumns(header: string): ReadonlyMap<string, number> | string {
  const places = new Map(header.split(",").map((name, at) => [name.trim(), at]));
  const missing = REQUIRED.filter((name) => !places.has(name));
  return missing.length === 0 ? places : `header has no column ${missing.join(", ")}`;
}

function parseRow(fields: readonly string[], places: ReadonlyMap<string, number>): Row | string {
  if (fields.length > places.size) return `row has ${fields.length} fields, expected at most ${places.size}`;
  const row: Partial<Row> = {};
  for (const name of [...REQUIRED, ...(Object.keys(OPTIONAL) as (keyof typeof OPTIONAL)[])]) {
    const place = places.get(name);
    const field = place === undefined ? "" : (fields[place] ?? "").trim();
    const required = (REQUIRED as readonly string[]).includes(name);
    if (field === "" && !required) row[name] = null;
    else {
      const value = NUMBER.test(field) ? Number(field) : Number.NaN;
      const expected = whatFits(name, value);
      if (expected !== null) return `column ${name} was ${JSON.stringify(field)}, expected ${expected}`;
      row[name] = value;
    }
  }
  return rangeProblem(row as Row) ?? (row as Row);
}

/** What a column expects, when `value` is not that. */
function whatFits(name: Column, value: number): string | null {
  if (!Number.isFinite(value)) return "a number";
  if (name === "time_ms") return Number.isInteger(value) && value >= 1e11 ? null : "a time in ms UTC";
  const kind = name in OPTIONAL ? OPTIONAL[name as keyof typeof OPTIONAL] : "price";
  if (kind === "price" && !(value > 0)) return "a price above 0";
  if (kind === "size" && value < 0) return "a size of at least 0";
  return null;
}

function rangeProblem(row: Row): string | null {
  const { open, high, low, close, mark_high, mark_low } = row as { [c in Column]: number } & Row;
  if (low > high) return `column high was ${high}, expected at least low ${low}`;
  if (open < low || open > high) return `column open was ${open}, expected between low ${low} and high ${high}`;
  if (close < low || close > high) return `column close was ${close}, expected between low ${low} and high ${high}`;
  if (mark_high !== null && mark_low !== null && mark_low > mark_high) {
    return `column mark_high was ${mark_high}, expected at least mark_low ${mark_low}`;
  }
  return null;
}

/** The most frequent distance between neighbours; of several the shortest. A single row counts as a minute. */
function usualDistance(rows: readonly Row[]): number {
  const counts = new Map<number, number>();
  for (let i = 1; i < rows.length; i++) {
    const distance = (rows[i]?.time_ms ?? 0) - (rows[i - 1]?.time_ms ?? 0);
    counts.set(distance, (counts.get(distance) ?? 0) + 1);
  }
  let usual = MINUTE_MS;
  let most = 0;
  for (const [distance, count] of counts) {
    if (count < most || (count === most && distance > usual)) continue;
    usual = distance;
    most = count;
  }
  return usual;
}

function toBar(row: Row, intervalMs: number, blankLiquidationIsZero: boolean): Bar {
  const blank = blankLiquidationIsZero ? 0 : null;
  const hasMark = row.mark_high !== null && row.mark_low !== null;
  return {
    openTime: row.time_ms ?? 0,
    intervalMs,
    open: row.open ?? 0,
    high: row.high ?? 0,
    low: row.low ?? 0,
    close: row.close ?? 0,
    volumeBase: row.volume,
    takerBuyBase: row.taker_buy_volume,
    openInterestBase: row.open_interest_base,
    markHigh: hasMark ? row.mark_high : null,
    markLow: hasMark ? row.mark_low : null,
    fundingRate: row.funding,
    observedLongUsd: row.long_liq_usd ?? blank,
    observedShortUsd: row.short_liq_usd ?? blank,
  };
}
