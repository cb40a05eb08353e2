// Other forms of the heatmap say the same as the native answer.
import { env } from "cloudflare:workers";
import { decode } from "fast-png";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { readGrid } from "../../src/client/tiles.ts";
import { AMOUNT_RELATIVE_ERROR } from "../../src/shared/tile/amount-code.ts";
import { heatmapParquet } from "../../workers/api/formats/parquet.ts";
import type { PictureSource } from "../../workers/api/picture/source.ts";
import { gunzip } from "../../workers/api/tiles/gzip.ts";
import { answer, NOW, request, startMarket } from "./market.ts";

vi.setConfig({ testTimeout: 30_000 });
beforeAll(startMarket, 60_000);

const native = (query = "") => answer<PictureSource>(`/v1/heatmap/BTC?${query}`);

test("every form is a path of the API's description", async () => {
  const { paths } = await answer<{ paths: Record<string, unknown> }>("/openapi.json");
  for (const form of ["json", "csv", "bin", "parquet", "png"]) {
    expect(paths).toHaveProperty([`/v1/heatmap/{symbol}.${form}`, "get"]);
  }
});

describe("forms of the heatmap", () => {
  test(".json is the native answer", async () => {
    expect(await answer("/v1/heatmap/BTC.json?range=12h")).toEqual(await native("range=12h"));
  });

  test(".csv has one row per cell, with its filter applied", async () => {
    const map = await native("range=12h&exchange=okx");
    const response = await request("/v1/heatmap/BTC.csv?range=12h&exchange=okx");
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(response.headers.get("content-disposition")).toContain("faultline-btc-12h.csv");
    const [header, ...rows] = (await response.text()).trimEnd().split("\r\n");
    expect(header).toBe("symbol,startMs,priceLow,priceHigh,estimatedUsd,asOf,modelVersion,dataSource");
    expect(rows).toHaveLength(map.cells.length);
    const [column = 0, level = 0, usd = 0] = map.cells[0] ?? [];
    expect(rows[0]?.split(",").slice(0, 5)).toEqual(
      ["BTC", map.columns[column], map.prices[level], map.prices[level + 1], usd].map(String),
    );
  });

  test(".bin is kept gzipped: the same bytes, a fraction of them to who takes that, made or cached", async () => {
    const path = "/v1/heatmap/BTC.bin?range=24h&age=7d";
    const plain = new Uint8Array(await (await request(path)).arrayBuffer());
    expect(readGrid(plain).cells.length).toBeGreaterThan(100);
    for (const side of ["both", "both", "long"]) {
      const response = await request(`${path}&side=${side}`, { headers: { "accept-encoding": "gzip" } });
      expect([response.headers.get("content-encoding"), response.headers.get("vary")]).toEqual([
        "gzip",
        "Accept-Encoding",
      ]);
      const bytes = new Uint8Array(await response.arrayBuffer());
      const grid = readGrid(await gunzip(bytes));
      expect(grid.description["filter"]).toMatchObject({ side });
      if (side === "both") expect(bytes.length).toBeLessThan(plain.length / 2);
    }
  });

  test(".bin holds the same grid, sizes within 2.2 %", async () => {
    for (const query of ["range=12h", "range=12h&delta=1h"]) {
      const map = await native(query);
      const response = await request(`/v1/heatmap/BTC.bin?${query}`);
      expect(response.headers.get("content-type")).toBe("application/octet-stream");
      const grid = readGrid(new Uint8Array(await response.arrayBuffer()));
      const { columns, prices, cells, candles, ...rest } = map;
      const { deltaSplit, deltaSplitReason, ...description } = rest as typeof rest & Record<string, unknown>;
      expect([deltaSplit !== null, deltaSplitReason]).toEqual([query.includes("delta"), null]);
      expect({ ...grid, cells: [] }).toEqual({ columns, prices, candles, cells: [], description });
      expect(grid.cells.map(([column, level]) => [column, level])).toEqual(cells.map(([at, level]) => [at, level]));
      const worst = Math.max(...cells.map((cell, i) => Math.abs((grid.cells[i]?.[2] ?? 0) / cell[2] - 1)));
      expect(worst).toBeLessThanOrEqual(AMOUNT_RELATIVE_ERROR);
    }
  });

  test(".parquet is read back by another reader, one row per cell, times as whole numbers", async () => {
    const map = await native("range=12h");
    const response = await request("/v1/heatmap/BTC.parquet?range=12h");
    expect(response.headers.get("content-type")).toBe("application/vnd.apache.parquet");
    const file = await response.arrayBuffer();
    const rows = (await parquetReadObjects({ file })) as Record<string, unknown>[];
    expect(rows).toHaveLength(map.cells.length);
    expect(rows).toEqual(
      map.cells.map(([column, level, usd]) => ({
        symbol: "BTC",
        startMs: BigInt(map.columns[column] ?? 0),
        priceLow: map.prices[level],
        priceHigh: map.prices[level + 1] ?? expect.any(Number),
        estimatedUsd: usd,
        asOf: BigInt(map.asOf),
        modelVersion: map.modelVersion,
        dataSource: "simulated",
      })),
    );
  });

  test("in euros, every table and the bytes have prices and sizes in them, and say so", async () => {
    const rate = { currency: "EUR", value: 0.9, source: "test EURUSDT", at: NOW - 30_000 };
    await env.TILES.put("rate/EUR", JSON.stringify(rate));
    const map = await native("range=12h&currency=EUR");
    const [column = 0, level = 0, size = 0] = map.cells[0] ?? [];
    const first = [map.columns[column], map.prices[level], map.prices[level + 1], size];
    const form = async (name: string) => {
      const response = await request(`/v1/heatmap/BTC.${name}?range=12h&currency=EUR`);
      expect(response.status).toBe(200);
      return response.arrayBuffer();
    };
    const [header, row] = new TextDecoder().decode(await form("csv")).split("\r\n");
    expect(header).toContain("priceLow,priceHigh,estimatedEur");
    expect(row?.split(",").slice(1, 5).map(Number)).toEqual(first);
    const grid = readGrid(new Uint8Array(await form("bin")));
    expect(grid.prices).toEqual(map.prices);
    expect(grid.description).toMatchObject({ currency: "EUR", rate: { value: 0.9 } });
    const [cell] = (await parquetReadObjects({ file: await form("parquet") })) as Record<string, unknown>[];
    expect([cell?.["priceLow"], cell?.["priceHigh"], cell?.["estimatedEur"]]).toEqual(first.slice(1));
  });

  test(".parquet of nothing is still a table with its columns", async () => {
    const map = { ...(await native("range=12h")), cells: [] };
    const file = heatmapParquet(map);
    expect(await parquetReadObjects({ file })).toEqual([]);
    const { schema } = parquetMetadata(file);
    expect(schema.slice(1).map(({ name, type }) => [name, type])).toEqual([
      ["symbol", "BYTE_ARRAY"],
      ["startMs", "INT64"],
      ["priceLow", "DOUBLE"],
      ["priceHigh", "DOUBLE"],
      ["estimatedUsd", "DOUBLE"],
      ["asOf", "INT64"],
      ["modelVersion", "BYTE_ARRAY"],
      ["dataSource", "BYTE_ARRAY"],
    ]);
  });

  test(".png has the size asked for, another theme is another picture, and its corner is the page", async () => {
    const pictures = [];
    for (const theme of ["dark", "light"]) {
      const response = await request(`/v1/heatmap/BTC.png?width=800&height=400&theme=${theme}`);
      expect([response.status, response.headers.get("content-type")]).toEqual([200, "image/png"]);
      pictures.push(decode(new Uint8Array(await response.arrayBuffer())));
    }
    expect(pictures.map(({ width, height }) => [width, height])).toEqual([
      [800, 400],
      [800, 400],
    ]);
    const corners = pictures.map(({ palette, data }) => {
      const corner = palette?.[data[0] ?? 0] ?? data.slice(0, 3);
      return [...corner].slice(0, 3);
    });
    expect(corners).toEqual([
      [0x0d, 0x0f, 0x15],
      [0xf6, 0xf7, 0xf9],
    ]);
  });

  test.each([
    ["/v1/heatmap/BTC.png?width=10000", 400, "width"],
    ["/v1/heatmap/BTC.png?colors=neon", 400, "colors"],
    ["/v1/heatmap/BTC.png?range=2h", 400, "range"],
    ["/v1/heatmap/BTC.csv?width=800", 400, "width"],
    ["/v1/heatmap/NOPE.png", 404, "symbol"],
    ["/v1/heatmap/NOPE.xlsx", 404, "symbol"],
  ])("%s is refused as the native route refuses", async (path, status, parameter) => {
    const response = await request(path);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({ status, parameter });
  });
});
