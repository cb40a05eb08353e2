// A plausible order book around the price, from a seeded function: nothing recorded and nothing that trades.
import { type EpochMs, SECOND_MS } from "../../shared/time/clock.ts";
import { hashUniform, seedOf } from "../chance.ts";
import { roundTo, roundToStep } from "../decimal.ts";
import type { Market } from "./market.ts";
import { minuteOf, read, slotOf } from "./minutes.ts";
import { quoteAt } from "./view.ts";

export interface BookView {
  /** `[price, sizeBase]`, best first. */
  bids: [number, number][];
  asks: [number, number][];
  /** Time of the state: books are renewed once a second. */
  time: EpochMs;
}

// a liquid book holds about half an average minute's volume within its first twenty levels
const SIZE_PER_LEVEL = 0.025;

/** Returns the book at `now` with at most `levels` a side; empty before the market's first minute. */
export function orderBookAt(market: Market, now: EpochMs, levels: number): BookView {
  const time = Math.floor(now / SECOND_MS) * SECOND_MS;
  const quote = quoteAt(market, time) ?? quoteAt(market, now);
  if (quote === null) return { bids: [], asks: [], time };
  const seed = seedOf(market.venue + market.symbol);
  const typical = typicalLevelBase(market, time);
  return { bids: side(-1), asks: side(1), time };

  function side(direction: -1 | 1): [number, number][] {
    const { priceStep, sizeStep, pricePlaces } = market.contract;
    const rows: [number, number][] = [];
    const best = Math.round((quote as { lastPrice: number }).lastPrice / priceStep);
    let tick = best + (direction === 1 ? 1 : 0);
    for (let i = 0; i < levels && tick > 0; i++) {
      const luck = hashUniform(seed, tick, Math.floor(time / (SECOND_MS * (1 + (i >> 2)))));
      // thin at the touch, deeper away from it, and round prices attract orders
      const round = tick % 100 === 0 ? 6 : tick % 10 === 0 ? 2.5 : 1;
      const size = typical * round * (0.15 + 3 * luck * luck * luck) * Math.min(3, 0.4 + i / 40);
      rows.push([roundTo(tick * priceStep, pricePlaces), Math.max(sizeStep, roundToStep(size, sizeStep))]);
      // levels spread out with distance: a thousand of them reach a few percent
      const stretch = (best * 2e-8 * i) | 0;
      tick += direction * (1 + stretch + Math.floor(luck * (1 + stretch)));
    }
    return rows;
  }
}

/** Base size of an average level: from the volume of the last hour, else from a nominal value. */
function typicalLevelBase(market: Market, now: EpochMs): number {
  const last = minuteOf(now) - 1;
  let total = 0;
  let count = 0;
  for (let minute = last; minute > last - 60; minute--) {
    const slot = slotOf(market.minutes, minute);
    const volume = slot < 0 ? null : read(market.minutes.volumeBase, slot);
    if (volume === null) continue;
    total += volume;
    count += 1;
  }
  return count === 0
    ? market.contract.sizeStep * 50
    : Math.max(market.contract.sizeStep, (total / count) * SIZE_PER_LEVEL);
}
