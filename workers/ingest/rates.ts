// Keeps the euro's rate fresh in KV, where every place of the edge reads it.
import type { ExchangeRate } from "../../src/shared/market/currency.ts";
import { EURO_RATE_KEY } from "../../src/shared/market/currency.ts";
import type { DataSource } from "../../src/shared/market/symbol.ts";

/** A rate nobody renews disappears by itself. */
const KEEP_S = 7_200;

let isTold = false;

/**
 * Stores the rate a feed answers; without one the stored rate stays, and ages. Throws with the reason where there should
 * be one; a market that is played back has none, which is said once.
 */
export async function storeEuroRate(
  kv: KVNamespace,
  feed: { euroRate(): Promise<ExchangeRate | { error: string }> },
  dataSource: DataSource,
): Promise<void> {
  const rate = await feed.euroRate();
  if ("error" in rate) {
    if (dataSource === "live") throw new Error(`no euro rate: ${rate.error}`);
    if (!isTold)
      console.info(
        `rates: no euro rate (${rate.error}); this market is ${dataSource === "replay" ? "a replay" : dataSource}, and currency=EUR is refused`,
      );
    isTold = true;
    return;
  }
  await kv.put(EURO_RATE_KEY, JSON.stringify(rate), { expirationTtl: KEEP_S });
}
