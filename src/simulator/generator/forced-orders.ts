// How liquidated positions reach the market: one or several orders each, from the moment the price reached their level.
import type { Prng } from "../../shared/num/prng.ts";
import { MINUTE_MS } from "../../shared/time/clock.ts";
import { roundTo, roundToStep } from "../decimal.ts";
import type { Contract } from "../market/contract.ts";
import type { LiquidationEvent } from "../market/market.ts";
import { type Path, pathOf, shareReaching } from "../market/path.ts";
import type { Exchange, ForcedClose } from "./exchange.ts";

/** A larger position is worked off in pieces of about this size. */
const PIECE_USD = 150_000;
const MAX_PIECES = 12;
/** Time between the pieces, and how much it varies. */
const PAUSE_MS = 200;
const PAUSE_SPREAD_MS = 900;

/** Returns the orders of the exchange's forced positions in a minute with that candle, in order of time. */
export function forcedOrders(
  exchange: Exchange,
  contract: Contract,
  minute: number,
  candle: { open: number; high: number; low: number; close: number },
  chance: Prng,
): LiquidationEvent[] {
  if (exchange.forced.length === 0) return [];
  const path = pathOf(candle.open, candle.high, candle.low, candle.close);
  return exchange.forced
    .flatMap((forced) => piecesOf(forced, contract, minute, path, chance))
    .sort((a, b) => a.time - b.time);
}

function piecesOf(
  forced: ForcedClose,
  contract: Contract,
  minute: number,
  path: Path,
  chance: Prng,
): LiquidationEvent[] {
  // the mark price reached the level; trades were nearest to it inside the candle
  const level = Math.min(Math.max(...path.corners), Math.max(Math.min(...path.corners), forced.triggerPrice));
  const firstMs = Math.floor(Math.min(0.97, shareReaching(path, level)) * MINUTE_MS);
  const usd = forced.lots * contract.sizeStep * level;
  const pieces = Math.min(MAX_PIECES, forced.lots, 1 + Math.floor(usd / PIECE_USD));
  const events: LiquidationEvent[] = [];
  let left = forced.lots;
  for (let k = 0; k < pieces && left > 0; k++) {
    const even = left / (pieces - k);
    const varied = Math.max(1, Math.floor(even * (0.6 + 0.8 * chance.uniform())));
    const lots = k === pieces - 1 ? left : Math.min(left, varied);
    left -= lots;
    const offset = firstMs + Math.floor(k * (PAUSE_MS + PAUSE_SPREAD_MS * chance.uniform()));
    events.push({
      time: minute * MINUTE_MS + Math.min(MINUTE_MS - 1, Math.max(1, offset)),
      side: forced.side,
      sizeBase: roundTo(lots * contract.sizeStep, contract.sizePlaces),
      bankruptcyPrice: roundToStep(Math.max(contract.priceStep, forced.bankruptcyPrice), contract.priceStep),
      fillPrice: roundToStep(level, contract.priceStep),
    });
  }
  return events;
}
