// Market context of a hub: what leaves it, once, whatever is repeated, late or out of order.
import { describe, expect, test } from "vitest";
import { observeContext } from "../../../durable-objects/hub/context.ts";
import { createContext } from "../../../durable-objects/hub/context-state.ts";
import type { HubSettings } from "../../../durable-objects/hub/settings.ts";
import { SILENT } from "../../../durable-objects/hub/write-columns.ts";
import type { ObservationBatch } from "../../../src/shared/market/batch.ts";
import type {
  ContextColumn,
  LiquidationEvent,
  ListeningGap,
  VenueContext,
} from "../../../src/shared/market/context.ts";
import type { Observation } from "../../../src/shared/market/observation.ts";
import { MINUTE_MS, SECOND_MS } from "../../../src/shared/time/clock.ts";
import { batch, DAY0, fundingRate, liquidation, markPrice } from "../../support/batches.ts";

const settings: HubSettings = { symbol: "BTC", venues: ["binance", "okx"], historyMs: 0, speed: 1 };
const at = (minutes: number) => DAY0 + minutes * MINUTE_MS;

function play(batches: readonly ObservationBatch[]) {
  const context = createContext();
  const columns: ContextColumn[] = [];
  const events: LiquidationEvent[] = [];
  const gaps: ListeningGap[] = [];
  let asOf = 0;
  for (const one of batches) {
    asOf = Math.max(asOf, one.sentAt);
    observeContext(context, settings, one, asOf, {
      ...SILENT,
      context: (more) => void columns.push(...structuredClone(more)),
      liquidations: (more) => void events.push(...more),
      gap: (gap) => void gaps.push(gap),
    });
  }
  return { context, columns, events, gaps };
}

const stamps = (time: number) => ({ venue: "okx" as const, symbol: "BTC", exchangeTime: time, receivedAt: time + 40 });
const depth = (time: number, sizeBase: number): Observation => ({
  ...stamps(time),
  kind: "depth",
  bids: [[59_990, sizeBase]],
  asks: [[60_010, sizeBase]],
});
const taker = (openTime: number, intervalMs: number, receivedAt: number, takerBuyBase: number): Observation => ({
  ...stamps(openTime + intervalMs),
  receivedAt,
  kind: "takerVolume",
  openTime,
  intervalMs,
  takerBuyBase,
  takerSellBase: 1,
});
const okx = (columns: readonly ContextColumn[], intervalMs: number, startMs: number): VenueContext | undefined =>
  columns.find((column) => column.intervalMs === intervalMs && column.startMs === startMs)?.venues.okx;
/** An empty batch: only time passes. */
const tick = (minutes: number, change: Partial<ObservationBatch> = {}) => batch("okx", at(minutes), [], change);

