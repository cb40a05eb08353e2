// Keeps the euro's rate fresh in KV, where every place of the edge reads it.
import type { ExchangeRate } from "../../src/shared/market/currency.ts";
import { EURO_RATE_KEY } from "../../src/shared/market/currency.ts";

/** A rate nobody renews disappears by itself. */
const KEEP_S = 7_200;

/** Stores the rate a feed answers; without one the stored rate stays, and ages. Throws with the reason. */
export async function storeEuroRate(
  kv: KVNamespace,
  feed: { euroRate(): Promise<ExchangeRate | { error: string }> },
): Promise<void> {
  const rate = await feed.euroRate();
  if ("error" in rate) throw new Error(`no euro rate: ${rate.error}`);
  await kv.put(EURO_RATE_KEY, JSON.stringify(rate), { expirationTtl: KEEP_S });
}
