// What is simple to draw and must be beaten: maps from volume or from changes of open interest, at fixed distances.
import type { Bar } from "../market/bar.ts";
import { TIERS } from "../market/filter.ts";
import type { Side } from "../market/symbol.ts";
import { bucketCentre, bucketIndex } from "../model/lattice.ts";
import { exp } from "../num/exp.ts";
import { HOUR_MS } from "../time/clock.ts";

export interface SweptUsd {
  long: number;
  short: number;
}

/** A map that is drawn and swept bar by bar. */
export interface PlainMap {
  /** Sweeps what the bar reached of the map before it, then adds what the bar opens. */
  step(bar: Bar, openInterestBefore: number | null): SweptUsd;
  /** Base size per bucket that stands now, in its own unit. */
  standing(side: Side): ReadonlyMap<number, number>;
}

/** Base size per bucket of one side, erased on touch: longs at or above a bar's low, shorts at or below its high. */
class Levels {
  readonly #side: Side;
  readonly #sizes = new Map<number, number>();
  /** The bucket nearest to price: while it is not reached, nothing is. */
  #nearest: number;

  constructor(side: Side) {
    this.#side = side;
    this.#nearest = this.#none();
  }

  add(price: number, size: number): void {
    const bucket = bucketIndex(price);
    this.#sizes.set(bucket, (this.#sizes.get(bucket) ?? 0) + size);
    this.#nearest = this.#side === "long" ? Math.max(this.#nearest, bucket) : Math.min(this.#nearest, bucket);
  }

  /** Removes what the bar reached and returns its value in USD. */
  sweep(bar: Bar): number {
    const edge = bucketIndex(this.#side === "long" ? bar.low : bar.high);
    const reached = (bucket: number) => (this.#side === "long" ? bucket >= edge : bucket <= edge);
    if (!reached(this.#nearest)) return 0;
    let usd = 0;
    this.#nearest = this.#none();
    for (const [bucket, size] of this.#sizes) {
      if (reached(bucket)) {
        usd += size * bucketCentre(bucket);
        this.#sizes.delete(bucket);
      } else {
        this.#nearest = this.#side === "long" ? Math.max(this.#nearest, bucket) : Math.min(this.#nearest, bucket);
      }
    }
    return usd;
  }

  get sizes(): ReadonlyMap<number, number> {
    return this.#sizes;
  }

  scale(factor: number): void {
    for (const [bucket, size] of this.#sizes) this.#sizes.set(bucket, size * factor);
  }

  #none(): number {
    return this.#side === "long" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
}

/** A tenth of the volume at close·(1 ± 1/L) for each leverage and side; `halfLifeHours` null: it never fades. */
export function volumeMap(halfLifeHours: number | null): PlainMap {
  const long = new Levels("long");
  const short = new Levels("short");
  // fading is kept as one factor for all levels: a level drawn now is stored larger
  let faded = 1;
  return {
    standing: (side) => (side === "long" ? long : short).sizes,
    step(bar) {
      const out = { long: long.sweep(bar) * faded, short: short.sweep(bar) * faded };
      if (halfLifeHours !== null) faded *= exp((-Math.LN2 * bar.intervalMs) / (halfLifeHours * HOUR_MS));
      if (faded < 1e-100) {
        long.scale(faded);
        short.scale(faded);
        faded = 1;
      }
      const size = (bar.volumeBase ?? 0) / (2 * TIERS.length) / faded;
      for (const leverage of TIERS) {
        long.add(bar.close * (1 - 1 / leverage), size);
        short.add(bar.close * (1 + 1 / leverage), size);
      }
      return out;
    },
  };
}

/** Shares of 5, 10, 25, 50 and 100x and the maintenance margin of the open-interest peer (model.md §9). */
const PEER_SHARES = [0.15, 0.3, 0.25, 0.2, 0.1] as const;
const PEER_MAINTENANCE = 0.004;

/** Rising open interest on the side of the candle's colour, at fixed distances; falling open interest shrinks all levels. */
export function openInterestMap(): PlainMap {
  const long = new Levels("long");
  const short = new Levels("short");
  return {
    standing: (side) => (side === "long" ? long : short).sizes,
    step(bar, before) {
      const swept = { long: long.sweep(bar), short: short.sweep(bar) };
      const now = bar.openInterestBase;
      if (now === null || before === null || !(before > 0)) return swept;
      const delta = now - before;
      if (delta < 0) {
        long.scale(now / before);
        short.scale(now / before);
        return swept;
      }
      for (const [i, leverage] of TIERS.entries()) {
        const size = delta * (PEER_SHARES[i] ?? 0);
        if (bar.close >= bar.open) long.add(bar.close * (1 - 1 / leverage + PEER_MAINTENANCE), size);
        else short.add(bar.close * (1 + 1 / leverage - PEER_MAINTENANCE), size);
      }
      return swept;
    },
  };
}
