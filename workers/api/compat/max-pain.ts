// max-pain: per coin the largest level on each side of its price. Longs are liquidated below it, shorts above (0056).
import type { Context } from "hono";
import { ApiError } from "../../../src/shared/error/api-error.ts";
import { ALL, type MapFilter } from "../../../src/shared/market/filter.ts";
import type { SymbolId } from "../../../src/shared/market/symbol.ts";
import { exp } from "../../../src/shared/num/exp.ts";
import { log } from "../../../src/shared/num/log.ts";
import { BUCKET_WIDTH } from "../../../src/shared/tile/bucket-price.ts";
import { type ApiEnv, configOf } from "../env.ts";
import { roundPrice } from "../heatmap/grid.ts";
import { type LevelRow, plainRows } from "../heatmap/level-rows.ts";
import { askLive } from "../hub-answers.ts";
import { success } from "./envelope.ts";
import { BUCKETS_PER_LEVEL } from "./map.ts";
import { oneOf, readParameters } from "./parameters.ts";
import { OPENED_WITHIN } from "./ranges.ts";

const LIVE_INTERVAL_MS = 300_000;

export async function maxPainRows(context: Context<ApiEnv>): Promise<Response> {
  const config = configOf(context.env);
  const query = readParameters(context, ["range"]);
  const asked = oneOf("range", query.range ?? "24h", Object.keys(OPENED_WITHIN));
  const filter: MapFilter = { ...ALL, age: OPENED_WITHIN[asked] ?? "all" };
  const settled = await Promise.allSettled(config.symbols.map((symbol) => row(context.env, symbol, filter)));
  const answers = settled.flatMap((one) => (one.status === "fulfilled" ? one.value : []));
  const missing = config.symbols.filter((_, i) => settled[i]?.status === "rejected");
  if (missing.length === config.symbols.length) throw new ApiError("unavailable", "no map can be read right now");
  return success(
    context,
    answers.map((one) => one.row),
    {
      estimated: true,
      as_of: Math.max(config.clock.now(), ...answers.map((one) => one.asOf)),
      opened_within: filter.age,
      unit: "USD",
      sides: "long_* is the largest level of longs, below the price; short_* that of shorts, above it",
      unreachable: missing,
    },
  );
}

/** Empty while the coin has no price or one of its sides no level. */
async function row(env: Cloudflare.Env, symbol: SymbolId, filter: MapFilter) {
  const live = await askLive(env, symbol, filter, LIVE_INTERVAL_MS);
  if (live.price === null) return [];
  const { below, above } = maxPain(plainRows(live.levels, BUCKETS_PER_LEVEL), live.price);
  if (below === null || above === null) return [];
  return [
    {
      asOf: live.asOf,
      row: {
        symbol,
        price: live.price,
        long_max_pain_liq_level: below.usd,
        long_max_pain_liq_price: below.price,
        short_max_pain_liq_level: above.usd,
        short_max_pain_liq_price: above.price,
        below: { ...below, liquidated_side: "long" },
        above: { ...above, liquidated_side: "short" },
      },
    },
  ];
}

interface Pain {
  below: { price: number; usd: number } | null;
  above: { price: number; usd: number } | null;
}

/** The largest level of longs below the price's own and of shorts above it. */
function maxPain(rows: readonly Pick<LevelRow, "price" | "longUsd" | "shortUsd">[], price: number): Pain {
  const height = BUCKETS_PER_LEVEL * BUCKET_WIDTH;
  const here = roundPrice(exp(Math.floor(log(price) / height) * height));
  let below: Pain["below"] = null;
  let above: Pain["above"] = null;
  for (const row of rows) {
    if (row.price < here && row.longUsd > (below?.usd ?? 0)) below = { price: row.price, usd: row.longUsd };
    if (row.price > here && row.shortUsd > (above?.usd ?? 0)) above = { price: row.price, usd: row.shortUsd };
  }
  return { below, above };
}
