// What bars say of reported liquidations: a zero only where somebody listened.
import { expect, test } from "vitest";
import { emptyContext } from "../../../durable-objects/hub/context-state.ts";
import type { VenueContext } from "../../../src/shared/market/context.ts";
import { MINUTE_MS } from "../../../src/shared/time/clock.ts";
import { totalsOf } from "../../../workers/api/bars/totals.ts";
import { type ReportedBar, withContext } from "../../../workers/api/bars/with-context.ts";
import { DAY0 } from "../../support/batches.ts";

const bar = (change: Partial<ReportedBar> = {}): ReportedBar => ({
  exchange: "okx",
  startMs: DAY0,
  open: 10,
  high: 12,
  low: 9,
  close: 11,
  volumeBase: 5,
  takerBuyBase: null,
  takerSellBase: null,
  openInterestBase: null,
  openInterestUsd: null,
  fundingRate: null,
  observedLongLiquidationUsd: null,
  observedShortLiquidationUsd: null,
  openInterestCarried: false,
  fromHistory: false,
  ...change,
});
const around = (change: Partial<VenueContext>, intervalMs = MINUTE_MS) => [
  { symbol: "BTC", intervalMs, startMs: DAY0, venues: { okx: { ...emptyContext(), ...change } } },
];
const own = (long: number | null, short: number | null) =>
  bar({ observedLongLiquidationUsd: long, observedShortLiquidationUsd: short });

test.each([
  [
    "listened to, nothing reported",
    own(0, 0),
    around({ observedLongUsd: 0, observedShortUsd: 0, listenedMinutes: 1 }),
    [0, 0, 1, false],
  ],
  ["not listened to: the minute's own zero is no observation", own(0, 0), around({}), [null, null, 0, false]],
  ["nothing known around it", own(0, 0), [], [null, null, null, false]],
  [
    "reported although nobody listened for the whole minute",
    own(7, 0),
    around({ observedLongUsd: 7, observedShortUsd: 0 }),
    [7, 0, 0, true],
  ],
  ["reported before context was kept", own(7, 0), [], [7, 0, null, true]],
  [
    "the minute's own is null",
    own(null, null),
    around({ observedLongUsd: 3, observedShortUsd: 4, listenedMinutes: 1 }),
    [3, 4, 1, false],
  ],
] as const)("%s", (_, one, context, expected) => {
  const [merged] = withContext([one], context, MINUTE_MS);
  expect([
    merged?.observedLongLiquidationUsd,
    merged?.observedShortLiquidationUsd,
    merged?.listenedMinutes,
    merged?.observedPartly,
  ]).toEqual(expected);
});

test.each([
  [5, false, 1],
  [4, true, 0],
  [0, true, 0],
])("a 5-minute bar with %i minutes listened to", (listenedMinutes, observedPartly, listenedExchanges) => {
  const context = around({ observedLongUsd: 9, observedShortUsd: 0, listenedMinutes }, 5 * MINUTE_MS);
  const bars = withContext([bar()], context, 5 * MINUTE_MS);
  expect(bars[0]).toMatchObject({ observedLongLiquidationUsd: 9, listenedMinutes, observedPartly });
  expect(totalsOf(bars, 5 * MINUTE_MS)[0]).toMatchObject({ observedLongLiquidationUsd: 9, listenedExchanges });
});
