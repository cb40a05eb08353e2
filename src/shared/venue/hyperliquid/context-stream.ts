// Hyperliquid's stream of all contexts. It names no coin: each dex's rows stand at the places of its own list of coins.
import type { Instrument } from "../../market/observation.ts";
import { type Reading, readList, readRow, reject } from "../reading.ts";
import { readContext } from "./market.ts";
import { dexOf, placedCoins } from "./symbol.ts";
import * as wire from "./wire.ts";

/** Reads a message of the contexts of all dexes, as of our receive time: it has none. Unlisted places are skipped. */
export function readContextStream(reading: Reading, payload: unknown): void {
  const message = readRow(reading, wire.ContextMessage, payload, "$");
  if (message === null) return;
  const placed = byPlace(reading);
  message.data.ctxs.forEach((raw, i) => {
    const path = `$.data.ctxs[${i}]`;
    const dex = readRow(reading, wire.DexContexts, raw, path);
    if (dex === null) return;
    const [name, contexts] = dex;
    readList(reading, contexts, `${path}[1]`).forEach((context, place) => {
      const instrument = placed.get(placeKey(name, place));
      if (instrument !== undefined) readContext(reading, instrument, context, `${path}[1][${place}]`);
    });
  });
  if (placed.size === 0) reject(reading, "$.data.ctxs", "no list of coins says which row is which", null);
}

/** The known coins by their place; without a list, those whose place is known. A coin that was asked for stands alone. */
function byPlace({ context }: Reading): Map<string, Instrument> {
  const { venueSymbol: asked } = context;
  const placed = new Map<string, Instrument>();
  const coins = context.instruments.size > 0 ? [...context.instruments.values()] : placedCoins();
  for (const coin of coins) {
    if (coin.venueIndex === undefined || !coin.listed || (asked !== null && asked !== coin.venueSymbol)) continue;
    placed.set(placeKey(dexOf(coin.venueSymbol), coin.venueIndex), coin);
  }
  return placed;
}

function placeKey(dex: string, place: number): string {
  return `${dex} ${place}`;
}
