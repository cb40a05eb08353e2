import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ROW_START, ROW_WIDTH } from "../../../src/shared/model/book.ts";
import { createModel, decodeModel, encodeModel, MODEL_VERSION, stepBar } from "../../../src/shared/model/model.ts";
import { DEFAULT_PARAMS } from "../../../src/shared/model/params.ts";
import { parseParams } from "../../../src/shared/model/parse-params.ts";
import { hashBytes } from "../../../src/shared/num/hash.ts";
import { createPrng } from "../../../src/shared/num/prng.ts";
import { minuteMarket } from "../../bench/minute-market.ts";

function modelAfter(bars: number) {
  const model = createModel({ venue: "hyperliquid", symbol: "ETH", params: DEFAULT_PARAMS });
  for (const bar of minuteMarket({ seed: 11, bars, startPrice: 1_700, startOpenInterestBase: 700_000 }))
    stepBar(model, bar);
  return model;
}

const bitsOf = (cells: Float32Array) => new Uint32Array(cells.buffer, cells.byteOffset, cells.length);

/** Writes the checksum anew, so that the check behind it is reached. */
function resealed(bytes: Uint8Array, change: (view: DataView) => void): Uint8Array {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  change(view);
  view.setUint32(copy.length - 4, hashBytes(copy.subarray(0, copy.length - 4)), true);
  return copy;
}

describe("golden bytes", () => {
  const file = new URL("../../golden/model-snapshot.json", import.meta.url);
  test("the same bars give the same bytes on every machine", () => {
    const bytes = encodeModel(modelAfter(1_500));
    const now = {
      modelVersion: MODEL_VERSION,
      bytes: bytes.length,
      head: Buffer.from(bytes.subarray(0, 96)).toString("hex"),
      sha256: createHash("sha256").update(bytes).digest("hex"),
    };
    if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(file, `${JSON.stringify(now, null, 2)}\n`);
    expect(now).toEqual(JSON.parse(readFileSync(file, "utf8")));
  });
});

describe("decoding refuses", () => {
  const bytes = encodeModel(modelAfter(200));
  const reason = (input: Uint8Array, params = DEFAULT_PARAMS) => {
    const model = decodeModel(input, params);
    return "error" in model ? model.error : "accepted";
  };

  test("bytes of something else", () => {
    expect(reason(new Uint8Array(0))).toContain("begin with FLTM");
    expect(reason(Uint8Array.of(1, 2, 3, 4, 5))).toContain("begin with FLTM");
  });
  test("another format", () => {
    expect(reason(resealed(bytes, (view) => view.setUint16(4, 9, true)))).toContain("format was 9, expected 3");
  });
  test("other dimensions", () => {
    expect(reason(resealed(bytes, (view) => view.setUint16(6, 12, true)))).toContain("dimensions were 12,5,");
  });
  test("another parameter set", () => {
    const other = parseParams({ churn: 0.5 });
    if ("error" in other) throw new Error(other.error);
    expect(reason(bytes, other)).toContain(`parameters were ${DEFAULT_PARAMS.version}, expected ${other.version}`);
  });
  test("a flipped bit", () => {
    const copy = bytes.slice();
    copy[5_000]! ^= 1;
    expect(reason(copy)).toContain("checksum");
  });
  test("a wrong length, even with a good checksum", () => {
    const longer = new Uint8Array(bytes.length + 7);
    longer.set(bytes);
    expect(reason(resealed(longer, () => {}))).toContain("length");
    expect(reason(resealed(bytes.slice(0, bytes.length - 40), () => {}))).toContain("length");
  });
  test("a cell that is not a size", () => {
    for (const wrong of [-1, -0.1, Number.NaN, Number.POSITIVE_INFINITY]) {
      const model = modelAfter(50);
      const row = model.book?.rowSum.findIndex((sum) => sum > 0) ?? 0;
      const low = (model.book?.rowLow[row] ?? 0) & ((ROW_WIDTH[row] ?? 0) - 1);
      model.book?.cells.set([wrong], (ROW_START[row] ?? 0) + low);
      expect(reason(encodeModel(model))).toContain("a cell was");
    }
  });
  test("a book of a kind that is not known", () => {
    const model = createModel({ venue: "okx", symbol: "SOL", params: DEFAULT_PARAMS });
    const empty = encodeModel(model);
    expect(reason(resealed(empty, (view) => view.setUint8(empty.length - 5, 3)))).toContain("book was 3");
  });
  test("any bytes at all, without throwing", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (input) => reason(input) !== "accepted"));
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const damaged = resealed(bytes, (view) => view.setUint8(at, view.getUint8(at) ^ flip));
        return typeof reason(damaged) === "string";
      }),
      { numRuns: 200 },
    );
  });
});

test("a model without open interest has a snapshot, too", () => {
  const model = createModel({ venue: "okx", symbol: "SOL", params: DEFAULT_PARAMS });
  const restored = decodeModel(encodeModel(model), DEFAULT_PARAMS);
  if ("error" in restored) throw new Error(restored.error);
  expect([restored.venue, restored.symbol, restored.book]).toEqual(["okx", "SOL", null]);
});

test("bytes restore every cell, whatever its bits, and compress to the aim of a snapshot", () => {
  const chance = createPrng(5);
  const model = modelAfter(1_500);
  const cells = model.book?.cells ?? new Float32Array();
  expect(gzipSync(encodeModel(model), { level: 1 }).length).toBeLessThan(0.6 * 4 * cells.filter((x) => x > 0).length);
  // sizes from the smallest to the largest Float32, in no order, and zeros between
  for (const [i, x] of cells.entries()) {
    if (x > 0) cells[i] = chance.uniform() < 0.1 ? 0 : 10 ** (83 * chance.uniform() - 45);
  }
  const restored = decodeModel(encodeModel(model), DEFAULT_PARAMS);
  if ("error" in restored) throw new Error(restored.error);
  expect(restored.book?.cells.length).toBe(cells.length);
  expect(bitsOf(restored.book?.cells ?? new Float32Array())).toEqual(bitsOf(cells));
});
