// The 24-hour heatmap answer: from gzipped tiles, from tiles in memory; and the bytes of the tiles.
import { gunzipSync, gzipSync } from "node:zlib";
import { readLayers } from "../../durable-objects/hub/open-layers.ts";
import type { LayerColumn } from "../../src/shared/tile/layer-column.ts";
import { decodeTile, encodeTile } from "../../src/shared/tile/tile-codec.ts";
import { tileIndex, tileStartMs } from "../../src/shared/tile/tile-key.ts";
import { MINUTE_MS } from "../../src/shared/time/clock.ts";
import { axisOver, levelPrices, levelsOfParts, pushCells } from "../../workers/api/heatmap/grid.ts";
import { type Benchmark, type BenchResult, summary } from "./benchmark.ts";
import { fillHub } from "./hub-day.ts";

const FIVE_MINUTES = 5 * MINUTE_MS;
const COLUMNS = 288;
const ROUNDS = 40;

function run(): BenchResult {
  const { store } = fillHub(2_880);
  const held = store.openColumns(FIVE_MINUTES, 0, Number.MAX_SAFE_INTEGER).slice(-COLUMNS);
  const columns = held.flatMap((column) => readLayers(column)[0] ?? []);
  const closes = held.map((column) => (JSON.parse(column.meta) as { price: number }).price);
  const axis = axisOver(Math.min(...closes), Math.max(...closes), 0.06, null);
  const prices = levelPrices(axis);
  const tiles = toTiles(columns);

  const answer = (parts: readonly LayerColumn[]) => {
    const cells: [number, number, number][] = [];
    parts.forEach((part, index) => {
      pushCells(cells, index, levelsOfParts([{ column: part, factor: 1 }], axis, "both", 1));
    });
    return { columns: parts.map((part) => part.startMs), prices, cells };
  };
  const uncached: number[] = [];
  const inMemory: number[] = [];
  const serialise: number[] = [];
  let body = "";
  for (let round = 0; round < ROUNDS; round++) {
    uncached.push(timed(() => (body = JSON.stringify(answer(tiles.flatMap(readTile))))));
    inMemory.push(timed(() => (body = JSON.stringify(answer(columns)))));
    serialise.push(timed(() => JSON.stringify(JSON.parse(body))));
  }
  const mean = (samples: number[]) => summary(samples.slice(5)).mean;
  const baseline = mean(serialise);
  const tileBytes = tiles.reduce((sum, tile) => sum + tile.length, 0);
  const triplets = gzipSync(fullGridJson(columns)).length;
  return {
    name: "heatmap",
    what: `24 h of 5-minute columns, ${axis.levels} price levels, four exchanges summed, seeded market (seed 1)`,
    baseline: { what: "parsing and serialising the same answer as JSON" },
    figures: {
      fromTilesRatio: { value: mean(uncached) / baseline, unit: "× baseline" },
      inMemoryRatio: { value: mean(inMemory) / baseline, unit: "× baseline" },
      fromTilesMs: { value: mean(uncached), unit: "ms" },
      inMemoryMs: { value: mean(inMemory), unit: "ms" },
      jsonRoundTripMs: { value: baseline, unit: "ms" },
      answerBytes: { value: body.length, unit: "bytes" },
      tileBytes: { value: tileBytes, unit: "bytes, gzipped, whole axis, both sides" },
      tripletBytes: { value: triplets, unit: "bytes, gzipped [x, y, usd] JSON of the same cells" },
      tileByteRatio: { value: tileBytes / triplets, unit: "× triplets" },
    },
  };
}

function toTiles(columns: readonly LayerColumn[]): Uint8Array[] {
  const indices = [...new Set(columns.map((column) => tileIndex(column.startMs, FIVE_MINUTES)))];
  return indices.map((index) => {
    const own = columns.filter((column) => tileIndex(column.startMs, FIVE_MINUTES) === index);
    return gzipSync(encodeTile(FIVE_MINUTES, tileStartMs(index, FIVE_MINUTES), own));
  });
}

function readTile(gzipped: Uint8Array): LayerColumn[] {
  const tile = decodeTile(gunzipSync(gzipped));
  return "error" in tile ? [] : tile.columns;
}

/** Every cell of the tiles as the triplets that other APIs send. */
function fullGridJson(columns: readonly LayerColumn[]): string {
  const low = Math.min(...columns.flatMap((column) => [column.long.low || Infinity, column.short.low || Infinity]));
  const high = Math.max(
    ...columns.flatMap((column) => [
      column.long.low + column.long.codes.length,
      column.short.low + column.short.codes.length,
    ]),
  );
  const axis = { firstBucket: low, bucketsPerLevel: 1, levels: high - low };
  const cells: [number, number, number][] = [];
  columns.forEach((column, index) => {
    pushCells(cells, index, levelsOfParts([{ column, factor: 1 }], axis, "both", 1));
  });
  return JSON.stringify(cells);
}

function timed(work: () => unknown): number {
  const before = performance.now();
  work();
  return performance.now() - before;
}

export const heatmapBenchmark: Benchmark = { name: "heatmap", run };
