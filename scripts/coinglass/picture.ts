// The heatmap of a v4 answer as the painter of `.png` wants it, from nothing but the answer and what was asked for.
import type { Range } from "../../src/shared/market/filter.ts";
import { BUCKET_WIDTH } from "../../src/shared/tile/bucket-price.ts";
import type { PictureSource } from "../../workers/api/picture/source.ts";
import type { HeatmapData, Reply } from "./client.ts";

export interface Asked {
  model: "model1" | "model2" | "model3";
  symbol: string;
  /** As the surface prints it; null = all. */
  exchange: string | null;
  range: string;
}

/** The native filter that a model of the v4 surface is, as parameters of `/v1/heatmap`. */
export function nativeQuery({ model, exchange, range }: Asked): URLSearchParams {
  return new URLSearchParams({
    range: range === "1d" ? "24h" : range,
    ...(model === "model2" ? { mode: "expected" } : {}),
    ...(model === "model3" ? { age: "24h" } : {}),
    ...(exchange === null ? {} : { exchange: exchange.toLowerCase() }),
  });
}

export function pictureOf({ data, meta = {} }: Reply<HeatmapData>, asked: Asked): PictureSource {
  const [lowest = 1, second = lowest] = data.y_axis;
  const bucketsPerLevel = Math.max(1, Math.round(Math.log(second / lowest) / BUCKET_WIDTH));
  const columns = data.price_candlesticks.map(([startSeconds]) => startSeconds * 1_000);
  const coverage = (meta["coverage"] ?? { ratio: null, exchanges: [] }) as PictureSource["coverage"];
  return {
    symbol: asked.symbol,
    range: (asked.range === "1d" ? "24h" : asked.range) as Range,
    asOf: data.update_time,
    modelVersion: String(meta["model_version"] ?? ""),
    dataSource: (meta["data_source"] ?? "live") as PictureSource["dataSource"],
    coverage,
    filter: {
      exchange: asked.exchange === null ? coverage.exchanges.map((one) => one.id) : [asked.exchange.toLowerCase()],
      leverage: [5, 10, 25, 50, 100],
      age: asked.model === "model3" ? "24h" : "all",
      side: "both",
      mode: asked.model === "model2" ? "expected" : "exposed",
      delta: null,
    },
    currency: "USD",
    rate: null,
    // clients of this surface have no other price than the newest close
    price: Number(data.price_candlesticks.at(-1)?.[4] ?? Number.NaN) || null,
    intervalMs: stepOf(columns),
    columns,
    prices: data.y_axis,
    cells: data.liquidation_leverage_data,
    candles: data.price_candlesticks.map(([startSeconds, ...figures]) => [
      startSeconds * 1_000,
      ...figures.map(Number),
    ]),
    live: true,
    firstBucket: Math.round(Math.log(lowest) / BUCKET_WIDTH),
    bucketsPerLevel,
  };
}

/** The shortest distance between columns: where some are missing, others are not. */
function stepOf(columns: readonly number[]): number {
  const steps = columns.slice(1).map((at, i) => at - (columns[i] ?? 0));
  return steps.length === 0 ? 300_000 : Math.min(...steps);
}
