import type { EpochMs } from "../time/clock.ts";

export const VENUE_STATES = ["live", "degraded", "stale", "blocked", "off"] as const;
export type VenueState = (typeof VENUE_STATES)[number];

/** How a venue is doing for one symbol, with the reason and since when. */
export interface VenueStatus {
  state: VenueState;
  /** Null while live. */
  reason: string | null;
  sinceMs: EpochMs;
}
