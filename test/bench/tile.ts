// Tiles: requests per second of a cached one through the Worker, encoding, and bytes against JSON of the same grid.
import { get } from "node:http";
import { gunzipSync, gzipSync } from "node:zlib";
import { readLayers } from "../../durable-objects/hub/open-layers.ts";
import { readGrid } from "../../src/client/tiles.ts";
import type { ClosedColumn } from "../../src/shared/market/closed-column.ts";
import type { LayerColumn } from "../../src/shared/tile/layer-column.ts";
import { encodeTile } from "../../src/shared/tile/tile-codec.ts";
import { tileIndex, tileStartMs } from "../../src/shared/tile/tile-key.ts";
import { MINUTE_MS } from "../../src/shared/time/clock.ts";
import { levelPrices, levelsOfParts, pushCells } from "../../workers/api/heatmap/grid.ts";
import { DAY0 } from "../support/batches.ts";
import { type ApiWorker, startApiWorker } from "./api-worker.ts";
import { type Benchmark, type BenchResult, summary } from "./benchmark.ts";
import { compareRates } from "./http-load.ts";
import { fillHub } from "./hub-day.ts";

const FIVE_MINUTES = 5 * MINUTE_MS;
const ROUNDS = 40;
const GZIP = "accept-encoding: gzip\r\n";

async function run(): Promise<BenchResult> {
  const bytes = gridBytes();
  const worker = await startApiWorker();
  try {
    const path = await closedTile(worker);
    const size = await worker.keep(path);
    const { ratio, own, bare, ownCpuMs, bareCpuMs } = await compareRates(worker.port, path, "/bench/bare", GZIP);
    const answers = await answerBytes(worker.port);
    return {
      name: "tile",
      what: "GET of a closed tile through the whole Worker in workerd, 8 connections of 8 requests; a day of a seeded market",
      baseline: { what: "the same bytes from a handler that does nothing else, in the same process" },
      figures: {
        cachedTileRatio: { value: ratio, unit: "× baseline" },
        tileBytesRatio: { value: bytes.tiles / bytes.json, unit: "× gzipped CoinGlass-shape JSON of the same grid" },
        binBytesRatio: { value: answers.bin / answers.json, unit: "× gzipped CoinGlass-shape JSON of the same answer" },
        cachedTilePerSecond: { value: own, unit: `requests/s of ${size} bytes` },
        bareTilePerSecond: { value: bare, unit: "requests/s" },
        cachedTileCpuMs: { value: ownCpuMs, unit: "ms of workerd's CPU an answer, under that load" },
        bareTileCpuMs: { value: bareCpuMs, unit: "ms of workerd's CPU an answer, under that load" },
        encodeTileMs: { value: bytes.encodeMs, unit: "ms a tile of 64 columns, without gzip" },
        gzipTileMs: { value: bytes.gzipMs, unit: "ms a tile" },
        tileBytes: { value: bytes.tiles, unit: `bytes of ${bytes.columns} columns, gzipped, whole axis, both sides` },
        gridJsonBytes: { value: bytes.json, unit: `bytes gzipped, ${bytes.cells} cells` },
        binBytes: { value: answers.bin, unit: "bytes of /v1/heatmap/BTC.bin?range=24h, as sent" },
        binJsonBytes: { value: answers.json, unit: "bytes gzipped, its cells, prices and candles" },
      },
    };
  } finally {
    await worker.stop();
  }
}

/** Address of a closed tile, once D1 has it. */
async function closedTile({ port }: ApiWorker): Promise<string> {
  const about = await fetch(`http://127.0.0.1:${port}/v1/heatmap/BTC?range=12h`);
  const { modelVersion } = (await about.json()) as { modelVersion: string };
  const index = tileIndex(DAY0, FIVE_MINUTES) + 2;
  const path = `/v1/tiles/${modelVersion}/BTC/total/5m/${index}.bin`;
  for (let tries = 0; tries < 100; tries++) {
    const tile = await fetch(`http://127.0.0.1:${port}${path}`);
    await tile.arrayBuffer();
    if (tile.status === 200 && tile.headers.get("cache-control")?.includes("immutable") === true) return path;
    await new Promise((settle) => setTimeout(settle, 200));
  }
  throw new Error(`${path} does not close`);
}

