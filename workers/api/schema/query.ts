// Query parameters that several routes share, with what people read about them.
import { z } from "@hono/zod-openapi";
import { AGES, DELTAS, MODES, RANGES, SIDE_FILTERS, TIERS } from "../../../src/shared/market/filter.ts";
import { PRESETS } from "../../../src/shared/market/preset.ts";
import { VENUES } from "../../../src/shared/market/symbol.ts";
import { timeQuery } from "../http/times.ts";

/** A comma-separated list whose entries must all be among `accepted`. */
function listOf(accepted: readonly string[]) {
  return z.string().superRefine((text, context) => {
    const wrong = splitList(text).find((entry) => !accepted.includes(entry.toLowerCase()));
    if (wrong === undefined && splitList(text).length > 0) return;
    const was = wrong === undefined ? "nothing" : `"${wrong.slice(0, 40)}"`;
    context.addIssue({ code: "custom", message: `holds ${was}`, params: { accepted } });
  });
}

/** Entries of a list parameter, trimmed. */
export function splitList(text: string): string[] {
  return text
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}

export const filterQuery = {
  exchange: listOf(VENUES)
    .optional()
    .openapi({ description: "Only these exchanges, comma-separated.", example: "binance,okx" }),
  leverage: listOf(TIERS.map(String))
    .optional()
    .openapi({ description: "Only these leverage tiers, comma-separated.", example: "50,100" }),
  age: z.enum(AGES).optional().openapi({ description: "Only positions opened within this time.", example: "24h" }),
  side: z.enum(SIDE_FILTERS).optional().openapi({ description: "Only longs or only shorts.", example: "both" }),
  mode: z.enum(MODES).optional().openapi({
    description: "exposed: open value with its liquidation price there. expected: the part expected to be force-sold.",
    example: "exposed",
  }),
  delta: z.enum(DELTAS).optional().openapi({
    description: "Change over this time instead of the size; map and heatmap also say what it is made of (deltaSplit).",
    example: "4h",
  }),
  weights: z.string().max(120).optional().openapi({
    description:
      "Leverage weights of your own, tier:share of opened size. Tiers not named keep the model's, and all together may be at most 1. The map is re-weighted as it is read.",
    example: "5:0.2,10:0.14,25:0.06",
  }),
  preset: z
    .enum(PRESETS)
    .optional()
    .openapi({ description: "A named view, see /v1/models: sets mode and age.", example: "exposed" }),
};

export const rangeQuery = {
  range: z.enum(RANGES).optional().openapi({ description: "How far back; default 24h.", example: "24h" }),
};

export const asOfQuery = {
  asOf: timeQuery(
    "Answer as published by this moment, ms UTC, from stored columns that had ended by then; default now. Columns listed as backfilled were written after the fact.",
  ),
};

export const bucketQuery = {
  bucket: z
    .string()
    .regex(/^0?\.\d{1,6}$/, "was no fraction such as 0.001")
    .optional()
    .openapi({ description: "Height of a price level as a fraction of price, in steps of 0.0005.", example: "0.001" }),
};

export const symbolParam = z.object({
  symbol: z.string().min(1).max(40).openapi({
    description: "Coin or pair; with an exchange in front (`BINANCE:BTCUSDT`) that exchange only.",
    example: "BTC",
  }),
});
