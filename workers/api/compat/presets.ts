// The three open presets behind the names model1, model2 and model3.
import { ALL, type MapFilter } from "../../../src/shared/market/filter.ts";
import type { VenueId } from "../../../src/shared/market/symbol.ts";

export const MODELS = ["model1", "model2", "model3"] as const;
export type ModelName = (typeof MODELS)[number];

export const PRESETS: Record<ModelName, { preset: string; filter: Pick<MapFilter, "mode" | "age">; meaning: string }> =
  {
    model1: {
      preset: "exposed",
      filter: { mode: "exposed", age: "all" },
      meaning: "open value whose liquidation price is there, standing at the end of the column",
    },
    model2: {
      preset: "expected",
      filter: { mode: "expected", age: "all" },
      meaning: "the part of it expected to be force-sold if price gets there",
    },
    model3: {
      preset: "fresh",
      filter: { mode: "exposed", age: "24h" },
      meaning: "the part of it that was opened within 24 hours",
    },
  };

export function presetFilter(model: ModelName, venue: VenueId | null): MapFilter {
  return { ...ALL, ...PRESETS[model].filter, venues: venue === null ? null : [venue] };
}
