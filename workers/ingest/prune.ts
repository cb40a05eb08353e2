// Deletes what is past its keep. What that is, the store knows; when it is, the market clock.
import { marketClock } from "../../src/shared/settings/market-clock.ts";
import { pruneExpired } from "../store/prune.ts";

export async function prune(env: Cloudflare.Env): Promise<void> {
  await pruneExpired(env.DB, marketClock(env, () => Date.now()).now());
}
