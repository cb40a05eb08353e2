import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildLut } from "../../../src/shared/display/lut.ts";
import { divergingColour, PALETTES, paletteColour } from "../../../src/shared/display/palette.ts";
import { quantise, quantiseCell, SIGNED_ZERO, usdOfByte } from "../../../src/shared/display/quantise.ts";
import {
  automaticScale,
  percentileOfMagnitudes,
  positionOf,
  roundUpNicely,
  usdAt,
} from "../../../src/shared/display/scale.ts";

const unsigned = { topUsd: 1e6, signed: false };
const signed = { topUsd: 1e6, signed: true };

describe("scale", () => {
  test("the percentile looks at non-zero magnitudes only", () => {
    expect(percentileOfMagnitudes([0, 0, 0, 4], 0.5)).toBe(4);
    expect(percentileOfMagnitudes([-5, 1, 2, 3, 0], 0.995)).toBe(5);
    expect(percentileOfMagnitudes([0, 0], 0.995)).toBe(0);
  });

  test("tops are rounded up to two digits", () => {
    expect(roundUpNicely(1_234_567)).toBe(1_300_000);
    expect(roundUpNicely(1_300_000)).toBe(1_300_000);
    expect(roundUpNicely(0)).toBe(1);
    expect(automaticScale([0, 0], false).topUsd).toBe(1);
  });

  test("usdAt is the inverse of positionOf below the clip", () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (usd) => {
        expect(usdAt(signed, positionOf(signed, usd))).toBeCloseTo(usd, 3);
      }),
    );
  });
});

describe("quantise", () => {
  test("zero is empty, a trace of size is not, the top is 255", () => {
    expect(quantiseCell(0, unsigned)).toBe(0);
    expect(quantiseCell(0.01, unsigned)).toBe(1);
    expect(quantiseCell(1e6, unsigned)).toBe(255);
    expect(quantiseCell(9e9, unsigned)).toBe(255);
    expect(quantiseCell(-5, unsigned)).toBe(0);
  });

  test("a change is centred: less below 128, more above", () => {
    expect(quantiseCell(-1e6, signed)).toBe(1);
    expect(quantiseCell(1e6, signed)).toBe(255);
    expect(quantiseCell(-0.01, signed)).toBe(SIGNED_ZERO - 1);
    expect(quantiseCell(0.01, signed)).toBe(SIGNED_ZERO + 1);
  });

  test("the byte gives the value back within one step", () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1e6, noNaN: true }), (usd) => {
        const shown = positionOf(unsigned, usdOfByte(quantiseCell(usd, unsigned), unsigned));
        expect(Math.abs(shown - positionOf(unsigned, usd))).toBeLessThanOrEqual(1 / 255);
      }),
    );
  });

  test("only the given cells are rewritten", () => {
    const bytes = new Uint8Array(3).fill(9);
    quantise(new Float32Array([1e6, 1e6, 1e6]), unsigned, bytes, 1, 2);
    expect([...bytes]).toEqual([9, 255, 9]);
  });
});

describe("buildLut", () => {
  const alpha = (pixel: number | undefined): number => (pixel ?? 0) >>> 24;

  test("byte 0 is transparent in every palette and theme", () => {
    for (const name of PALETTES) {
      for (const theme of ["dark", "light"] as const) {
        expect(buildLut(name, theme, unsigned, 0)[0]).toBe(0);
        expect(alpha(buildLut(name, theme, unsigned, 0)[255])).toBe(255);
      }
    }
  });

  test("nothing below the threshold is drawn, on both sides of a change", () => {
    const plain = buildLut("inferno", "dark", unsigned, 250_000);
    // a quarter of the clip lies at position 0.25^1.5 = 1/8
    expect(alpha(plain[31])).toBe(0);
    expect(alpha(plain[32])).toBeGreaterThan(0);
    const change = buildLut("inferno", "dark", signed, 250_000);
    expect(alpha(change[SIGNED_ZERO - 30])).toBe(0);
    expect(alpha(change[SIGNED_ZERO + 30])).toBe(0);
    expect(alpha(change[1])).toBe(255);
    expect(alpha(change[255])).toBe(255);
  });

  test("the zero of a change is the page's own colour", () => {
    expect(alpha(buildLut("inferno", "dark", signed, 0)[SIGNED_ZERO])).toBe(0);
  });
});

describe("palettes", () => {
  /** Perceived lightness, near enough to compare two colours. */
  const luma = ([red, green, blue]: [number, number, number]): number => 0.3 * red + 0.59 * green + 0.11 * blue;

  test.each(["inferno", "viridis", "cividis"] as const)("%s: more is lighter on dark and darker on light", (name) => {
    for (let i = 1; i <= 20; i++) {
      expect(luma(paletteColour(name, "dark", i / 20))).toBeGreaterThan(
        luma(paletteColour(name, "dark", (i - 1) / 20)),
      );
      expect(luma(paletteColour(name, "light", i / 20))).toBeLessThan(luma(paletteColour(name, "light", (i - 1) / 20)));
    }
  });

  test("less is blue, more is orange", () => {
    for (const theme of ["dark", "light"] as const) {
      const [lessRed, , lessBlue] = divergingColour(theme, -0.6);
      const [moreRed, , moreBlue] = divergingColour(theme, 0.6);
      expect(lessBlue).toBeGreaterThan(lessRed);
      expect(moreRed).toBeGreaterThan(moreBlue);
    }
  });
});
