// What the map held at the end of each hour, before anybody knew where price would go.
import type { Bar } from "../market/bar.ts";
import { TIERS } from "../market/filter.ts";
import type { Side } from "../market/symbol.ts";
import { findClusters } from "../model/clusters.ts";
import { BUCKET_WIDTH, bucketIndex } from "../model/lattice.ts";
import { type Model, openInterestBase } from "../model/model.ts";
import { AGE_CLASSES, addProfile, toUsd } from "../model/views.ts";
import { log } from "../num/log.ts";
import { HOUR_MS } from "../time/clock.ts";

export interface StandingSide {
  /** Value within 1 % of the price, USD. */
  nearUsd: number;
  /** Log distance of the largest cluster from 0.7 to 5 % away; null: not looked for, or none. */
  clusterDistance: number | null;
}

export interface Standing {
  /** End of the hour, and its path. */
  timeMs: number;
  high: number;
  low: number;
  close: number;
  openInterestUsd: number;
  observedUsd: Record<Side, number>;
  sides: Record<Side, StandingSide>;
}

/** Clusters are looked for this often. */
const CLUSTER_HOURS = 6;
const NEAREST = 0.007;
const FURTHEST = 0.05;
const REACH = Math.ceil((FURTHEST + 0.01) / BUCKET_WIDTH);

/** Returns a list that fills while its watcher sees a replay. */
export function watchStanding(): { hours: Standing[]; watch(model: Model, bar: Bar): void } {
  const hours: Standing[] = [];
  let high = 0;
  let low = Number.POSITIVE_INFINITY;
  let observed: Record<Side, number> = { long: 0, short: 0 };
  return {
    hours,
    watch(model, bar) {
      high = Math.max(high, bar.high);
      low = Math.min(low, bar.low);
      observed = {
        long: observed.long + (bar.observedLongUsd ?? Number.NaN),
        short: observed.short + (bar.observedShortUsd ?? Number.NaN),
      };
      const timeMs = bar.openTime + bar.intervalMs;
      if (timeMs % HOUR_MS !== 0) return;
      const seek = (timeMs / HOUR_MS) % CLUSTER_HOURS === 0;
      const openInterestUsd = (openInterestBase(model) ?? 0) * bar.close;
      const sides = { long: sideOf(model, "long", bar.close, seek), short: sideOf(model, "short", bar.close, seek) };
      hours.push({ timeMs, high, low, close: bar.close, openInterestUsd, observedUsd: observed, sides });
      high = 0;
      low = Number.POSITIVE_INFINITY;
      observed = { long: 0, short: 0 };
    },
  };
}

function sideOf(model: Model, side: Side, price: number, seek: boolean): StandingSide {
  const here = bucketIndex(price);
  const first = side === "long" ? here - REACH : here;
  const profile = new Float64Array(REACH);
  addProfile(model, { side, tiers: TIERS, ages: AGE_CLASSES }, profile, first);
  toUsd(profile, first);
  const distance = (i: number) => Math.abs((first + i + 0.5) * BUCKET_WIDTH - log(price));
  const nearUsd = profile.reduce((sum, usd, i) => (distance(i) <= 0.01 ? sum + usd : sum), 0);
  if (!seek) return { nearUsd, clusterDistance: null };
  const top = findClusters(profile).find(({ peak }) => distance(peak) >= NEAREST && distance(peak) <= FURTHEST);
  return { nearUsd, clusterDistance: top === undefined ? null : distance(top.peak) };
}
