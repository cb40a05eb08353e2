// `npm run coinglass-picture` against a server on this machine that speaks both surfaces about one small map.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { drawHeatmap } from "../../workers/api/picture/heatmap-picture.ts";
import { encodePng } from "../../workers/api/picture/png.ts";
import type { PictureSource } from "../../workers/api/picture/source.ts";
import { temporaryFolder } from "../support/local-run.ts";

const START_MS = Date.UTC(2026, 0, 1);
const STYLE = { width: 1_200, height: 630, theme: "dark", palette: "inferno" } as const;
const FIRST_BUCKET = 23_000;
const LEVELS = 12;

const MAP: PictureSource = {
  symbol: "BTC",
  range: "24h",
  asOf: START_MS + 900_000,
  modelVersion: "constructed",
  dataSource: "simulated",
  coverage: {
    ratio: 1,
    thin: false,
    exchanges: [{ id: "binance", state: "live", ageMs: 0, openInterestUsd: 1e9, modelled: true }],
  },
  filter: {
    exchange: ["binance"],
    leverage: [5, 10, 25, 50, 100],
    age: "all",
    side: "both",
    mode: "exposed",
    delta: null,
  },
  currency: "USD",
  rate: null,
  price: 99_000,
  intervalMs: 300_000,
  columns: [0, 1, 2].map((i) => START_MS + i * 300_000),
  prices: Array.from({ length: LEVELS }, (_, i) => Number(Math.exp((FIRST_BUCKET + 4 * i) * 0.0005).toPrecision(8))),
  cells: [0, 1, 2].flatMap((x) =>
    Array.from({ length: LEVELS }, (_, y): [number, number, number] => [x, y, 1_000 * (x + y + 1)]),
  ),
  candles: [0, 1, 2].map((i) => [START_MS + i * 300_000, 99_000, 99_200, 98_900, 99_000, 5]),
  live: true,
  firstBucket: FIRST_BUCKET,
  bucketsPerLevel: 4,
};

/** The v4 form of the map, with `usdFactor` on its sizes. */
const heatmapData = (usdFactor: number) => ({
  y_axis: MAP.prices,
  liquidation_leverage_data: MAP.cells.map(([x, y, usd]) => [x, y, usd * usdFactor]),
  price_candlesticks: MAP.candles.map(([at = 0, ...figures]) => [Number(at) / 1_000, ...figures.map(String)]),
  update_time: MAP.asOf,
});

const TOTALS = { liquidation_usd: 3, long_liquidation_usd: 2, short_liquidation_usd: 1 };

function answerTo(path: string, usdFactor: number): unknown {
  if (path.includes("heatmap")) return heatmapData(usdFactor);
  switch (path.split("/").at(-1)) {
    case "supported-coins":
      return ["BTC"];
    case "supported-exchanges":
      return ["Binance"];
    case "supported-exchange-pairs":
      return { Binance: [{ instrument_id: "BTCUSDT", base_asset: "BTC", quote_asset: "USDT" }] };
    case "map":
      return { data: { "99000": [[99_000, 5, 25, null]] } };
    case "aggregated-map":
      return { data: { "99000": [[99_000, 5, null, null]] } };
    case "exchange-list":
      return [{ exchange: "All", ...TOTALS }];
    default:
      return [];
  }
}

/** The surface as it should be, and one whose sizes are off by a tenth. */
const servers = [1, 1.1].map((usdFactor) =>
  createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const isKeyed = request.headers["cg-api-key"] === "some-key";
    if (pathname.endsWith(".png")) {
      void encodePng(drawHeatmap(MAP, STYLE)).then((png) => response.end(png));
    } else if (pathname.startsWith("/v1/")) response.end(JSON.stringify(MAP));
    else if (!isKeyed) response.end(JSON.stringify({ code: "401", msg: "no key" }));
    else {
      const meta = { coverage: MAP.coverage, model_version: MAP.modelVersion, data_source: MAP.dataSource };
      response.end(JSON.stringify({ code: "0", msg: "success", data: answerTo(pathname, usdFactor), meta }));
    }
  }),
);
const folder = temporaryFolder();
let bases: string[] = [];

beforeAll(async () => {
  for (const server of servers) await new Promise<void>((settle) => server.listen(0, "127.0.0.1", settle));
  bases = servers.map((server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterAll(() => {
  for (const server of servers) server.close();
  folder.remove();
});

function run(...args: string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  return new Promise((settle) => {
    const child = execFile(process.execPath, ["scripts/coinglass-picture.ts", ...args], (_, stdout, stderr) =>
      settle({ status: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

test("the same map on both surfaces is the same picture, written where asked", async () => {
  const out = join(folder.path, "picture.png");
  const { status, stdout, stderr } = await run("--base-url", bases[0] ?? "", "--key", "some-key", "--out", out);
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout.match(/^as documented/gm)).toHaveLength(17);
  expect(stdout).toContain("cells apart 0 of 36, candles apart 0 of 3, pixels apart 0 of 756000 (0.000 %)");
  expect([...readFileSync(out).subarray(1, 4)]).toEqual([...Buffer.from("PNG")]);
});

test("sizes that are off are not the same picture", async () => {
  const out = join(folder.path, "other.png");
  const { status, stdout } = await run("--base-url", bases[1] ?? "", "--key", "some-key", "--out", out);
  expect(status).toBe(1);
  expect(stdout).toContain("cells apart 36 of 36");
  expect(stdout).toContain("NOT the same picture");
});

test("what the server refuses is told in its words", async () => {
  const { status, stderr } = await run("--base-url", bases[0] ?? "");
  expect([status, stderr]).toEqual([1, 'coinglass-picture: /api/futures/supported-exchanges: code "401", no key\n']);
});

test.each([
  [["--model", "4"], "--model was 4, expected 1, 2 or 3"],
  [["--colour", "red"], "Unknown option '--colour'"],
])("%j is wrong usage", async (args, reason) => {
  const { status, stdout, stderr } = await run(...args);
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(reason);
  expect(stderr).toContain("usage: npm run -s coinglass-picture");
});
