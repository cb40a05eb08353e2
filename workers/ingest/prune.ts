// Deletes what is past its keep. What that is, the store knows; when it is, the market clock.
import { keepLiquidationsMs } from "../../src/shared/settings/kept.ts";
import { marketClock } from "../../src/shared/settings/market-clock.ts";
import { pruneExpired } from "../store/prune.ts";
import { pruneContext } from "../store/prune-context.ts";

export async function prune(env: Cloudflare.Env): Promise<void> {
  const now = marketClock(env, () => Date.now()).now();
  await pruneExpired(env.DB, now);
  await pruneContext(env.DB, now, keepLiquidationsMs(env));
}
