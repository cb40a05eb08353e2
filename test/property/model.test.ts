import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TIERS } from "../../src/shared/market/filter.ts";
import type { VenueId } from "../../src/shared/market/symbol.ts";
import {
  AGE_CLASSES,
  addProfile,
  conservationError,
  copyModel,
  createModel,
  decodeModel,
  encodeModel,
  type Model,
  occupiedRange,
  openInterestBase,
  sideTotals,
  stepBar,
} from "../../src/shared/model/model.ts";
import { DEFAULT_PARAMS } from "../../src/shared/model/params.ts";
import { minuteMarket } from "../bench/minute-market.ts";
import { shock, toBars } from "../support/shocks.ts";

function expectSound(model: Model): void {
  const { book } = model;
  if (book === null) return;
  expect(conservationError(model)).toBeLessThan(1e-9);
  expect(book.cells.every((x) => x >= 0 && x < Number.POSITIVE_INFINITY)).toBe(true);
  expect(book.rowSum.every((x) => x >= 0)).toBe(true);
  for (const side of ["long", "short"] as const) {
    const { drawnBase, reservoirBase } = sideTotals(model, side);
    expect(reservoirBase).toBeGreaterThanOrEqual(0);
    // the row sums, too, hold what the cells hold
    expect(Math.abs(drawnBase + reservoirBase - book.openInterestBase)).toBeLessThanOrEqual(
      1e-9 * Math.max(book.openInterestBase, 1e-12),
    );
  }
}

const newModel = (venue: VenueId = "binance") => createModel({ venue, symbol: "BTC", params: DEFAULT_PARAMS });

describe("whatever the market does", () => {
  test("each side equals open interest after every bar, nothing is negative or infinite", () => {
    fc.assert(
      fc.property(
        fc.array(shock, { minLength: 1, maxLength: 40 }),
        fc.constantFrom<VenueId>("binance", "bybit", "okx", "hyperliquid", "dydx", "gmx"),
        (shocks, venue) => {
          const model = newModel(venue);
          for (const bar of toBars(shocks)) {
            const before = openInterestBase(model);
            const result = stepBar(model, bar);
            if (result === null) expect([before, bar.openInterestBase]).toEqual([null, null]);
            else {
              expect(openInterestBase(model)).toBe(bar.openInterestBase ?? before);
              for (const figure of [result.sweptLongUsd, result.sweptShortUsd, result.expectedLongUsd])
                expect(figure >= 0 && Number.isFinite(figure)).toBe(true);
            }
            expectSound(model);
          }
          const snapshot = encodeModel(model);
          const restored = decodeModel(snapshot, DEFAULT_PARAMS);
          if ("error" in restored) throw new Error(restored.error);
          expect(Buffer.compare(encodeModel(restored), snapshot)).toBe(0);
        },
      ),
      { numRuns: 150 },
    );
  }, 120_000);

  test("no swept size exceeds what was there", () => {
    fc.assert(
      fc.property(fc.array(shock, { minLength: 2, maxLength: 15 }), (shocks) => {
        const model = newModel();
        for (const bar of toBars(shocks)) {
          // parts of a long bar may sweep what they opened
          const there = sideTotals(model, "long").drawnBase;
          const result = stepBar(model, bar);
          if (result === null) continue;
          expect(result.sweptLongBase).toBeLessThanOrEqual((there + result.openedBase) * (1 + 1e-6));
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("an ordinary market", () => {
  const bars = minuteMarket({ seed: 3, bars: 1_200 });

  test("longs lie below the price and shorts above it, up to the last bar's range", () => {
    const model = newModel();
    for (const bar of bars) stepBar(model, { ...bar, fundingRate: null });
    const last = bars.at(-1)!;
    const range = occupiedRange(model)!;
    const profile = (side: "long" | "short") => {
      const into = new Float64Array(range.highBucket - range.lowBucket);
      addProfile(model, { side, tiers: TIERS, ages: AGE_CLASSES }, into, range.lowBucket);
      return into;
    };
    const at = (price: number) => Math.floor(Math.log(price) / 5e-4) - range.lowBucket;
    expect(
      profile("long")
        .slice(at(last.high) + 1)
        .every((x) => x === 0),
    ).toBe(true);
    expect(
      profile("short")
        .slice(0, at(last.low))
        .every((x) => x === 0),
    ).toBe(true);
    const sum = profile("long").reduce((a, b) => a + b, 0);
    expect(sum).toBeCloseTo(sideTotals(model, "long").drawnBase, 6);
  });

  test("views by tier and age add up to the whole, scaled and clipped as asked", () => {
    const model = newModel();
    for (const bar of bars) stepBar(model, bar);
    const { lowBucket, highBucket } = occupiedRange(model)!;
    const whole = new Float64Array(highBucket - lowBucket);
    addProfile(model, { side: "short", tiers: TIERS, ages: AGE_CLASSES }, whole, lowBucket);
    const parts = new Float64Array(whole.length);
    for (const tier of TIERS)
      for (const ages of AGE_CLASSES)
        addProfile(model, { side: "short", tiers: [tier], ages: [ages] }, parts, lowBucket, 0.5);
    for (let i = 0; i < whole.length; i++) expect(parts[i]).toBeCloseTo(whole[i]! / 2, 9);
    const window = new Float64Array(50);
    addProfile(model, { side: "short", tiers: TIERS, ages: AGE_CLASSES }, window, lowBucket + 700);
    for (let i = 0; i < 50; i++) expect(window[i]).toBeCloseTo(whole[700 + i]!, 9);
    const outside = new Float64Array(5);
    addProfile(model, { side: "short", tiers: TIERS, ages: AGE_CLASSES }, outside, highBucket);
    expect(Array.from(outside)).toEqual([0, 0, 0, 0, 0]);
  });

  test("a copy steps on without touching the original", () => {
    const model = newModel();
    for (const bar of bars.slice(0, 300)) stepBar(model, bar);
    const before = encodeModel(model);
    const overlay = newModel("okx");
    copyModel(model, overlay);
    expect(Buffer.compare(encodeModel(overlay), before)).toBe(0);
    for (const bar of bars.slice(300, 400)) stepBar(overlay, bar);
    expect(Buffer.compare(encodeModel(model), before)).toBe(0);
    const stepped = encodeModel(overlay);
    for (const bar of bars.slice(300, 400)) stepBar(model, bar);
    expect(Buffer.compare(encodeModel(model), stepped)).toBe(0);
    copyModel(newModel(), overlay);
    expect(openInterestBase(overlay)).toBeNull();
  });

  test("snapshot + the remaining bars = never interrupted, byte for byte", () => {
    const whole = newModel();
    for (const bar of bars) stepBar(whole, bar);
    for (const cut of [0, 1, 333, 1_199]) {
      const model = newModel();
      for (const bar of bars.slice(0, cut)) stepBar(model, bar);
      const restored = decodeModel(encodeModel(model), DEFAULT_PARAMS);
      if ("error" in restored) throw new Error(restored.error);
      for (const bar of bars.slice(cut)) stepBar(restored, bar);
      expect(Buffer.compare(encodeModel(restored), encodeModel(whole))).toBe(0);
    }
  });

  test("the snapshot stays below 300 kB, and less when compressed", () => {
    const model = newModel();
    for (const bar of bars) stepBar(model, bar);
    const snapshot = encodeModel(model);
    expect(snapshot.length).toBeLessThan(300_000);
    expect(gzipSync(snapshot, { level: 1 }).length).toBeLessThan(snapshot.length);
  });
});
