import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AGES, ALL, DELTAS, type MapFilter, MODES, SIDE_FILTERS, TIERS } from "../../src/shared/market/filter.ts";
import { formatFilter, parseFilter } from "../../src/shared/market/filter-key.ts";
import { VENUES } from "../../src/shared/market/symbol.ts";
import { AMOUNT_RELATIVE_ERROR, fromAmountCode, toAmountCode } from "../../src/shared/tile/amount-code.ts";
import { decodeColumns, encodeColumns } from "../../src/shared/tile/column-codec.ts";
import { addSideUsd, encodeLayerColumn, type LayerColumn } from "../../src/shared/tile/layer-column.ts";
import { decodeTile, encodeTile } from "../../src/shared/tile/tile-codec.ts";
import { INTERVALS, TILE_COLUMNS, tileIndex, tileStartMs } from "../../src/shared/tile/tile-key.ts";

/** A dollar to a billion, evenly in the logarithm: what a level of a market holds. */
const usd = fc.double({ min: 0, max: 30, noNaN: true }).map((log2) => 2 ** log2);
const sizes = fc
  .array(fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, usd), { maxLength: 60 })
  .map((list) => Float64Array.from(list));
const layerColumn = (startMs: number) =>
  fc
    .tuple(fc.integer({ min: 15_000, max: 25_000 }), sizes, sizes)
    .map(([first, long, short]) => encodeLayerColumn(startMs, first, long, short));

/** Absolute codes per bucket: what a column says, whatever base it is written with. */
function codesOf(column: LayerColumn, lowest: number) {
  return (["long", "short"] as const).map((side) => {
    const { low, codes } = column[side];
    return [...codes].flatMap((code, i) =>
      code === 0 || column.base + code < lowest ? [] : [[low + i, column.base + code]],
    );
  });
}

const start = tileStartMs(27_000, 60_000);
const tileColumns = fc
  .uniqueArray(fc.integer({ min: 0, max: TILE_COLUMNS - 1 }), { maxLength: 12 })
  .chain((indexes) => fc.tuple(...indexes.map((index) => layerColumn(start + index * 60_000))));

describe("tiles", () => {
  test("columns in any order come back in order of time with the same sizes, but for dust beside a far larger one", () => {
    fc.assert(
      fc.property(tileColumns, (columns) => {
        const tile = decodeTile(encodeTile(60_000, start, columns));
        if ("error" in tile) throw new Error(tile.error);
        expect(tile.intervalMs).toBe(60_000);
        const inOrder = [...columns].sort((a, b) => a.startMs - b.startMs);
        expect(tile.columns.map((column) => column.startMs)).toEqual(inOrder.map((column) => column.startMs));
        const lowest = Math.max(-0x8000, ...columns.map((column) => column.base)) + 1;
        expect(tile.columns.map((column) => codesOf(column, lowest))).toEqual(
          inOrder.map((column) => codesOf(column, lowest)),
        );
      }),
      { numRuns: 150 },
    );
  });

  test("columns of like size come back exactly, none of them lost", () => {
    const like = fc
      .array(fc.double({ min: 1_000, max: 1e7, noNaN: true }), { minLength: 1, maxLength: 40 })
      .map((list) => encodeLayerColumn(start, 20_000, Float64Array.from(list), Float64Array.from(list)));
    fc.assert(
      fc.property(like, (column) => {
        const tile = decodeTile(encodeTile(60_000, start, [column]));
        expect("error" in tile ? tile : tile.columns).toEqual([column]);
      }),
    );
  });

  test("any bytes give a tile or a reason, never an exception, and what is cut off is never a tile", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 400 }),
        tileColumns,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (junk, columns, cut) => {
          const whole = encodeTile(60_000, start, columns);
          const head = whole.slice(0, Math.floor(cut * whole.length));
          expect(decodeTile(junk)).toBeTypeOf("object");
          expect(decodeTile(Uint8Array.of(...whole.slice(0, 28), ...junk))).toBeTypeOf("object");
          if (head.length < whole.length) expect(decodeTile(head)).toHaveProperty("error");
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe("lists of columns", () => {
  test("come back the same", () => {
    fc.assert(
      fc.property(fc.array(layerColumn(start), { maxLength: 5 }), (columns) => {
        expect(decodeColumns(encodeColumns(columns))).toEqual(columns);
      }),
    );
  });

  test("any bytes give columns or a reason, and what is cut off is refused", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.array(layerColumn(start), { minLength: 1, maxLength: 4 }),
        (junk, columns) => {
          const whole = encodeColumns(columns);
          expect(decodeColumns(junk)).toBeTypeOf("object");
          expect(decodeColumns(Uint8Array.of(...whole.slice(0, 6), ...junk))).toBeTypeOf("object");
          expect(decodeColumns(whole.slice(0, -1))).toHaveProperty("error");
        },
      ),
    );
  });
});

