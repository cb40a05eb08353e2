// Columns whose change says nothing: an exchange came into the map, or left it, between the change's two ends.

import type { ClosedColumn } from "../../../src/shared/market/closed-column.ts";
import { comparedAt } from "../../../src/shared/market/compared.ts";
import type { MapFilter } from "../../../src/shared/market/filter.ts";
import type { VenueId } from "../../../src/shared/market/symbol.ts";
import type { EpochMs } from "../../../src/shared/time/clock.ts";

/** Who was in the map, by the moment. */
export class Presence {
  readonly #at = new Map<EpochMs, VenueId[]>();
  readonly #filter: MapFilter;
  readonly #all: readonly VenueId[];

  constructor(filter: MapFilter, all: readonly VenueId[], closed: readonly ClosedColumn[]) {
    this.#filter = filter;
    this.#all = all;
    for (const { startMs, intervalMs, venues } of closed) {
      this.note(
        startMs + intervalMs,
        venues.map(({ id }) => id),
      );
    }
  }

  note(at: EpochMs, venues: VenueId[]): void {
    this.#at.set(at, venues);
  }

  /** False when the chosen exchanges are known to be others at one end than at the other. */
  isComparable(beginMs: EpochMs, endMs: EpochMs): boolean {
    const [before, after] = [this.#at.get(beginMs), this.#at.get(endMs)];
    if (before === undefined || after === undefined) return true;
    return comparedAt(this.#filter, this.#all, before, after).notCompared.length === 0;
  }
}
