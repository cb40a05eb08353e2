// What opened, closed, was swept and moved explains every change of a book, whatever the market does.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Bar } from "../../src/shared/market/bar.ts";
import { TIERS } from "../../src/shared/market/filter.ts";
import { createFlowRecord } from "../../src/shared/model/flow-record.ts";
import { bucketIndex } from "../../src/shared/model/lattice.ts";
import {
  AGE_CLASSES,
  addProfile,
  beginPeriod,
  copyPeriod,
  createModel,
  decodePeriod,
  encodeModel,
  encodePeriod,
  type FlowPeriod,
  type Model,
  periodFlows,
  stepBar,
} from "../../src/shared/model/model.ts";
import { DEFAULT_PARAMS } from "../../src/shared/model/params.ts";
import { minuteMarket } from "../bench/minute-market.ts";
import { shock, toBars } from "../support/shocks.ts";

const SIDES = ["long", "short"] as const;

const newModel = () => createModel({ venue: "binance", symbol: "BTC", params: DEFAULT_PARAMS });
const sum = (all: Iterable<number>) => [...all].reduce((a, b) => a + b, 0);

function profile(model: Model, side: "long" | "short", first: number, count: number): Float64Array {
  const into = new Float64Array(count);
  addProfile(model, { side, tiers: TIERS, ages: AGE_CLASSES }, into, first);
  return into;
}

/** Steps a model through all bars, with a period on record from bar `cut` on; null when it had no book there. */
function recorded(bars: readonly Bar[], cut: number): { model: Model; period: FlowPeriod | null } {
  const model = newModel();
  for (const bar of bars.slice(0, cut)) stepBar(model, bar);
  const period = beginPeriod(model);
  for (const bar of bars.slice(cut)) stepBar(model, bar, period?.record ?? null);
  return { model, period };
}

describe("whatever the market does", () => {
  const market = fc.tuple(fc.array(shock, { minLength: 2, maxLength: 30 }), fc.integer({ min: 1, max: 12 }));

  test("before + opened − closed − swept + moved = after in every bucket, closed is never negative", () => {
    let compared = 0;
    fc.assert(
      fc.property(market, ([shocks, cut]) => {
        const { model, period } = recorded(toBars(shocks), cut);
        if (period === null) return;
        for (const [index, flows] of periodFlows(model, period).entries()) {
          const side = index === 0 ? 0 : 1;
          const { first, opened, closed, swept, moved } = flows;
          const after = profile(model, SIDES[side], first, opened.length);
          const before = period.before[side];
          // sizes pass through in single precision
          const tolerance = 1e-5 * (sum(before) + sum(opened)) + 1e-9;
          for (let i = 0; i < opened.length; i++) {
            const explained = before[i]! + opened[i]! - closed[i]! - swept[i]! + moved[i]!;
            expect(Math.abs(explained - after[i]!)).toBeLessThanOrEqual(tolerance);
            expect(Math.min(opened[i]!, closed[i]!, swept[i]!)).toBeGreaterThanOrEqual(0);
            compared += 1;
          }
        }
      }),
      { numRuns: 80 },
    );
    expect(compared).toBeGreaterThan(10_000);
  }, 60_000);

  test("unless it says so, nothing was or happened beyond a window's inner edge", () => {
    const verdicts = new Set<boolean>();
    const wideFirst = bucketIndex(1e-3) - 10;
    const wide = bucketIndex(1e9) + 10 - wideFirst;
    fc.assert(
      fc.property(market, ([shocks, cut]) => {
        const bars = toBars(shocks);
        const { period } = recorded(bars, cut);
        if (period === null) return;
        const model = newModel();
        for (const bar of bars.slice(0, cut)) stepBar(model, bar);
        const there = SIDES.map((side) => profile(model, side, wideFirst, wide));
        const record = createFlowRecord([wideFirst, wideFirst], wide);
        for (const bar of bars.slice(cut)) stepBar(model, bar, record);
        for (const side of [0, 1] as const) {
          const edge = period.record.first[side] - wideFirst;
          const past = (column: Float32Array | Float64Array) =>
            (side === 0 ? column.subarray(edge + period.before[0].length) : column.subarray(0, edge)).some(
              (x) => x !== 0,
            );
          const happened = [there[side]!, record.opened[side], record.swept[side], record.moved[side]].some(past);
          if (happened) expect(period.record.beyond[side]).toBe(true);
          verdicts.add(period.record.beyond[side]);
        }
      }),
      { numRuns: 40 },
    );
    expect(verdicts.size).toBe(2);
  }, 60_000);

  test("a model on record makes the same steps, byte for byte", () => {
    fc.assert(
      fc.property(market, ([shocks, cut]) => {
        const bars = toBars(shocks);
        const plain = newModel();
        for (const bar of bars) stepBar(plain, bar);
        expect(Buffer.compare(encodeModel(recorded(bars, cut).model), encodeModel(plain))).toBe(0);
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});

describe("an ordinary half hour", () => {
  const bars = minuteMarket({ seed: 3, bars: 1_200 });

  test("has something of each kind, and all of it inside the windows", () => {
    const { model, period } = recorded(bars, 600);
    for (const flows of periodFlows(model, period!)) {
      for (const kind of ["opened", "closed", "swept"] as const) expect(sum(flows[kind])).toBeGreaterThan(0);
      expect(flows.moved.some((x) => x > 0) && flows.moved.some((x) => x < 0)).toBe(true);
      expect(flows.beyond).toBe(false);
    }
  });

  test("goes on the same after it was written and read, and a copy leaves the original alone", () => {
    const { model, period } = recorded(bars.slice(0, 640), 600);
    const bytes = encodePeriod(period!);
    const restored = decodePeriod(bytes);
    if ("error" in restored) throw new Error(restored.error);
    const copied = copyPeriod(period!);
    for (const bar of bars.slice(640, 660)) stepBar(model, bar, copied.record);
    expect(encodePeriod(period!)).toEqual(bytes);
    const again = recorded(bars.slice(0, 640), 600).model;
    for (const bar of bars.slice(640, 660)) stepBar(again, bar, restored.record);
    expect(encodePeriod(restored)).toEqual(encodePeriod(copied));
    expect(encodePeriod(restored)).not.toEqual(bytes);
  });

  test("cut off or too long it is refused with a reason", () => {
    const bytes = encodePeriod(recorded(bars.slice(0, 20), 10).period!);
    for (const wrong of [bytes.subarray(0, bytes.length - 1), new Uint8Array(0), Uint8Array.of(...bytes, 0)]) {
      expect(decodePeriod(wrong)).toEqual({ error: `flows of ${wrong.length} bytes do not fit their window` });
    }
  });

  test("without a book there is none", () => {
    expect(beginPeriod(newModel())).toBeNull();
  });
});
