// Answers in another currency than the stored USD, at a rate that the answer states.
import { z } from "@hono/zod-openapi";
import { ApiError } from "../../../src/shared/error/api-error.ts";
import { CURRENCIES, type Currency, EURO_RATE_KEY, type ExchangeRate } from "../../../src/shared/market/currency.ts";
import { type EpochMs, HOUR_MS } from "../../../src/shared/time/clock.ts";
import { formTag } from "./entity-tag.ts";

/** An older rate is none: the euro moves by less than 1 % in an hour on all but a few days. */
const OLDEST_MS = HOUR_MS;
/** The cron renews the rate once a minute. */
const CACHE_S = 60;

export const currencyQuery = {
  currency: z
    .enum(CURRENCIES)
    .optional()
    .openapi({ description: "Currency of prices and sizes; default USD. EUR is converted at `rate`.", example: "USD" }),
};

export const currencyShape = {
  currency: z.enum(CURRENCIES).openapi({ description: "Of all prices and sizes here, coverage apart." }),
  rate: z
    .object({ value: z.number(), source: z.string(), timeMs: z.number().int() })
    .nullable()
    .openapi({ description: "Units of the currency for one USD; null where nothing is converted." }),
};

export interface Conversion {
  currency: Currency;
  rate: { value: number; source: string; timeMs: EpochMs } | null;
  /** Factor from USD. */
  factor: number;
}

/** The conversion of a request. Without a fresh rate there is no conversion: a 503 problem. */
export async function conversionOf(kv: KVNamespace, currency: Currency | undefined, now: EpochMs): Promise<Conversion> {
  if (currency === undefined || currency === "USD") return { currency: "USD", rate: null, factor: 1 };
  const rate = await kv.get<ExchangeRate>(EURO_RATE_KEY, { type: "json", cacheTtl: CACHE_S });
  if (rate === null || now - rate.at > OLDEST_MS) {
    const age = rate === null ? "none is known" : `the newest is ${Math.round((now - rate.at) / 60_000)} minutes old`;
    throw new ApiError("unavailable", `there is no fresh rate for ${currency}: ${age}; currency=USD needs none`, {
      parameter: "currency",
      accepted: ["USD"],
    });
  }
  return { currency, rate: { value: rate.value, source: rate.source, timeMs: rate.at }, factor: rate.value };
}

/** The tag of an answer in a currency: the same state at another rate is another answer. */
export function ratedTag(tag: string, { rate }: Conversion): string {
  return rate === null ? tag : formTag(tag, [rate.timeMs]);
}
