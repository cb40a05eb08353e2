// A filter as text: the same filter always gives the same key, so equal subscriptions share one frame.
import { AGES, ALL, DELTAS, type MapFilter, MODES, SIDE_FILTERS, TIERS, type Tier } from "./filter.ts";
import { isVenueId, VENUES, type VenueId } from "./symbol.ts";
import { formatTierWeights, parseTierWeights } from "./tier-weights.ts";

/** Canonical text of a filter, parts in fixed order: `exchange=binance;leverage=50,100;age=24h`; "" for all. */
export function formatFilter(filter: MapFilter): string {
  const parts: string[] = [];
  if (filter.venues !== null) parts.push(`exchange=${VENUES.filter((id) => filter.venues?.includes(id)).join(",")}`);
  if (filter.tiers !== null) parts.push(`leverage=${TIERS.filter((tier) => filter.tiers?.includes(tier)).join(",")}`);
  if (filter.age !== "all") parts.push(`age=${filter.age}`);
  if (filter.side !== "both") parts.push(`side=${filter.side}`);
  if (filter.mode !== "exposed") parts.push(`mode=${filter.mode}`);
  if (filter.delta !== null) parts.push(`delta=${filter.delta}`);
  if (filter.weights !== undefined) parts.push(`weights=${formatTierWeights(filter.weights)}`);
  return parts.join(";");
}

/** Reads a canonical text back; null when it is none. */
export function parseFilter(text: string): MapFilter | null {
  const filter: MapFilter = { ...ALL };
  for (const part of text === "" ? [] : text.split(";")) {
    const [name = "", value = ""] = part.split("=");
    if (!readPart(filter, name, value)) return null;
  }
  return filter;
}

function readPart(filter: MapFilter, name: string, value: string): boolean {
  switch (name) {
    case "exchange": {
      const venues = value.split(",");
      if (!venues.every(isVenueId)) return false;
      filter.venues = venues as VenueId[];
      return true;
    }
    case "leverage": {
      const tiers = value.split(",").map(Number);
      if (!tiers.every((tier): tier is Tier => (TIERS as readonly number[]).includes(tier))) return false;
      filter.tiers = tiers;
      return true;
    }
    case "age":
      return assign(filter, "age", AGES, value);
    case "side":
      return assign(filter, "side", SIDE_FILTERS, value);
    case "mode":
      return assign(filter, "mode", MODES, value);
    case "delta":
      return assign(filter, "delta", DELTAS, value);
    case "weights": {
      const weights = parseTierWeights(value);
      if ("error" in weights) return false;
      filter.weights = weights;
      return true;
    }
    default:
      return false;
  }
}

function assign<K extends "age" | "side" | "mode" | "delta">(
  filter: MapFilter,
  key: K,
  accepted: readonly NonNullable<MapFilter[K]>[],
  value: string,
): boolean {
  const found = accepted.find((candidate) => candidate === value);
  if (found === undefined) return false;
  filter[key] = found as MapFilter[K];
  return true;
}
