// Our decoder against vectors that another language can use as well (UPDATE_GOLDEN=1 writes them anew).
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readGrid, readTile } from "../../../src/client/tiles.ts";
import { encodeGrid } from "../../../src/shared/tile/grid-codec.ts";
import { encodeLayerColumn } from "../../../src/shared/tile/layer-column.ts";
import { encodeTile } from "../../../src/shared/tile/tile-codec.ts";

const HOME = "test/fixtures/tiles";
const START = 27_000 * 64 * 300_000;
const column = (at: number, first: number, longs: number[], shorts: number[]) =>
  encodeLayerColumn(START + at * 300_000, first, Float64Array.from(longs), Float64Array.from(shorts));

const TILES: Record<string, Uint8Array> = {
  empty: encodeTile(300_000, START, []),
  "one-cell": encodeTile(300_000, START, [column(5, 22_900, [1_000_000], [0])]),
  "both-sides-with-a-hole": encodeTile(300_000, START, [
    column(0, 22_998, [50_000, 75_000, 0, 0], [0, 0, 20_000, 1_250_000]),
    column(1, 22_998, [50_000, 0, 0, 0], [0, 0, 20_000, 1_300_000]),
    column(63, 22_997, [3, 2_000_000], [0, 0]),
  ]),
};
const GRID = {
  description: { symbol: "BTC", range: "24h", asOf: START, currency: "USD" },
  columns: [START, START + 300_000, START + 900_000],
  prices: [96_000.5, 96_048.512, 96_096.548],
  cells: [
    [0, 0, 1_000_000],
    [0, 2, 250],
    [1, 0, 1_000_000],
    [2, 1, -40_000],
  ],
  candles: [
    [START, 96_010, 96_090, 96_000, 96_050, 12.5],
    [START + 300_000, 96_050, 96_060, 96_020, 96_030, 7.25],
    [START + 900_000, null, null, null, null, null],
  ],
};

interface Vector {
  base64: string;
  expected: object;
}

function vector(name: string, bytes: () => Uint8Array, read: (bytes: Uint8Array) => object): Vector {
  const file = `${HOME}/${name}.json`;
  if (process.env["UPDATE_GOLDEN"] === "1") {
    mkdirSync(HOME, { recursive: true });
    const base64 = Buffer.from(bytes()).toString("base64");
    writeFileSync(file, `${JSON.stringify({ base64, expected: read(bytes()) }, null, 2)}\n`);
  }
  return JSON.parse(readFileSync(file, "utf8")) as Vector;
}

/** Sizes to the last digit that the vectors hold; another language's exponential may differ beyond. */
function rounded(value: object): object {
  return JSON.parse(
    JSON.stringify(value, (_, own) => (typeof own === "number" ? Number(own.toPrecision(12)) : own)),
  ) as object;
}

const unpacked = (base64: string) => Uint8Array.from(Buffer.from(base64, "base64"));
const gridBytes = () => encodeGrid(new TextEncoder().encode(JSON.stringify(GRID.description)), GRID);

describe("vectors", () => {
  test.each(Object.keys(TILES))("tile %s", (name) => {
    const { base64, expected } = vector(
      name,
      () => TILES[name] ?? new Uint8Array(),
      (bytes) => rounded(readTile(bytes)),
    );
    expect(rounded(readTile(unpacked(base64)))).toEqual(expected);
  });

  test("the writer makes the same bytes", () => {
    for (const [name, bytes] of Object.entries(TILES)) {
      const { base64 } = JSON.parse(readFileSync(`${HOME}/${name}.json`, "utf8")) as Vector;
      expect([name, Buffer.from(bytes).toString("base64")]).toEqual([name, base64]);
    }
  });

  test("grid", () => {
    const { base64, expected } = vector("grid", gridBytes, (bytes) => rounded(readGrid(bytes)));
    expect(rounded(readGrid(unpacked(base64)))).toEqual(expected);
  });
});

describe("readGrid", () => {
  test("gives back what was written, sizes within 2.2 %", () => {
    const read = readGrid(gridBytes());
    expect({ ...read, cells: [] }).toEqual({ ...GRID, cells: [] });
    expect(read.cells.map((cell) => cell.slice(0, 2))).toEqual(GRID.cells.map((cell) => cell.slice(0, 2)));
    for (const [i, cell] of GRID.cells.entries()) expect((read.cells[i]?.[2] ?? 0) / (cell[2] ?? 1)).toBeCloseTo(1, 1);
  });

  test("refuses every cut and other bytes with the reason", () => {
    const bytes = gridBytes();
    for (let length = 0; length < bytes.length; length++) expect(() => readGrid(bytes.subarray(0, length))).toThrow();
    expect(() => readGrid(Uint8Array.from([9, ...bytes]))).toThrow("wrong magic");
    expect(() => readTile(bytes)).toThrow("not a tile");
  });
});
