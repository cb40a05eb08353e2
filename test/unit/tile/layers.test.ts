import { describe, expect, test } from "vitest";
import { ALL } from "../../../src/shared/market/filter.ts";
import { layersFor } from "../../../src/shared/tile/filter-layers.ts";
import { isLayerKey, LAYERS } from "../../../src/shared/tile/layer.ts";
import { addSideUsd, encodeLayerColumn, sumSideUsd } from "../../../src/shared/tile/layer-column.ts";
import { decodeTile, encodeTile } from "../../../src/shared/tile/tile-codec.ts";

describe("layers of a filter", () => {
  test.each([
    [{}, ["total"]],
    [{ side: "long", mode: "expected", delta: "1h" } as const, ["total"]],
    [{ venues: ["okx", "bybit"] as const }, ["exchange-okx", "exchange-bybit"]],
    [{ tiers: [50, 100] as const }, ["leverage-50", "leverage-100"]],
    [{ age: "24h" } as const, ["age-0-1h", "age-1-24h"]],
    [{ age: "7d" } as const, ["age-0-1h", "age-1-24h", "age-1-7d"]],
  ])("%j is added up from its own layers", (change, layers) => {
    expect(layersFor({ ...ALL, ...(change as object) })).toEqual(layers);
  });

  test("two kinds at once are not in the layers", () => {
    expect(layersFor({ ...ALL, venues: ["okx"], tiers: [50] })).toBeNull();
    expect(layersFor({ ...ALL, tiers: [50], age: "1h" })).toBeNull();
  });

  test("exchanges come last, so that a new one moves no other layer", () => {
    const firstExchange = LAYERS.findIndex((layer) => layer.startsWith("exchange-"));
    expect(firstExchange).toBe(10);
    expect(LAYERS.slice(firstExchange).every((layer) => layer.startsWith("exchange-"))).toBe(true);
    expect([isLayerKey("age-7d+"), isLayerKey("leverage-7")]).toEqual([true, false]);
  });
});

describe("a column", () => {
  const column = encodeLayerColumn(0, 100, Float64Array.of(0, 1_024, 0, 64, 0), Float64Array.of(0, 0, 0, 0, 2_048));

  test("keeps no empty levels at its ends", () => {
    expect([column.long.low, column.long.codes.length]).toEqual([101, 3]);
    expect([column.short.low, column.short.codes.length]).toEqual([104, 1]);
  });

  test("powers of two come back exactly, and a side's sum is that of its levels", () => {
    expect(sumSideUsd(column, "long")).toBeCloseTo(1_088, 8);
    expect(sumSideUsd(column, "short")).toBeCloseTo(2_048, 8);
  });

  test("what lies outside the asked span is skipped, the rest is added to what is there", () => {
    const into = Float64Array.of(5, 5);
    addSideUsd(column, "long", into, 102, 0.5);
    expect([...into].map(Math.round)).toEqual([5, 37]);
  });

  test("with nothing in it is empty and stays so in a tile", () => {
    const empty = encodeLayerColumn(60_000, 100, new Float64Array(9), new Float64Array(9));
    expect(empty.long.codes).toHaveLength(0);
    expect(decodeTile(encodeTile(60_000, 0, [empty]))).toEqual({ intervalMs: 60_000, columns: [empty] });
  });
});

test("a tile of another version or of no columns says so", () => {
  const bytes = encodeTile(60_000, 0, []);
  expect(decodeTile(bytes)).toEqual({ intervalMs: 60_000, columns: [] });
  const newer = bytes.slice();
  newer[4] = 2;
  expect(decodeTile(newer)).toEqual({ error: "tile version 2 is not 1" });
  expect(decodeTile(new Uint8Array(3))).toEqual({ error: "not a tile: wrong magic" });
});
