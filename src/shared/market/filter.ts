// The one filter behind all heatmap types; its parts compose freely.
import { HOUR_MS } from "../time/clock.ts";
import type { VenueId } from "./symbol.ts";

export const TIERS = [5, 10, 25, 50, 100] as const;
export type Tier = (typeof TIERS)[number];

/** Share of opened size per tier, as a reader wants it; tiers that are absent keep the model's. */
export type TierWeights = Readonly<Partial<Record<Tier, number>>>;

export const AGES = ["1h", "24h", "7d", "all"] as const;
/** When the position was opened: within the last hour, day, week, or any time. */
export type Age = (typeof AGES)[number];

export const SIDE_FILTERS = ["both", "long", "short"] as const;
export type SideFilter = (typeof SIDE_FILTERS)[number];

export const MODES = ["exposed", "expected"] as const;
/** Open value, or the part of it expected to be force-sold. */
export type Mode = (typeof MODES)[number];

export const DELTAS = ["1h", "4h", "24h"] as const;
export type Delta = (typeof DELTAS)[number];
/** How long each is. */
export const DELTA_MS: Record<Delta, number> = { "1h": HOUR_MS, "4h": 4 * HOUR_MS, "24h": 24 * HOUR_MS };

export interface MapFilter {
  /** Null = all exchanges. */
  venues: VenueId[] | null;
  /** Null = all tiers. */
  tiers: Tier[] | null;
  age: Age;
  side: SideFilter;
  mode: Mode;
  /** Null = standing size, else its change over the period. */
  delta: Delta | null;
  /** A reader's own leverage weights; absent = the model's. */
  weights?: TierWeights;
}

export const ALL: MapFilter = { venues: null, tiers: null, age: "all", side: "both", mode: "exposed", delta: null };

export const RANGES = ["12h", "24h", "3d", "7d", "14d", "30d", "90d", "180d", "1y"] as const;
export type Range = (typeof RANGES)[number];
