// Layers of stored history: one per value of each single filter. Their sides are stored apart.
import { TIERS, type Tier } from "../market/filter.ts";
import { VENUES, type VenueId } from "../market/symbol.ts";

/** When the positions of a layer were opened, as disjoint classes; the filter `age=24h` is the first two. */
export const AGE_CLASSES = ["0-1h", "1-24h", "1-7d", "7d+"] as const;
export type AgeClassId = (typeof AGE_CLASSES)[number];

export type LayerKey = "total" | `exchange-${VenueId}` | `leverage-${Tier}` | `age-${AgeClassId}`;

/** All layers in storage order; exchanges come last, so that a new one leaves the others where they are. */
export const LAYERS: readonly LayerKey[] = [
  "total",
  ...TIERS.map((tier): LayerKey => `leverage-${tier}`),
  ...AGE_CLASSES.map((age): LayerKey => `age-${age}`),
  ...VENUES.map((venue): LayerKey => `exchange-${venue}`),
];

/** True when the text names a layer. */
export function isLayerKey(text: string): text is LayerKey {
  return (LAYERS as readonly string[]).includes(text);
}
