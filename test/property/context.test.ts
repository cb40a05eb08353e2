// Context says the same whatever the order, repetition and restarts on the way.
import fc from "fast-check";
import { expect, test } from "vitest";
import { observeContext } from "../../durable-objects/hub/context.ts";
import { type ContextState, createContext } from "../../durable-objects/hub/context-state.ts";
import type { HubSettings } from "../../durable-objects/hub/settings.ts";
import { SILENT } from "../../durable-objects/hub/write-columns.ts";
import type { ContextColumn, LiquidationEvent } from "../../src/shared/market/context.ts";
import type { Observation } from "../../src/shared/market/observation.ts";
import { MINUTE_MS } from "../../src/shared/time/clock.ts";
import { batch, DAY0, fundingRate, liquidation, markPrice } from "../support/batches.ts";

const settings: HubSettings = { symbol: "BTC", venues: ["okx"], historyMs: 0, speed: 1 };
const SPAN_MS = 100_000;

const stamps = (time: number) => ({ venue: "okx" as const, symbol: "BTC", exchangeTime: time, receivedAt: time });
const one: fc.Arbitrary<Observation> = fc
  .tuple(fc.integer({ min: 0, max: SPAN_MS - 1 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 3 }))
  .map(([offset, size, kind]): Observation => {
    const at = DAY0 + offset;
    // of two figures of one moment either may stand: here they are equal
    if (kind === 0) return markPrice("okx", at, 60_000 + offset);
    if (kind === 1) return fundingRate("okx", at, DAY0 + 60 * MINUTE_MS, offset / 1e9);
    if (kind === 2) return liquidation("okx", at, { sizeBase: size, notionalUsd: size * 1_000 });
    return { ...stamps(at), kind: "depth", bids: [[59_990, offset + 1]], asks: [[60_010, 1]] };
  });
const observations = fc.uniqueArray(one, { maxLength: 40, selector: (item) => JSON.stringify(item) });

interface Outcome {
  columns: ContextColumn[];
  events: string[];
}

/** Plays batches of observations, all sent inside the grace of two minutes, then lets an hour pass. */
function outcome(batches: readonly Observation[][], restart: (state: ContextState) => ContextState): Outcome {
  let state = createContext();
  const columns: ContextColumn[] = [];
  const events: LiquidationEvent[] = [];
  const sink = {
    ...SILENT,
    context: (more: ContextColumn[]) => void columns.push(...structuredClone(more)),
    liquidations: (more: LiquidationEvent[]) => void events.push(...more),
  };
  observeContext(state, settings, batch("okx", DAY0, []), DAY0, sink);
  for (const [i, part] of batches.entries()) {
    const sentAt = DAY0 + SPAN_MS + i;
    observeContext(state, settings, batch("okx", sentAt, part), sentAt, sink);
    state = restart(state);
  }
  const end = DAY0 + 60 * MINUTE_MS;
  observeContext(state, settings, batch("okx", end, []), end, sink);
  return { columns, events: events.map((event) => JSON.stringify(event)).sort() };
}

const reread = (state: ContextState) => JSON.parse(JSON.stringify(state)) as ContextState;

test("order, repeats and restarts change nothing", () => {
  fc.assert(
    fc.property(
      observations,
      fc.infiniteStream(fc.nat(1_000)),
      fc.integer({ min: 1, max: 5 }),
      (all, chance, parts) => {
        const plain = outcome([all], (state) => state);
        const draw = () => chance.next().value as number;
        const shuffled = all.map((item) => ({ item, rank: draw() })).sort((a, b) => a.rank - b.rank);
        const batches = Array.from({ length: parts }, (): Observation[] => []);
        for (const { item } of shuffled) batches[draw() % parts]?.push(item);
        const again = [...batches, ...batches].filter(() => draw() % 2 === 0);
        expect(outcome([...batches, ...again], reread)).toEqual(plain);
      },
    ),
    { numRuns: 150 },
  );
});
