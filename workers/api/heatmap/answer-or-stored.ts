// The heatmap, or, while its hub is away, what D1 and KV hold of it as of the newest mark.
import type { ApiConfig } from "../env.ts";
import { type Heatmap, heatmap } from "./answer.ts";
import { coverageAway, orWhileAway } from "./while-away.ts";

/** `awayMs`: age of an answer that was made without the hub, null for any other. */
export async function heatmapOrStored(
  env: Cloudflare.Env,
  config: ApiConfig,
  query: Parameters<typeof heatmap>[2],
): Promise<{ map: Heatmap; awayMs: number | null }> {
  const { made: map, isAway } = await orWhileAway(
    env,
    query.symbol,
    () => heatmap(env, config, query),
    (newest) => {
      const asOfMs = Math.min(query.asOfMs ?? newest.closedToMs, newest.closedToMs);
      return heatmap(env, config, { ...query, asOfMs, newest });
    },
  );
  if (!isAway) return { map, awayMs: null };
  const awayMs = config.clock.now() - map.asOf;
  return { map: { ...map, coverage: coverageAway(map.coverage, awayMs) }, awayMs };
}