describe("a column", () => {
  test("is written once, two minutes after its end, with the newest price, rate and book of each minute", () => {
    const { columns } = play([
      batch("okx", at(0) + 30_000, [
        markPrice("okx", at(0) + 29_000, 60_100),
        markPrice("okx", at(0) + 20_000, 60_000),
        depth(at(0) + 25_000, 2),
        depth(at(0) + 10_000, 1),
        fundingRate("okx", at(0) + 5_000, at(60), 0.0003),
      ]),
      tick(2.9),
      tick(3),
      tick(3.5),
    ]);
    expect(columns.filter(({ intervalMs }) => intervalMs === MINUTE_MS)).toHaveLength(1);
    expect(okx(columns, MINUTE_MS, at(0))).toMatchObject({
      markPrice: 60_100,
      indexPrice: null,
      fundingRate: 0.0003,
      fundingIntervalMs: 28_800_000,
      depth: { bidUsd: [119_980, 119_980, 119_980], askUsd: [120_020, 120_020, 120_020] },
      depthSamples: 1,
      takerBuyBase: null,
      observedLongUsd: null,
      observedCount: null,
    });
  });

  test("of five minutes averages books and adds liquidations up", () => {
    const batches = [0, 1, 2, 3, 4].map((minute) =>
      batch("okx", at(minute) + 30_000, [depth(at(minute) + 1_000, minute), liquidation("okx", at(minute) + 2_000)]),
    );
    // a book of size 0 still is a book
    const five = okx(play([...batches, tick(7)]).columns, 5 * MINUTE_MS, at(0));
    expect(five?.depth?.bidUsd[0]).toBeCloseTo(59_990 * 2, 6);
    expect(five).toMatchObject({ depthSamples: 5, observedLongUsd: 295_000, observedShortUsd: 0, observedCount: 5 });
  });

  test("has taker volume only of spans that were whole when last seen, in columns that hold them", () => {
    const five = 5 * MINUTE_MS;
    const { columns } = play([
      batch("okx", at(1), [taker(at(0), five, at(1), 3)]),
      batch("okx", at(5) + 5_000, [taker(at(0), five, at(5) + 5_000, 9), taker(at(5), five, at(5) + 5_000, 1)]),
      batch("okx", at(6), [taker(at(6) + 1, 500, at(6) + 600, 77)]),
      tick(30),
    ]);
    expect(okx(columns, MINUTE_MS, at(4))?.takerBuyBase ?? null).toBeNull();
    expect(okx(columns, five, at(0))).toMatchObject({ takerBuyBase: 9, takerSellBase: 1, takerMinutes: 5 });
    expect(okx(columns, five, at(5))).toBeUndefined();
    expect(okx(columns, 15 * MINUTE_MS, at(0))).toMatchObject({ takerBuyBase: 9, takerMinutes: 5 });
  });
});

describe("reported liquidations", () => {
  test("equal reports in one batch are two, the same batch again none", () => {
    const twice = [liquidation("okx", at(0) + 1_000), liquidation("okx", at(0) + 1_000)];
    const { events, columns } = play([batch("okx", at(0) + 2_000, twice), batch("okx", at(0) + 7_000, twice), tick(3)]);
    expect(events.map(({ ordinal }) => ordinal)).toEqual([0, 1]);
    expect(okx(columns, MINUTE_MS, at(0))).toMatchObject({ observedLongUsd: 118_000, observedCount: 2 });
  });

  test("that come after their minute was written are events, and change no column", () => {
    const { events, columns, context } = play([tick(0), tick(5), batch("okx", at(5), [liquidation("okx", at(1))])]);
    expect(events).toHaveLength(1);
    expect(columns).toEqual([]);
    expect(context.venues.okx?.lateCount).toBe(1);
  });

  test("are 0 only where somebody listened for the whole minute", () => {
    const heard = (from: number, to: number) => ({ listening: { fromMs: at(from), toMs: at(to) } });
    const { columns, gaps, context } = play([
      tick(0, heard(0, 0)),
      tick(1.5, heard(0, 1.5)),
      tick(2, { listening: null }),
      tick(3.5, heard(3, 3.5)),
      tick(8, heard(3, 8)),
    ]);
    const sums = [0, 1, 2, 3, 4].map((minute) => okx(columns, MINUTE_MS, at(minute))?.observedLongUsd);
    expect(sums).toEqual([0, undefined, undefined, 0, 0]);
    expect(gaps).toEqual([{ symbol: "BTC", venue: "okx", fromMs: at(1.5), toMs: at(3) }]);
    expect(okx(columns, 5 * MINUTE_MS, at(0))?.listenedMinutes).toBe(3);
    expect(context.venues.okx?.listening).toEqual({ fromMs: at(0), toMs: at(8) });
  });
});

test("an hour of silence is no column at all", () => {
  expect(play([tick(0), tick(60)]).columns).toEqual([]);
});

test("memory stays bounded", () => {
  const many = Array.from({ length: 3_000 }, (_, i) =>
    liquidation("okx", at(0) + i * SECOND_MS, { price: 50_000 + i }),
  );
  const { context, events } = play([batch("okx", at(50), many), tick(120)]);
  expect(events).toHaveLength(3_000);
  expect(context.venues.okx?.seen).toHaveLength(1_000);
  expect(context.venues.okx?.minutes).toEqual([]);
});
