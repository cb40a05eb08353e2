// Which stored layers a filter is added up from.
import type { MapFilter } from "../market/filter.ts";
import { AGE_CLASSES, type AgeClassId, type LayerKey } from "./layer.ts";

/** Disjoint age classes that a filter's age covers. */
export const AGES_OF: Record<MapFilter["age"], readonly AgeClassId[]> = {
  "1h": AGE_CLASSES.slice(0, 1),
  "24h": AGE_CLASSES.slice(0, 2),
  "7d": AGE_CLASSES.slice(0, 3),
  all: AGE_CLASSES,
};

/** Layers whose sum is the filtered map, or null when the filter combines kinds and needs the cross columns. */
export function layersFor(filter: MapFilter): LayerKey[] | null {
  const kinds: LayerKey[][] = [];
  if (filter.venues !== null) kinds.push(filter.venues.map((venue): LayerKey => `exchange-${venue}`));
  if (filter.tiers !== null) kinds.push(filter.tiers.map((tier): LayerKey => `leverage-${tier}`));
  if (filter.age !== "all") kinds.push(AGES_OF[filter.age].map((age): LayerKey => `age-${age}`));
  if (kinds.length > 1) return null;
  return kinds[0] ?? ["total"];
}
