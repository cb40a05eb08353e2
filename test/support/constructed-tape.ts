// Recordings of our own: a seeded walk of minute bars with open interest, the same prices for several exchanges.
// Nothing here is real; tests that need an hour of market do not depend on the recordings.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createPrng } from "../../src/shared/num/prng.ts";
import { HOUR_MS, MINUTE_MS } from "../../src/shared/time/clock.ts";

/** Start of every constructed tape: midnight, so that columns of all widths begin with it. */
export const TAPE_START_MS = Date.UTC(2025, 2, 3);

/** Open interest in coins at the start, by exchange. */
const OPEN_INTEREST = {
  binance: 80_000,
  bybit: 50_000,
  okx: 30_000,
  hyperliquid: 25_000,
  bitget: 22_000,
  gate: 18_000,
} as const;
export type TapeVenue = keyof typeof OPEN_INTEREST;
export const TAPE_VENUES = Object.keys(OPEN_INTEREST) as TapeVenue[];

const START_PRICE = 90_000;

export interface ConstructedTape {
  venue: TapeVenue;
  file: string;
}

export interface TapeOptions {
  hours?: number;
  venues?: readonly TapeVenue[];
  /** Minutes from the start that an exchange's recording lacks. */
  holes?: Partial<Record<TapeVenue, { fromMinute: number; toMinute: number }>>;
}

/** Writes one tape per exchange into `folder`. */
export function constructTapes(folder: string, options: TapeOptions = {}): ConstructedTape[] {
  const { hours = 12, venues = TAPE_VENUES, holes = {} } = options;
  mkdirSync(folder, { recursive: true });
  const candles = walk((hours * HOUR_MS) / MINUTE_MS);
  return venues.map((venue, index) => {
    const file = join(folder, `${venue}-btc-1m-constructed.csv`);
    const random = createPrng(1_000 + index);
    const hole = holes[venue];
    let interest: number = OPEN_INTEREST[venue];
    const rows = candles.map(({ open, high, low, close }, minute) => {
      const volume = interest * 0.002 * (0.5 + random.uniform());
      const taker = volume * (0.35 + 0.3 * random.uniform());
      // what opens or closes in a minute is part of what traded in it
      interest += volume * 0.8 * (random.uniform() - 0.47);
      const time = TAPE_START_MS + minute * MINUTE_MS;
      const fields = [open, high, low, close, volume.toFixed(3), taker.toFixed(3), interest.toFixed(3), "0.000002"];
      return `${time},${fields.join(",")}`;
    });
    const kept = rows.filter((_, minute) => hole === undefined || minute < hole.fromMinute || minute >= hole.toMinute);
    const header = "time_ms,open,high,low,close,volume,taker_buy_volume,open_interest_base,funding";
    writeFileSync(file, `${[header, ...kept].join("\n")}\n`);
    return { venue, file };
  });
}

/** Whole-dollar candles: every exchange can print them. Swings of a few per cent, so that levels are reached. */
function walk(minutes: number): { open: number; high: number; low: number; close: number }[] {
  const random = createPrng(77);
  let price = START_PRICE;
  return Array.from({ length: minutes }, (_, minute) => {
    const open = price;
    const swing = Math.sin(minute / 45) * 0.0006 + Math.sin(minute / 170) * 0.0004;
    price = Math.round(price * (1 + swing + (random.uniform() - 0.5) * 0.0016));
    const high = Math.ceil(Math.max(open, price) * (1 + random.uniform() * 0.0005));
    const low = Math.floor(Math.min(open, price) * (1 - random.uniform() * 0.0005));
    return { open, high, low, close: price };
  });
}
