// An existing client of the v4 API with nothing but its base URL changed: every call it makes, and the picture it draws.
import { beforeAll, describe, expect, test, vi } from "vitest";
import { makeCalls, pairOf } from "../../scripts/coinglass/calls.ts";
import { v4Client } from "../../scripts/coinglass/client.ts";
import { differenceOf } from "../../scripts/coinglass/compare.ts";
import { sameMoment } from "../../scripts/coinglass/same-moment.ts";
import { drawHeatmap } from "../../workers/api/picture/heatmap-picture.ts";
import { NOW, request, saveReported, startMarket } from "./market.ts";

vi.setConfig({ testTimeout: 30_000 });

const ask = (url: string, headers: Record<string, string>) => request(url, { headers });
// sample programs leave a slash at the end of the base, which doubles the one after it
const client = v4Client("http://localhost/", "not-a-key-of-this-deployment", ask);
const native = { baseUrl: "http://localhost", ask };
const STYLE = { width: 600, height: 400, theme: "dark", palette: "inferno" } as const;

beforeAll(async () => {
  await startMarket();
  await saveReported("binance", [[NOW - 60_000, "long", 40_000]]);
}, 60_000);

test.each(["Binance", "OKX"])("every call of %s has its documented shape", async (exchange) => {
  const pair = await pairOf(client, "BTC", exchange);
  const outcomes = await makeCalls(client, { symbol: "BTC", exchange, pair });
  expect(outcomes.length).toBe(17);
  expect(outcomes.filter(({ wrong }) => wrong !== null)).toEqual([]);
});

describe("the picture from the answer alone is the native one", () => {
  test.each([
    ["model1", null, "24h"],
    ["model2", null, "1d"],
    ["model3", null, "12h"],
    ["model1", "OKX", "24h"],
  ] as const)("%s of %s over %s: no cell, no candle and no pixel apart", async (model, exchange, range) => {
    const pair = exchange === null ? null : await pairOf(client, "BTC", exchange);
    const { difference } = await sameMoment(client, native, { model, symbol: "BTC", exchange, range, pair }, STYLE);
    expect(difference.cells).toBeGreaterThan(100);
    expect(difference.candles).toBeGreaterThan(100);
    expect(difference).toMatchObject({ cellsApart: 0, candlesApart: 0, pixelsApart: 0, pixels: 240_000 });
  });

  test("and the comparison sees a cell that is not where it belongs", async () => {
    const asked = { model: "model1", symbol: "BTC", exchange: null, range: "24h", pair: null } as const;
    const { ours, native: theirs } = await sameMoment(client, native, asked, STYLE);
    const cells = ours.source.cells.map(([x, y, usd], i): [number, number, number] => [x, y, i % 50 === 0 ? 1 : usd]);
    const source = { ...ours.source, cells };
    const difference = differenceOf({ source, pixels: drawHeatmap(source, STYLE) }, theirs);
    expect(difference.cellsApart).toBeGreaterThan(cells.length / 60);
    expect(difference.pixelsApart).toBeGreaterThan(0);
  });
});