/** Every cell that a day of tiles holds, as tiles and in the shape of the compatible heatmap. */
function gridBytes() {
  const { store } = fillHub(1_440);
  const held = store.openColumns(FIVE_MINUTES, 0, Number.MAX_SAFE_INTEGER);
  const columns = held.flatMap((column) => readLayers(column)[0] ?? []);
  const encodes: number[] = [];
  const zips: number[] = [];
  let tiles = 0;
  for (let round = 0; round < ROUNDS; round++) {
    tiles = 0;
    for (const index of new Set(columns.map((column) => tileIndex(column.startMs, FIVE_MINUTES)))) {
      const own = columns.filter((column) => tileIndex(column.startMs, FIVE_MINUTES) === index);
      const before = performance.now();
      const encoded = encodeTile(FIVE_MINUTES, tileStartMs(index, FIVE_MINUTES), own);
      const between = performance.now();
      tiles += gzipSync(encoded).length;
      encodes.push(between - before);
      zips.push(performance.now() - between);
    }
  }
  const candles = held.map(({ meta, startMs }) => {
    const first = (JSON.parse(meta) as ClosedColumn).venues[0];
    const figures = [first?.open, first?.high, first?.low, first?.close, first?.volumeBase];
    return [startMs / 1_000, ...figures.map(String)];
  });
  const { prices, cells } = wholeGrid(columns);
  const data = { y_axis: prices, liquidation_leverage_data: cells, price_candlesticks: candles, update_time: 0 };
  const json = gzipSync(JSON.stringify({ code: "0", msg: "success", data }));
  const mean = (samples: number[]) => summary(samples.slice(samples.length / 4)).mean;
  const times = { encodeMs: mean(encodes), gzipMs: mean(zips) };
  return { ...times, tiles, json: json.length, columns: columns.length, cells: cells.length };
}

function wholeGrid(columns: readonly LayerColumn[]) {
  const sides = columns.flatMap(({ long, short }) => [long, short]).filter(({ codes }) => codes.length > 0);
  const low = Math.min(...sides.map((side) => side.low));
  const high = Math.max(...sides.map((side) => side.low + side.codes.length));
  const axis = { firstBucket: low, bucketsPerLevel: 1, levels: high - low };
  const cells: [number, number, number][] = [];
  columns.forEach((column, at) => {
    pushCells(cells, at, levelsOfParts([{ column, factor: 1 }], axis, "both", 1));
  });
  return { prices: levelPrices(axis), cells };
}

/** The 24-hour answer as bytes, and in the compatible shape without what that shape lacks. */
async function answerBytes(port: number): Promise<{ bin: number; json: number }> {
  const bin = await sentBytes(port, "/v1/heatmap/BTC.bin?range=24h");
  const compatible = await fetch(
    `http://127.0.0.1:${port}/api/futures/liquidation/aggregated-heatmap/model1?symbol=BTC&range=24h`,
  );
  const { code, msg, data } = (await compatible.json()) as { code: string; msg: string; data: object };
  return { bin, json: gzipSync(JSON.stringify({ code, msg, data })).length };
}

/** Bytes of a body as they are sent to who takes gzip; it must be a grid when it is unpacked. */
function sentBytes(port: number, path: string): Promise<number> {
  return new Promise((settle, fail) => {
    const options = { host: "127.0.0.1", port, path, headers: { "accept-encoding": "gzip" } };
    get(options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const body = Buffer.concat(chunks);
        readGrid(gunzipSync(body));
        settle(body.length);
      });
    }).on("error", fail);
  });
}

export const tileBenchmark: Benchmark = { name: "tile", run };
