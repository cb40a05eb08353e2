// An invented market for tests of the page: a seeded walk with resting levels that price clears. Nothing here is real.
import type { DeltaMessage, SnapshotMessage } from "../../src/shared/protocol/messages.ts";

const RATIO = 0.0005;
const BUCKETS_PER_LEVEL = 2;
const COLUMN_MS: Record<string, number> = {
  "12h": 300_000,
  "24h": 300_000,
  "3d": 900_000,
  "7d": 1_800_000,
  "14d": 7_200_000,
  "30d": 7_200_000,
};
const RANGE_MS: Record<string, number> = {
  "12h": 43_200_000,
  "24h": 86_400_000,
  "3d": 259_200_000,
  "7d": 604_800_000,
  "14d": 1_209_600_000,
  "30d": 2_592_000_000,
};
const REACH_ROWS = 150;

interface History {
  columns: number[];
  firstBucket: number;
  rows: number;
  cells: [number, number, number][];
  candles: number[][];
  /** USD per row in the last column. */
  last: Float64Array;
}

export class FakeMarket {
  readonly #dataSource: "live" | "simulated" | "replay";
  readonly #asOf: number;
  #now: number;
  #seq = 100;
  #price: number;
  #random = seeded(7);
  readonly #histories = new Map<string, History>();

  constructor(dataSource: "live" | "simulated" | "replay", asOf: number) {
    this.#dataSource = dataSource;
    this.#asOf = asOf;
    this.#now = asOf;
    this.#price = this.#history("24h").candles.at(-1)?.[4] ?? 97_000;
  }

