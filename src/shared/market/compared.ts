// Which exchanges a change over time can speak of: those in the map at both of its ends. One that comes or goes takes all it
// holds along, without anything having happened to its positions.
import type { MapFilter } from "./filter.ts";
import type { VenueId } from "./symbol.ts";

export interface Compared {
  /** The filter, narrowed to the exchanges of both ends. */
  filter: MapFilter;
  /** Chosen exchanges that are in the map at one end only. */
  notCompared: VenueId[];
}

/** Narrows a filter to the exchanges of both ends. */
export function comparedAt(
  filter: MapFilter,
  all: readonly VenueId[],
  before: readonly VenueId[],
  after: readonly VenueId[],
): Compared {
  const chosen = filter.venues ?? all;
  const notCompared = chosen.filter((id) => before.includes(id) !== after.includes(id));
  if (notCompared.length === 0) return { filter, notCompared };
  return { filter: { ...filter, venues: chosen.filter((id) => !notCompared.includes(id)) }, notCompared };
}
