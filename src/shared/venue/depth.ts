// An order book from the levels of any venue.
import * as z from "zod/mini";
import type { Instrument } from "../market/observation.ts";
import type { EpochMs } from "../time/clock.ts";
import { coinsOf } from "./contract-size.ts";
import { observed } from "./emit.ts";
import { price, size } from "./field.ts";
import { type Reading, readList, readRow, reject } from "./reading.ts";

/** A price level as the venue quotes it. */
interface Level {
  price: number;
  size: number;
}

/** One side of a book: its levels as received and where they were. */
export interface Ladder<S extends z.ZodMiniType> {
  schema: S;
  value: unknown;
  path: string;
  level(row: z.output<S>): Level;
}

/** `["76100.0","1.5"]`: price and size, and whatever follows. */
const PairLevel = z.tuple([price, size], z.unknown());

/** A side whose levels are pairs. */
export function pairs(value: unknown, path: string): Ladder<typeof PairLevel> {
  return { schema: PairLevel, value, path, level: ([price, size]) => ({ price, size }) };
}

/**
 * Adds an order book, best levels first. A bad level is a reject and left out; levels of size zero are left out.
 * An empty or crossed book is a reject: it is no market.
 */
export function emitDepth<S extends z.ZodMiniType>(
  reading: Reading,
  instrument: Instrument,
  exchangeTime: EpochMs,
  bids: Ladder<S>,
  asks: Ladder<S>,
): void {
  const bidLevels = levelsOf(reading, bids).sort((a, b) => b.price - a.price);
  const askLevels = levelsOf(reading, asks).sort((a, b) => a.price - b.price);
  const bestBid = bidLevels[0]?.price;
  const bestAsk = askLevels[0]?.price;
  if (bestBid === undefined || bestAsk === undefined) {
    reject(reading, bestBid === undefined ? bids.path : asks.path, "the book has an empty side", bids.value);
    return;
  }
  if (bestBid >= bestAsk) {
    reject(reading, bids.path, `the book is crossed: bid ${bestBid}, ask ${bestAsk}`, bids.value);
    return;
  }
  const toCoins = (level: Level): [number, number] => {
    const price = level.price / instrument.priceMultiplier;
    return [price, coinsOf(instrument, level.size, price) ?? 0];
  };
  reading.result.observations.push({
    kind: "depth",
    ...observed(reading, instrument, exchangeTime),
    bids: bidLevels.map(toCoins),
    asks: askLevels.map(toCoins),
  });
}

function levelsOf<S extends z.ZodMiniType>(reading: Reading, { schema, value, path, level }: Ladder<S>): Level[] {
  return readList(reading, value, path).flatMap((raw, i) => {
    const row = readRow(reading, schema, raw, `${path}[${i}]`);
    if (row === null) return [];
    const { price, size } = level(row);
    return size > 0 ? [{ price, size }] : [];
  });
}
