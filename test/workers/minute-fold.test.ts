// Minutes folded to wider bars: what is missing is counted, and the newest parts come first.
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import type { Bar } from "../../src/shared/market/bar.ts";
import type { Minute } from "../../src/shared/market/minute.ts";
import type { VenueId } from "../../src/shared/market/symbol.ts";
import { DAY_MS, MINUTE_MS } from "../../src/shared/time/clock.ts";
import { saveMinutes } from "../../workers/store/minute-bars.ts";
import { foldMinutes } from "../../workers/store/minute-fold.ts";
import { DAY0 } from "../support/batches.ts";

const at = (minute: number) => DAY0 + minute * MINUTE_MS;

function bar(minute: number, change: Partial<Bar>, carried = false): Minute {
  return {
    type: "bar",
    minuteMs: at(minute),
    bar: {
      ...{ openTime: at(minute), intervalMs: MINUTE_MS, open: 10, high: 12, low: 9, close: 11 },
      ...{ volumeBase: 4, takerBuyBase: 1, openInterestBase: null, markHigh: null, markLow: null },
      ...{ fundingRate: null, observedLongUsd: null, observedShortUsd: null },
      ...change,
    },
    quality: { openInterestCarried: carried, fromHistory: false },
    startOpenInterestBase: null,
  };
}
const missing = (minute: number): Minute => ({ type: "missing", minuteMs: at(minute), reason: "away" });
const save = (venue: VenueId, minutes: readonly Minute[]) =>
  saveMinutes(
    env.DB,
    minutes.map((minute) => ({ venue, symbol: "BTC", minute })),
  );
const fold = (intervalMs: number, parts: { venue: VenueId; startMs: number }[]) =>
  foldMinutes(env.DB, { symbol: "BTC", intervalMs, parts });

test("figures are of the minutes there are; one without a stored minute is left out", async () => {
  await save("gmx", [
    missing(0),
    bar(1, { open: 20, fundingRate: 0.001 }),
    bar(2, { high: 30, low: 5, openInterestBase: 100, shortOpenInterestBase: 60, takerBuyBase: null }),
    bar(3, { close: 13, volumeBase: null, takerBuyBase: null, fundingRate: 0.002 }, true),
  ]);
  await save("dydx", [missing(0), missing(1), missing(2), missing(3), missing(4)]);
  const parts = (["gmx", "dydx", "okx"] as const).map((venue) => ({ venue, startMs: at(0) }));
  expect(await fold(5 * MINUTE_MS, parts)).toEqual([
    {
      ...{ venue: "gmx", startMs: at(0), open: 20, high: 30, low: 5, close: 13 },
      // the taker side of one minute is known
      ...{ volumeBase: 8, takerBuyBase: 1, takerSellBase: 3 },
      ...{ openInterestBase: 80, openInterestCarried: true, fundingRate: 0.003, fromHistory: false },
      // one is marked missing, one is not stored
      ...{ missingMinutes: 2, missingReason: "away" },
    },
    {
      ...{ venue: "dydx", startMs: at(0), open: null, high: null, low: null, close: null },
      ...{ volumeBase: null, takerBuyBase: null, takerSellBase: null },
      ...{ openInterestBase: null, openInterestCarried: false, fundingRate: null, fromHistory: false },
      ...{ missingMinutes: 5, missingReason: "away" },
    },
  ]);
});

test("ninety days of one exchange are folded, the first of the list; parts without minutes count for nothing", async () => {
  const days = Array.from({ length: 100 }, (_, i) => i);
  await save(
    "okx",
    days.map((day) => bar(day * 1_440, { open: day })),
  );
  const newestFirst = days.toReversed().flatMap((day) => [
    { venue: "bybit" as const, startMs: DAY0 + day * DAY_MS },
    { venue: "okx" as const, startMs: DAY0 + day * DAY_MS },
  ]);
  const folded = await fold(DAY_MS, newestFirst);
  expect(folded.map(({ open }) => open).sort((a, b) => Number(a) - Number(b))).toEqual(days.slice(10));
});
