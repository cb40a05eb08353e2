// The pools of a market: GMX spreads the positions on one coin over several, and its two sides differ.
import { type EpochMs, HOUR_MS } from "../../shared/time/clock.ts";
import { mix, seedOf } from "../chance.ts";
import { roundTo } from "../decimal.ts";
import type { Market } from "../market/market.ts";
import { openInterestAt } from "../market/open-interest-view.ts";

/** Share of a coin's positions in its first pool; the second holds the rest. */
const FIRST_SHARE = 0.75;
/** Shorts as a share of longs swing around this, by up to the width, over the period. */
const SHORT_SHARE = 0.82;
const SWING = 0.1;
const PERIOD_MS = 7 * HOUR_MS;
/** Positions were entered at another price than today's, by this factor. */
export const ENTRY_FACTOR = 0.985;

export interface Pool {
  name: string;
  marketToken: string;
  longBase: number;
  shortBase: number;
}

/** Returns a market's pools with both sides at `now`; none before the first known open interest. */
export function poolsAt(market: Market, now: EpochMs): Pool[] {
  const found = openInterestAt(market, now);
  if (found === null) return [];
  const long = found.openInterestBase;
  const short = long * shortShare(now);
  return poolNames(market).map((pool, i) => {
    const share = i === 0 ? FIRST_SHARE : 1 - FIRST_SHARE;
    return { ...pool, longBase: roundTo(long * share, 8), shortBase: roundTo(short * share, 8) };
  });
}

/** Names and addresses of a market's pools. */
export function poolNames(market: Market): Pick<Pool, "name" | "marketToken">[] {
  const { symbol } = market;
  return [`${symbol}/USD [${symbol}-USDC]`, `${symbol}/USD [WBTC.b-USDC]`].map((name) => ({
    name,
    marketToken: addressOf(name),
  }));
}

/** A made-up address that stays the same. */
export function addressOf(name: string): string {
  const seed = seedOf(name);
  return `0x${[1, 2, 3, 4, 5].map((i) => mix(seed, i).toString(16).padStart(8, "0")).join("")}`;
}

/** A triangular wave: no step from one poll to the next. */
function shortShare(now: EpochMs): number {
  const phase = (now % PERIOD_MS) / PERIOD_MS;
  return SHORT_SHARE + SWING * (4 * Math.abs(phase - 0.5) - 1);
}
