// The change of the liquidation map up to an earlier moment: what stood at its end less what stood at its beginning.
import type { MapLevels } from "../../../durable-objects/hub/answers.ts";
import type { Levels } from "../../../durable-objects/hub/live-view.ts";
import { ApiError } from "../../../src/shared/error/api-error.ts";
import { comparedAt } from "../../../src/shared/market/compared.ts";
import { DELTA_MS, type Delta } from "../../../src/shared/market/filter.ts";
import type { VenueId } from "../../../src/shared/market/symbol.ts";
import type { EpochMs } from "../../../src/shared/time/clock.ts";
import type { ApiConfig } from "../env.ts";
import { type PastMap, type PastQuery, pastMap } from "./past-map.ts";

/** The map of `asOfMs`, or its change over the filter's delta, measured between the ends of stored columns. */
export async function pastMapOrChange(env: Cloudflare.Env, config: ApiConfig, query: PastQuery): Promise<PastChange> {
  const { delta } = query.filter;
  if (delta === null) return { ...(await pastMap(env, config, query)), fromMs: null, notCompared: [] };
  const readAt = (asOfMs: EpochMs) =>
    pastMap(env, config, { ...query, asOfMs }).catch((error: unknown) => {
      throw tooEarlyForChange(error, query, delta);
    });
  const later = await readAt(query.asOfMs);
  const fromMs = endOf(later) - DELTA_MS[delta];
  const earlier = await readAt(fromMs);
  if (fromMs - endOf(earlier) > DELTA_MS[delta] / 10) {
    const detail = `no column near the beginning of this change, ${new Date(fromMs).toISOString()}, can be read now`;
    throw new ApiError("unavailable", detail, { parameter: "delta" });
  }
  const [before, after] = [earlier, later].map(({ column }) => column.venues.map(({ id }) => id));
  const { filter, notCompared } = comparedAt(query.filter, config.venues, before ?? [], after ?? []);
  const found = { column: later.column, fromMs: endOf(earlier), notCompared };
  if (notCompared.length === 0) return { ...found, map: changeOf(later.map, earlier.map) };
  const [end, begin] = await Promise.all(
    [later, earlier].map((one) => pastMap(env, config, { ...query, filter, asOfMs: endOf(one) })),
  );
  return { ...found, map: changeOf((end ?? later).map, (begin ?? earlier).map) };
}

export interface PastChange extends PastMap {
  /** When the change begins; null without a delta. */
  fromMs: EpochMs | null;
  /** Exchanges that the change leaves out: they were in the map at one of its ends only. */
  notCompared: VenueId[];
}

/** A map before its reach, in the words of who asked for a change: that begins earlier than its `asOf`. */
function tooEarlyForChange(error: unknown, { asOfMs, newest }: PastQuery, delta: Delta): unknown {
  if (!(error instanceof ApiError) || error.code !== "not-enough-history") return error;
  const reachMs = Number(error.accepted?.[0]);
  const earliestMs = reachMs + DELTA_MS[delta];
  // without the hub the change may end before what was asked for, or nothing was
  const asked = newest === undefined ? `asOf was ${asOfMs}` : `this change ends at ${asOfMs}`;
  if (!(asOfMs < earliestMs)) {
    const detail = `no column is stored that a change with delta=${delta} could begin with; ${asked}`;
    return new ApiError("not-enough-history", detail, { parameter: "asOf" });
  }
  const reach = `the data reaches back to ${written(reachMs)}`;
  const detail = `${reach}, so with delta=${delta} the earliest asOf is ${written(earliestMs)}; ${asked}`;
  return new ApiError("not-enough-history", detail, { parameter: "asOf", accepted: [`${earliestMs}`] });
}

function written(ms: EpochMs): string {
  return `${new Date(ms).toISOString()} (${ms})`;
}

function endOf({ column }: PastMap): EpochMs {
  return column.startMs + column.intervalMs;
}

function changeOf(later: MapLevels, earlier: MapLevels): MapLevels {
  const each = (of: "byLeverage" | "byExchange") =>
    Object.fromEntries(
      Object.entries(later[of]).map(([key, levels]) => [key, less(levels, earlier[of][key] ?? NOTHING)]),
    );
  return { total: less(later.total, earlier.total), byLeverage: each("byLeverage"), byExchange: each("byExchange") };
}

const NOTHING: Levels = { first: 0, long: new Float64Array(0), short: new Float64Array(0) };

/** `a − b` over all buckets that either holds. */
function less(a: Levels, b: Levels): Levels {
  const held = [a, b].filter((levels) => levels.long.length > 0);
  if (held.length === 0) return NOTHING;
  const first = Math.min(...held.map((levels) => levels.first));
  const size = Math.max(...held.map((levels) => levels.first + levels.long.length)) - first;
  const change = { first, long: new Float64Array(size), short: new Float64Array(size) };
  for (const side of ["long", "short"] as const) {
    for (const [i, usd] of a[side].entries()) change[side][a.first - first + i] = usd;
    for (const [i, usd] of b[side].entries()) {
      const at = b.first - first + i;
      change[side][at] = (change[side][at] ?? 0) - usd;
    }
  }
  return change;
}
