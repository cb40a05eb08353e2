// Coin-margined contracts are not in a coin's map (decision 0046): who names one is told, not given the map of the others.
import { ApiError } from "../../../src/shared/error/api-error.ts";
import { VENUES, type VenueId } from "../../../src/shared/market/symbol.ts";
import { coinMarginedCoin } from "../../../src/shared/venue/pair-name.ts";
import type { ApiConfig } from "../env.ts";

/** Refuses the name of a coin-margined contract on a coin that is served; `venue`: the exchange named beside it. */
export function refuseCoinMargined(text: string, config: ApiConfig, venue: VenueId | null): void {
  const colon = text.indexOf(":");
  const prefix = text.slice(0, Math.max(0, colon)).toLowerCase();
  const named = VENUES.find((id) => id === prefix) ?? venue;
  const coin = coinMarginedCoin(text.slice(colon + 1).toUpperCase(), named);
  if (coin === null || !config.symbols.includes(coin)) return;
  const accepted = [coin, `${coin}USDT`];
  throw new ApiError(
    "unknown-symbol",
    `symbol ${text.slice(0, 40)} is a coin-margined contract, and those are not counted; take ${accepted.join(" or ")}`,
    { parameter: "symbol", accepted },
  );
}
