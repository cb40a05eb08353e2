// All venue adapters, in the fixed order of VENUES.
import { assertDefined } from "../error/assert.ts";
import type { VenueId } from "../market/symbol.ts";
import { binance } from "./binance/index.ts";
import { bitget } from "./bitget/index.ts";
import { bybit } from "./bybit/index.ts";
import { dydx } from "./dydx/index.ts";
import { gate } from "./gate/index.ts";
import { gmx } from "./gmx/index.ts";
import { hyperliquid } from "./hyperliquid/index.ts";
import { okx } from "./okx/index.ts";
import type { VenueAdapter } from "./venue.ts";

export const ADAPTERS: readonly VenueAdapter[] = [binance, bybit, okx, hyperliquid, bitget, gate, dydx, gmx];

/** Returns the adapter of a venue. */
export function adapterOf(id: VenueId): VenueAdapter {
  return assertDefined(
    ADAPTERS.find((adapter) => adapter.id === id),
    `the adapter of ${id}`,
  );
}
