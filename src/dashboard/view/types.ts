// The five types people know are presets of the one filter.
import type { MapFilter } from "../../shared/market/filter.ts";
import type { VenueId } from "../../shared/market/symbol.ts";
import { EXCHANGE_NAMES } from "../text/names.ts";

export const MAP_TYPES = ["aggregated", "exchange", "age", "leverage", "delta"] as const;
export type MapType = (typeof MAP_TYPES)[number];

export const TYPE_NAMES: Record<MapType, string> = {
  aggregated: "Aggregated",
  exchange: "Exchange",
  age: "Age",
  leverage: "Leverage",
  delta: "Delta",
};

/** True when the filter narrows the map in the way of a type. */
export function isTypeActive(filter: MapFilter, type: MapType): boolean {
  switch (type) {
    case "exchange":
      return filter.venues !== null;
    case "age":
      return filter.age !== "all";
    case "leverage":
      return filter.tiers !== null;
    case "delta":
      return filter.delta !== null;
    case "aggregated":
      return !MAP_TYPES.some((other) => other !== "aggregated" && isTypeActive(filter, other));
  }
}

/** The type to open first for a filter: the most specific one that is set. */
export function typeOf(filter: MapFilter): MapType {
  const order: MapType[] = ["delta", "leverage", "age", "exchange"];
  return order.find((type) => isTypeActive(filter, type)) ?? "aggregated";
}

/**
 * Returns the filter after a type was chosen. "Aggregated" clears the four others; a type that is not set yet gets
 * its usual first value; side and mode stay.
 */
export function chooseType(filter: MapFilter, type: MapType, firstVenue: VenueId): MapFilter {
  if (type === "aggregated") return { ...filter, venues: null, tiers: null, age: "all", delta: null };
  if (isTypeActive(filter, type)) return filter;
  switch (type) {
    case "exchange":
      return { ...filter, venues: [firstVenue] };
    case "age":
      return { ...filter, age: "24h" };
    case "leverage":
      return { ...filter, tiers: [50, 100] };
    case "delta":
      return { ...filter, delta: "4h" };
  }
}

/** What a type's part of the filter says, for its chip; null when it is not set. */
export function typeDetail(filter: MapFilter, type: MapType): string | null {
  switch (type) {
    case "aggregated":
      return null;
    case "exchange": {
      const [only, ...others] = filter.venues ?? [];
      if (only === undefined) return null;
      return others.length === 0 ? (EXCHANGE_NAMES[only] ?? only) : `${others.length + 1}`;
    }
    case "age":
      return filter.age === "all" ? null : filter.age;
    case "leverage":
      return filter.tiers === null ? null : `${filter.tiers.join("·")}×`;
    case "delta":
      return filter.delta;
  }
}

/** Adds or removes one item of a multiple choice, in the fixed order; none or all of them = null, no restriction. */
export function toggleItem<T>(chosen: readonly T[] | null, item: T, all: readonly T[]): T[] | null {
  const before = chosen ?? [];
  const after = all.filter((each) => (each === item ? !before.includes(item) : before.includes(each)));
  return after.length === 0 || after.length === all.length ? null : after;
}
