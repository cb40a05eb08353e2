// What an assistant may ask: small summaries, read only. Estimated and observed figures stand in different fields.
import { McpServer } from "@modelcontextprotocol/server";
import { z } from "zod";
import { ALL, DELTAS, type MapFilter, MODES } from "../../../src/shared/market/filter.ts";
import { MODEL_VERSION } from "../../../src/shared/model/model.ts";
import type { ApiConfig } from "../env.ts";
import { toSymbol, toVenues, withPrefix } from "../http/query.ts";
import { liquidationSummary, liquidationsShape } from "./liquidations.ts";
import { deltaSummary, heatmapSummary, levelsNear, marketList } from "./summaries.ts";

const READ_ONLY = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false };

const symbol = z.string().min(1).max(40).describe("Coin or pair, such as BTC or BINANCE:BTCUSDT");
const exchange = z.string().max(100).optional().describe("Only these exchanges, comma-separated; default all");
const mode = z.enum(MODES).optional().describe("exposed: open value; expected: the part expected to be force-sold");

const level = z.object({
  price: z.number(),
  distancePercent: z.number(),
  side: z.enum(["long", "short"]),
  estimatedUsd: z.number(),
});
/** What every answer says about itself. */
const stamp = {
  asOf: z.number().describe("ms UTC"),
  dataSource: z.string(),
  modelVersion: z.string(),
  coverageRatio: z.number().nullable(),
  note: z.string(),
};

export function newMcpServer(env: Cloudflare.Env, config: ApiConfig): McpServer {
  const server = new McpServer(
    { name: "faultline", version: "1" },
    {
      // every request has a server of its own: there is nobody to tell of a change
      capabilities: { tools: { listChanged: false } },
      instructions:
        "Estimated liquidation levels of leveraged crypto positions. Fields named estimated are a model's, fields named observed were reported by exchanges; never present the first as the second. No level is an exact price, and price is not drawn to levels.",
    },
  );
  const filterOf = (query: {
    symbol: string;
    exchange?: string | undefined;
    mode?: MapFilter["mode"] | undefined;
  }): MapFilter => {
    const { exchange, mode } = withPrefix(query.symbol, query);
    return { ...ALL, venues: exchange === undefined ? null : toVenues(exchange, config), mode: mode ?? "exposed" };
  };

  server.registerTool(
    "list_markets",
    {
      title: "List markets",
      description: "Symbols served here with price, open interest and how much of the market is covered.",
      inputSchema: z.strictObject({}),
      outputSchema: z.object({
        ...stamp,
        markets: z.array(
          z.object({
            symbol: z.string(),
            price: z.number().nullable(),
            openInterestUsd: z.number().nullable(),
            coverageRatio: z.number().nullable(),
            exchanges: z.array(z.string()),
          }),
        ),
      }),
      annotations: READ_ONLY,
    },
    async () => result(await marketList(env, config)),
  );
  server.registerTool(
    "get_heatmap_summary",
    {
      title: "Heatmap summary",
      description:
        "Totals and largest estimated liquidation levels above and below the price, beside what was observed.",
      inputSchema: z.strictObject({ symbol, exchange, mode }),
      outputSchema: z.object({
        ...stamp,
        symbol: z.string(),
        price: z.number().nullable(),
        estimatedLongUsd: z.number(),
        estimatedShortUsd: z.number(),
        largestBelow: z.array(level),
        largestAbove: z.array(level),
        observedLast24h: z.object({
          observedLongUsd: z.number(),
          observedShortUsd: z.number(),
          observedCount: z.number().int(),
        }),
      }),
      annotations: READ_ONLY,
    },
    async (query) => result(await heatmapSummary(env, config, toSymbol(query.symbol, config), filterOf(query))),
  );
  server.registerTool(
    "get_levels_near_price",
    {
      title: "Largest levels near a price",
      description: "The largest estimated levels within a percentage of a price (default: the price now).",
      inputSchema: z.strictObject({
        symbol,
        exchange,
        mode,
        price: z.number().positive().optional(),
        withinPercent: z.number().positive().max(50).optional().describe("default 5"),
        limit: z.number().int().min(1).max(50).optional().describe("default 10"),
      }),
      outputSchema: z.object({ ...stamp, symbol: z.string(), price: z.number().nullable(), levels: z.array(level) }),
      annotations: READ_ONLY,
    },
    async (query) =>
      result(
        await levelsNear(env, config, toSymbol(query.symbol, config), filterOf(query), {
          price: query.price ?? null,
          withinPercent: query.withinPercent ?? 5,
          limit: query.limit ?? 10,
        }),
      ),
  );
  server.registerTool(
    "get_delta",
    {
      title: "Change of the map",
      description: "Levels that grew and shrank most over a period, signed estimated USD.",
      inputSchema: z.strictObject({ symbol, exchange, mode, period: z.enum(DELTAS).optional().describe("default 4h") }),
      outputSchema: z.object({
        ...stamp,
        symbol: z.string(),
        price: z.number().nullable(),
        period: z.string(),
        notCompared: z.array(z.string()).describe("exchanges left out: in the map at one end of the period only"),
        estimatedChangeUsd: z.number(),
        grew: z.array(level),
        shrank: z.array(level),
      }),
      annotations: READ_ONLY,
    },
    async (query) =>
      result(
        await deltaSummary(env, config, toSymbol(query.symbol, config), {
          ...filterOf(query),
          delta: query.period ?? "4h",
        }),
      ),
  );
  server.registerTool(
    "get_recent_liquidations",
    {
      title: "Recent liquidations",
      description:
        "Liquidations that exchanges reported: sums, per hour, per exchange, and the largest. Observed, not estimated.",
      inputSchema: z.strictObject({
        symbol,
        exchange,
        hours: z.number().int().min(1).max(24).optional().describe("default 4"),
        limit: z.number().int().min(1).max(50).optional().describe("largest reports, default 5"),
      }),
      outputSchema: liquidationsShape,
      annotations: READ_ONLY,
    },
    async (query) =>
      result(
        await liquidationSummary(env, config, {
          symbol: toSymbol(query.symbol, config),
          venues: filterOf(query).venues ?? config.venues,
          hours: query.hours ?? 4,
          limit: query.limit ?? 5,
        }),
      ),
  );
  server.registerTool(
    "explain_model",
    {
      title: "Explain the model",
      description: "How the levels are estimated, what is assumed, and what must not be claimed.",
      inputSchema: z.strictObject({}),
      outputSchema: z.object({ modelVersion: z.string(), explanation: z.array(z.string()) }),
      annotations: READ_ONLY,
    },
    () => result({ modelVersion: MODEL_VERSION, explanation: EXPLANATION }),
  );
  return server;
}

const EXPLANATION = [
  "Open interest, volume and price of each exchange, minute by minute, move an estimate of open positions by entry price, leverage tier and age.",
  "Both sides always add up to the open interest the exchange reports: openings are added, closings and sweeps are taken away.",
  "A position's liquidation price follows from its entry and leverage under that exchange's margin rules, as if it were isolated.",
  "The share of each leverage tier is assumed or calibrated, never observed: exchanges do not publish it.",
  "exposed is open value; expected is the part of it expected to be force-sold if price gets there.",
  "Levels are no exact prices, and price is not drawn to them. Coverage says which share of known open interest is in the map.",
];

function result<T extends object>(summary: T) {
  return {
    content: [{ type: "text" as const, text: JSON.stringify(summary) }],
    structuredContent: summary as T & Record<string, unknown>,
  };
}
