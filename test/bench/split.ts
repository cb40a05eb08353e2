// What the split of changes costs: rows on disk, sums in the hub, bytes in the answer.
import { gzipSync } from "node:zlib";
import { flowColumns } from "../../durable-objects/hub/flow-columns.ts";
import { LiveView } from "../../durable-objects/hub/live-view.ts";
import { mapSplit } from "../../durable-objects/hub/map-split.ts";
import { crossParts } from "../../durable-objects/hub/stored-levels.ts";
import { ALL, type MapFilter } from "../../src/shared/market/filter.ts";
import { VENUES } from "../../src/shared/market/symbol.ts";
import { DAY_MS, MINUTE_MS } from "../../src/shared/time/clock.ts";
import { axisOver } from "../../workers/api/heatmap/grid.ts";
import { printedSplit } from "../../workers/api/heatmap/map-split.ts";
import { splitCells } from "../../workers/api/heatmap/split-cells.ts";
import { type Benchmark, type BenchResult, summary } from "./benchmark.ts";
import { fillHub } from "./hub-day.ts";

const HALF_HOUR = 30 * MINUTE_MS;
const ROUNDS = 12;
/** Buckets of a level of the map. */
const HEIGHT = 4;

function run(): BenchResult {
  const { store, hub, settings } = fillHub(3_000);
  const { state } = hub;
  const runningMs = Math.floor((state.cursor ?? 0) / HALF_HOUR) * HALF_HOUR;
  const filter: MapFilter = { ...ALL, delta: "24h" };
  const price = state.venues.get("binance")?.lastClose ?? 0;
  const axis = axisOver(0.98 * price, 1.02 * price, 0.06, null);
  const ends = Array.from({ length: 48 }, (_, i) => runningMs - (47 - i) * HALF_HOUR);
  const columns = ends.map((endMs) => ({ endMs, venues: [...VENUES] }));
  const span = { fromMs: runningMs - DAY_MS, runningMs };

  const cross: number[] = [];
  const map: number[] = [];
  const grid: number[] = [];
  let mapBytes = 0;
  let gridBody = "";
  for (let round = 0; round < ROUNDS; round++) {
    cross.push(timed(() => crossParts(store, VENUES, ALL, span.fromMs, runningMs)));
    map.push(
      timed(() => {
        const live = new LiveView().flows(state, settings, hub.sequence);
        const split = mapSplit(store, settings, filter, span, live);
        if ("reason" in split) throw new Error(split.reason);
        mapBytes = gzipSync(JSON.stringify(printedSplit(split, HEIGHT, 1))).length;
      }),
    );
    grid.push(
      timed(() => {
        const hubFlows = flowColumns(store, settings, { filter, deltaMs: DAY_MS, columns, axis }, 0);
        if (hubFlows.columns.length < ends.length) throw new Error(hubFlows.reason ?? "columns without a split");
        const all = hubFlows.columns.map(({ endMs, flows }, index) => {
          return { ...{ index, flows }, fromMs: endMs - DAY_MS, fromLevel: 0, toLevel: axis.levels };
        });
        gridBody = JSON.stringify(splitCells([], { columns: all, reason: null }, 1).columns);
      }),
    );
  }
  const day = (rows: { body: Uint8Array }[]) => rows.reduce((sum, { body }) => sum + body.length, 0);
  const perExchange = (read: "flows" | "cross") =>
    VENUES.reduce((sum, venue) => sum + day(store[read](venue, span.fromMs, runningMs)), 0) / VENUES.length;
  const mean = (samples: number[]) => summary(samples.slice(2)).mean;
  const baseline = mean(cross);
  return {
    name: "split",
    what: `changes over 24 h of ${VENUES.length} exchanges, seeded market (seed 1): of the map, and of the 48 half hours' columns on ${axis.levels} levels`,
    baseline: { what: "decoding a day of combined columns of the same exchanges, all of them in sum" },
    figures: {
      mapRatio: { value: mean(map) / baseline, unit: "× baseline" },
      columnsRatio: { value: mean(grid) / baseline, unit: "× baseline" },
      mapMs: { value: mean(map), unit: "ms, with the running minute and the answer's JSON" },
      columnsMs: { value: mean(grid), unit: "ms, with the answer's JSON" },
      baselineMs: { value: baseline, unit: "ms" },
      rowBytesPerExchangeDay: { value: Math.round(perExchange("flows")), unit: "bytes" },
      crossBytesPerExchangeDay: { value: Math.round(perExchange("cross")), unit: "bytes, for comparison" },
      mapGzipBytes: { value: mapBytes, unit: "bytes, gzipped JSON of the map's split" },
      columnsBytes: { value: gridBody.length, unit: "bytes of JSON" },
      columnsGzipBytes: { value: gzipSync(gridBody).length, unit: "bytes, gzipped" },
    },
  };
}

function timed(work: () => unknown): number {
  const before = performance.now();
  work();
  return performance.now() - before;
}

export const splitBenchmark: Benchmark = { name: "split", run };
