// The euro's price in USDT, as an exchange trades it: `{"symbol":"EURUSDT","lastPrice":"1.0850","closeTime":1768092600000,…}`.
// https://developers.binance.com/docs/binance-spot-api-docs/rest-api/market-data-endpoints (24hr ticker, weight 2), on
// the host that serves market data only.
import * as z from "zod/mini";
import type { ExchangeRate } from "../market/currency.ts";
import { readNumber, TIME_MS } from "./num.ts";

export const EURO_RATE_PATH = "/api/v3/ticker/24hr?symbol=EURUSDT";
const SOURCE = "binance spot EURUSDT";

/** USDT per euro; far outside anything it has traded at is another pair's figure, or a mistake. */
const EURO_PRICE = { min: 0.5, max: 2 };

const tickerSchema = z.object({ symbol: z.literal("EURUSDT"), lastPrice: z.unknown(), closeTime: z.unknown() });

/** The rate of a payload, or the reason why there is none. Total. */
export function parseEuroRate(payload: unknown): ExchangeRate | { error: string } {
  const ticker = tickerSchema.safeParse(payload);
  if (!ticker.success) return { error: "the answer is no ticker of EURUSDT" };
  const price = readNumber(ticker.data.lastPrice, EURO_PRICE);
  if ("reason" in price) return { error: `lastPrice ${price.reason}` };
  const at = readNumber(ticker.data.closeTime, TIME_MS);
  if ("reason" in at) return { error: `closeTime ${at.reason}` };
  return { currency: "EUR", value: 1 / price.value, source: SOURCE, at: at.value };
}
