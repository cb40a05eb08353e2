// Three views of one model under a name. A preset is nothing but filter values: the same map can be had with filters.
import type { Age, Mode } from "./filter.ts";

export const PRESETS = ["exposed", "expected", "fresh"] as const;
export type Preset = (typeof PRESETS)[number];

export interface PresetSpec {
  filter: { mode: Mode; age: Age };
  description: string;
}

export const PRESET_SPECS: Readonly<Record<Preset, PresetSpec>> = {
  exposed: {
    filter: { mode: "exposed", age: "all" },
    description: "Open value of positions by the price at which they would be liquidated, conserved to open interest.",
  },
  expected: {
    filter: { mode: "expected", age: "all" },
    description: "The part of it expected to be force-sold there: stops, top-ups and closes come before liquidation.",
  },
  fresh: {
    filter: { mode: "exposed", age: "24h" },
    description: "Open value of positions opened within 24 hours.",
  },
};

/** The preset that answers for one of CoinGlass's three model names, 1 to 3; their mathematics is not public. */
export function presetOfModelNumber(number: 1 | 2 | 3): Preset {
  return PRESETS[number - 1] ?? "exposed";
}