describe("amount codes", () => {
  test("a size comes back within 2.2 %, and its code once more is the same code", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-5, max: 1e13, noNaN: true }), (size) => {
        const code = toAmountCode(size);
        const back = fromAmountCode(code);
        expect(Math.abs(back / size - 1)).toBeLessThanOrEqual(AMOUNT_RELATIVE_ERROR);
        expect(toAmountCode(back)).toBe(code);
      }),
      { numRuns: 2_000 },
    );
  });

  test("a larger size never has a smaller code", () => {
    fc.assert(
      fc.property(usd, fc.double({ min: 1, max: 1.2, noNaN: true }), (size, factor) => {
        expect(toAmountCode(size * factor)).toBeGreaterThanOrEqual(toAmountCode(size));
      }),
      { numRuns: 2_000 },
    );
  });

  test("a size that did not change has the same code, whatever else is in its column", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e5, max: 1e7, noNaN: true }), sizes, (size, others) => {
        const alone = encodeLayerColumn(0, 20_000, Float64Array.of(size), new Float64Array(0));
        const beside = encodeLayerColumn(0, 20_000, Float64Array.of(size), others);
        const [[, code] = []] = codesOf(alone, -1e9)[0] ?? [];
        const [[, other] = []] = codesOf(beside, -1e9)[0] ?? [];
        expect(other).toBe(code);
      }),
    );
  });

  test("a column read back is within 2.2 % of what was written, level by level, and dust is all that is lost", () => {
    fc.assert(
      fc.property(sizes, sizes, (long, short) => {
        const column = encodeLayerColumn(0, 20_000, long, short);
        const largest = Math.max(0, ...long, ...short);
        for (const [side, written] of [
          ["long", long],
          ["short", short],
        ] as const) {
          const read = new Float64Array(written.length);
          addSideUsd(column, side, read, 20_000);
          for (let i = 0; i < written.length; i++) {
            const [is, was] = [read[i] ?? 0, written[i] ?? 0];
            if (is === 0) expect(was).toBeLessThanOrEqual(largest / 2 ** 15.8);
            else expect(Math.abs(is / was - 1)).toBeLessThanOrEqual(AMOUNT_RELATIVE_ERROR);
          }
        }
      }),
    );
  });
});

const filter: fc.Arbitrary<MapFilter> = fc.record({
  venues: fc.option(fc.subarray([...VENUES], { minLength: 1 })),
  tiers: fc.option(fc.subarray([...TIERS], { minLength: 1 })),
  age: fc.constantFrom(...AGES),
  side: fc.constantFrom(...SIDE_FILTERS),
  mode: fc.constantFrom(...MODES),
  delta: fc.option(fc.constantFrom(...DELTAS)),
});

describe("filter keys", () => {
  test("a filter read back from its key is the same filter", () => {
    fc.assert(
      fc.property(filter, (one) => {
        expect(parseFilter(formatFilter(one))).toEqual(one);
      }),
    );
  });

  test("the order in which exchanges and tiers are named does not matter", () => {
    fc.assert(
      fc.property(filter, (one) => {
        const reversed = { ...one, venues: one.venues?.toReversed() ?? null, tiers: one.tiers?.toReversed() ?? null };
        expect(formatFilter(reversed)).toBe(formatFilter(one));
      }),
    );
  });

  test("any text is a filter or refused, never an exception", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseFilter(text)).not.toBeUndefined();
      }),
    );
    expect(parseFilter("")).toEqual(ALL);
    for (const wrong of ["exchange=nyse", "leverage=7", "age=2h", "delta=", "side", "currency=EUR", "exchange="]) {
      expect(parseFilter(wrong)).toBeNull();
    }
  });
});

test("a column's tile begins at or before it and holds it", () => {
  fc.assert(
    fc.property(fc.constantFrom(...INTERVALS), fc.integer({ min: 0, max: 3_000_000 }), (width, n) => {
      const index = tileIndex(n * width, width);
      expect(tileStartMs(index, width)).toBeLessThanOrEqual(n * width);
      expect(tileStartMs(index + 1, width)).toBeGreaterThan(n * width);
    }),
  );
});
