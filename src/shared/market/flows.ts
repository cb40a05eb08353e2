// What a change over time is made of: change = opened − closed − swept + moved.
import type { MapFilter } from "./filter.ts";

/** USD per bucket or level. */
export interface Flows {
  opened: Float64Array;
  closed: Float64Array;
  swept: Float64Array;
  /** Topped up or charged with funding, so that the liquidation price moved; negative where size left. */
  moved: Float64Array;
}

export const FLOW_KINDS = ["opened", "closed", "swept", "moved"] as const satisfies (keyof Flows)[];

export function createFlows(length: number): Flows {
  const column = () => new Float64Array(length);
  return { opened: column(), closed: column(), swept: column(), moved: column() };
}

/** The change that one amount of each kind makes. */
export function changeOf(flows: { opened: number; closed: number; swept: number; moved: number }): number {
  return flows.opened - flows.closed - flows.swept + flows.moved;
}

/** One bucket or level of all kinds; what lies outside is 0. */
export function flowsAt(flows: Flows, i: number): { opened: number; closed: number; swept: number; moved: number } {
  const { opened, closed, swept, moved } = flows;
  return { opened: opened[i] ?? 0, closed: closed[i] ?? 0, swept: swept[i] ?? 0, moved: moved[i] ?? 0 };
}

/** Why changes under a filter are not split, or null when they are. */
export function unsplitReason({ tiers, age, weights }: MapFilter): string | null {
  if (tiers === null && age === "all" && weights === undefined) return null;
  return "the split is kept per exchange and side, not per leverage or age";
}