  symbols() {
    const exchanges = ["binance", "bybit", "okx", "hyperliquid"];
    return {
      ...this.#envelope(),
      symbols: [
        { symbol: "BTC", price: this.#price, openInterestUsd: 3.1e10, thin: false, exchanges },
        { symbol: "ETH", price: 3_412.5, openInterestUsd: 1.4e10, thin: false, exchanges },
        { symbol: "SOL", price: 187.42, openInterestUsd: 4.1e9, thin: true, exchanges: exchanges.slice(0, 3) },
      ],
    };
  }

  status(historyProgress: number) {
    return { ...this.#envelope(), symbols: [{ symbol: "BTC", historyProgress }] };
  }

  heatmap(query: URLSearchParams) {
    const range = query.get("range") ?? "24h";
    const { columns, firstBucket, rows, cells, candles } = this.#history(range);
    const signed = query.has("delta");
    return {
      ...this.#envelope(),
      symbol: "BTC",
      range,
      intervalMs: COLUMN_MS[range],
      filter: {},
      currency: "USD",
      price: this.#price,
      columns,
      prices: Array.from({ length: rows }, (_, row) => Math.exp((firstBucket + row * BUCKETS_PER_LEVEL) * RATIO)),
      cells: signed ? cells.map(([x, y, usd]) => [x, y, (x + y) % 3 === 0 ? -usd : usd]) : cells,
      candles,
      firstBucket,
      bucketsPerLevel: BUCKETS_PER_LEVEL,
      live: true,
    };
  }

  emptyHeatmap(query: URLSearchParams) {
    return { ...this.heatmap(query), columns: [], prices: [], cells: [], candles: [] };
  }

  map(query: URLSearchParams) {
    const { firstBucket, last } = this.#history("24h");
    const signed = query.has("delta");
    const levels = Array.from(last, (usd, row) => {
      const price = Math.exp((firstBucket + row * BUCKETS_PER_LEVEL) * RATIO);
      const value = signed && row % 3 === 0 ? -usd : usd;
      return {
        price,
        longUsd: price < this.#price ? value : 0,
        shortUsd: price < this.#price ? 0 : value,
        byLeverage: { "5": value * 0.1, "10": value * 0.2, "25": value * 0.3, "50": value * 0.3, "100": value * 0.1 },
        byExchange: { binance: value * 0.6, bybit: value * 0.4 },
      };
    }).filter((level) => level.longUsd !== 0 || level.shortUsd !== 0);
    return { ...this.#envelope(), price: this.#price, levels, cumulative: [] };
  }

  snapshot(query: URLSearchParams): SnapshotMessage {
    const range = query.get("range") ?? "24h";
    const { firstBucket, last } = this.#history(range);
    const sides: Record<"longs" | "shorts", [number, number][]> = { longs: [], shorts: [] };
    last.forEach((usd, row) => {
      if (usd === 0) return;
      const bucket = firstBucket + row * BUCKETS_PER_LEVEL;
      sides[Math.exp(bucket * RATIO) < this.#price ? "longs" : "shorts"].push([bucket, usd]);
    });
    return { ...this.#head(range), type: "snapshot", seq: this.#seq, bucketRatio: RATIO, ...sides };
  }

  /** The next change: the price steps, one level grows. */
  delta(query: URLSearchParams, now: number): DeltaMessage {
    const range = query.get("range") ?? "24h";
    const { firstBucket, rows } = this.#history(range);
    this.#now = now;
    this.#seq += 1;
    this.#price *= 1 + (this.#random() - 0.5) * 4e-4;
    const at = Math.floor((Math.log(this.#price) / RATIO - firstBucket) / BUCKETS_PER_LEVEL);
    const row = Math.max(0, Math.min(rows - 1, at + 5 + Math.floor(this.#random() * 40)));
    return {
      ...this.#head(range),
      type: "delta",
      seq: this.#seq,
      longs: [],
      shorts: [[firstBucket + row * BUCKETS_PER_LEVEL, 2e7 * this.#random()]],
      closedColumnStartMs: null,
    };
  }

  #head(range: string) {
    const intervalMs = COLUMN_MS[range] ?? 300_000;
    const columnStartMs = Math.floor(this.#now / intervalMs) * intervalMs;
    const price = this.#price;
    return {
      v: 1 as const,
      ...this.#envelope(),
      symbol: "BTC",
      price,
      intervalMs,
      columnStartMs,
      candle: {
        startMs: columnStartMs,
        open: price * 0.9995,
        high: price * 1.0006,
        low: price * 0.999,
        close: price,
        volumeBase: 10,
      },
    };
  }

  #envelope() {
    return {
      asOf: this.#now,
      modelVersion: "0.1.0-stand-in",
      dataSource: this.#dataSource,
      coverage: {
        ratio: 0.87,
        exchanges: [
          { id: "binance", state: "live" as const, ageMs: 900, openInterestUsd: 1.2e10 },
          { id: "bybit", state: "live" as const, ageMs: 2_100, openInterestUsd: 8.1e9 },
          {
            id: "okx",
            state: "degraded" as const,
            ageMs: 16_000,
            openInterestUsd: 4.4e9,
            reason: "answers slowly, asked every 60 s",
          },
          {
            id: "hyperliquid",
            state: "blocked" as const,
            ageMs: null,
            openInterestUsd: null,
            reason: "refuses this region (403)",
          },
        ],
      },
    };
  }

  #history(range: string): History {
    const known = this.#histories.get(range);
    if (known !== undefined) return known;
    const made = walk(COLUMN_MS[range] ?? 300_000, RANGE_MS[range] ?? 86_400_000, this.#asOf);
    this.#histories.set(range, made);
    return made;
  }
}

/** A walk of candles that leaves levels behind at the distances of a few leverages and clears what it crosses. */
function walk(intervalMs: number, lengthMs: number, asOf: number): History {
  const random = seeded(42);
  const end = Math.floor(asOf / intervalMs) * intervalMs;
  const count = Math.floor(lengthMs / intervalMs);
  const middle = Math.round(Math.log(97_000) / RATIO / BUCKETS_PER_LEVEL);
  const firstRow = middle - REACH_ROWS;
  const rows = 2 * REACH_ROWS;
  const book = new Float64Array(rows);
  const history: History = {
    columns: [],
    firstBucket: firstRow * BUCKETS_PER_LEVEL,
    rows,
    cells: [],
    candles: [],
    last: book,
  };
  const rowAt = (price: number): number => Math.floor(Math.log(price) / RATIO / BUCKETS_PER_LEVEL) - firstRow;
  let price = 97_000;
  for (let i = 0; i < count; i++) {
    const startMs = end - (count - 1 - i) * intervalMs;
    const open = price;
    const drift = Math.sin(i / 17) * 0.0005 + Math.log(97_000 / price) * 0.03;
    price *= 1 + drift + (random() - 0.5) * 0.003 * Math.sqrt(intervalMs / 300_000);
    const high = Math.max(open, price) * (1 + random() * 0.0009);
    const low = Math.min(open, price) * (1 - random() * 0.0009);
    for (const leverage of [10, 25, 50, 100]) {
      const distance = 0.9 / leverage + (random() - 0.5) * 0.006;
      const usd = random() ** 6 * 6e7;
      for (const target of [price * (1 - distance), price * (1 + distance)]) {
        const row = rowAt(target);
        if (row >= 0 && row < rows) book[row] = (book[row] ?? 0) + usd;
      }
    }
    for (let row = Math.max(0, rowAt(low)); row <= Math.min(rows - 1, rowAt(high)); row++) book[row] = 0;
    for (let row = 0; row < rows; row++) book[row] = (book[row] ?? 0) * 0.997;
    // a hole of six columns: gaps must stay gaps
    if (i >= count - 60 && i < count - 54) continue;
    const columnIndex = history.columns.push(startMs) - 1;
    history.candles.push([startMs, open, high, low, price, 10]);
    book.forEach((usd, row) => {
      if (usd > 1_000) history.cells.push([columnIndex, row, Math.round(usd)]);
    });
  }
  return history;
}

/** Uniform numbers 0 … 1 from a seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
