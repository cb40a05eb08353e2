// Duplicated, late and shuffled observations change nothing twice: the models end in the same bytes.
import fc from "fast-check";
import { expect, test } from "vitest";
import { applyBatch } from "../../durable-objects/hub/hub.ts";
import { createHubState, type HubState } from "../../durable-objects/hub/hub-state.ts";
import type { HubSettings } from "../../durable-objects/hub/settings.ts";
import { SILENT } from "../../durable-objects/hub/write-columns.ts";
import type { ObservationBatch } from "../../src/shared/market/batch.ts";
import type { Observation } from "../../src/shared/market/observation.ts";
import { encodeModel } from "../../src/shared/model/model.ts";
import { MINUTE_MS } from "../../src/shared/time/clock.ts";
import {
  batch,
  candle,
  DAY0,
  fundingRate,
  historyAnswer,
  liquidation,
  markPrice,
  openInterest,
  openInterestAt,
} from "../support/batches.ts";
import { THREE } from "../support/batches-random.ts";

const settings: HubSettings = { symbol: "BTC", venues: THREE, historyMs: 20 * MINUTE_MS, speed: 1 };

const minuteShape = fc.record({
  /** Changes of open interest, as a factor, at two moments of the minute. */
  factors: fc.tuple(fc.double({ min: 0.97, max: 1.03, noNaN: true }), fc.double({ min: 0.97, max: 1.03, noNaN: true })),
  volume: fc.option(fc.double({ min: 1, max: 400, noNaN: true })),
  isCharged: fc.boolean(),
  liquidations: fc.integer({ min: 0, max: 2 }),
});
const marketShape = fc.array(fc.tuple(minuteShape, minuteShape, minuteShape), { minLength: 4, maxLength: 30 });

/** One batch per exchange and minute, in order and without repeats; the first is followed by the history it lacks. */
function batchesOf(market: readonly (readonly (typeof minuteShape extends fc.Arbitrary<infer T> ? T : never)[])[]) {
  const batches: ObservationBatch[] = [];
  for (const [i, shapes] of market.entries()) {
    const minuteMs = DAY0 + i * MINUTE_MS;
    const endMs = minuteMs + MINUTE_MS;
    for (const [k, { factors, volume, isCharged, liquidations }] of shapes.entries()) {
      const venue = THREE[k] ?? "binance";
      const observations: Observation[] = [
        candle(venue, minuteMs, { volumeBase: volume, takerBuyBase: volume === null ? null : volume / 3 }),
        openInterest(venue, minuteMs + 20_000, openInterestAt(venue, minuteMs) * factors[0]),
        openInterest(venue, minuteMs + 55_000, openInterestAt(venue, endMs) * factors[1]),
        markPrice(venue, endMs + 4_000),
      ];
      if (isCharged) observations.push(fundingRate(venue, minuteMs, minuteMs, 0.0001 * factors[0]));
      for (let n = 0; n < liquidations; n++)
        observations.push(liquidation(venue, minuteMs + 9_000 * (n + 1), { sizeBase: n + 1 }));
      batches.push(batch(venue, endMs + 5_000, observations));
      const range = { fromMs: endMs - 21 * MINUTE_MS, toMs: DAY0 };
      if (i === 0) batches.push(historyAnswer(venue, endMs + 6_000, range));
    }
  }
  return batches;
}

function modelsAfter(batches: readonly ObservationBatch[]) {
  const state: HubState = createHubState();
  for (const sent of batches) applyBatch(state, settings, structuredClone(sent), SILENT);
  return THREE.map((id) => {
    const venue = state.venues.get(id);
    if (venue === undefined) return null;
    return { bytes: Buffer.from(encodeModel(venue.model)).toString("base64"), missing: venue.missingMinutes };
  });
}

test("repeats, late deliveries and another order within and between batches leave every model as it was", () => {
  let different = 0;
  fc.assert(
    fc.property(marketShape, fc.infiniteStream(fc.nat()), (market, numbers) => {
      const draw = (below: number) => (numbers.next().value ?? 0) % below;
      const shuffled = <T>(list: readonly T[]): T[] => {
        const rest = [...list];
        return list.flatMap(() => rest.splice(draw(rest.length), 1));
      };
      const plain = batchesOf(market);
      const mixed: ObservationBatch[] = [];
      for (const [i, sent] of plain.entries()) {
        const again = sent.observations.filter(() => draw(2) === 0);
        mixed.push({ ...sent, observations: shuffled([...sent.observations, ...again]) });
        const old = plain[draw(i + 1)];
        // delivered once more as it was, or its observations late in a newer batch
        if (old !== undefined && draw(2) === 0) mixed.push(old);
        else if (old !== undefined) mixed.push({ ...old, sentAt: sent.sentAt, history: null });
      }
      // neighbours behind the first start change places: an exchange's own minutes too
      for (let i = 15; i + 4 < mixed.length; i += 1 + draw(9)) {
        const [moved] = mixed.splice(i, 1);
        if (moved !== undefined) mixed.splice(i + 1 + draw(3), 0, moved);
      }
      if (mixed.length > plain.length) different += 1;
      expect(modelsAfter(mixed)).toEqual(modelsAfter(plain));
    }),
    { numRuns: 30 },
  );
  expect(different).toBe(30);
});

test("the comparison sees a single observation that is another", () => {
  const quiet = { factors: [1, 1] as [number, number], volume: 40, isCharged: false, liquidations: 0 };
  const plain = batchesOf(Array.from({ length: 5 }, () => [quiet, quiet, quiet]));
  const last = plain.at(-1);
  const other = batchesOf(
    Array.from({ length: 5 }, (_, i) => [
      quiet,
      quiet,
      i === 4 ? { ...quiet, factors: [1, 1.001] as [number, number] } : quiet,
    ]),
  );
  expect(last?.venue).toBe("okx");
  expect(modelsAfter(other)[2]).not.toEqual(modelsAfter(plain)[2]);
  expect(modelsAfter(other)[0]).toEqual(modelsAfter(plain)[0]);
});
