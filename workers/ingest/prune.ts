// Deletes what is past its keep. What that is, the store knows; when it is, the market clock.
import { marketClock } from "../../src/shared/settings/market-clock.ts";
import { readNumber } from "../../src/shared/settings/vars.ts";
import { DAY_MS } from "../../src/shared/time/clock.ts";
import { pruneExpired } from "../store/prune.ts";
import { pruneContext } from "../store/prune-context.ts";

const KEEP_LIQUIDATIONS_DAYS = 30;

export async function prune(env: Cloudflare.Env): Promise<void> {
  const now = marketClock(env, () => Date.now()).now();
  await pruneExpired(env.DB, now);
  await pruneContext(env.DB, now, readNumber(env, "KEEP_LIQUIDATIONS_DAYS", 1, KEEP_LIQUIDATIONS_DAYS) * DAY_MS);
}
