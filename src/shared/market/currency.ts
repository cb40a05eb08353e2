// Currencies an answer may be given in. USD is stored; anything else is converted when read, at a rate the answer states.
import type { EpochMs } from "../time/clock.ts";

export const CURRENCIES = ["USD", "EUR"] as const;
export type Currency = (typeof CURRENCIES)[number];

export interface ExchangeRate {
  currency: Currency;
  /** Units of `currency` for one USD. */
  value: number;
  /** Which public price it is. */
  source: string;
  /** The exchange's own time of that price. */
  at: EpochMs;
}

/** Where the newest rate of the euro lies in KV. */
export const EURO_RATE_KEY = "rate/EUR";

/** Base address of the exchange whose public price the euro's rate is: it serves market data only, everywhere. */
export const EURO_RATE_BASE = "https://data-api.binance.vision";
