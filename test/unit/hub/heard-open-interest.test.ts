// An exchange without a history of open interest withholds candles while its open interest is polled on.
import { expect, test } from "vitest";
import { applyBatch } from "../../../durable-objects/hub/hub.ts";
import { createHubState } from "../../../durable-objects/hub/hub-state.ts";
import { SILENT } from "../../../durable-objects/hub/write-columns.ts";
import type { ObservationBatch, TimeRange } from "../../../src/shared/market/batch.ts";
import type { VenueMinute } from "../../../src/shared/market/minute.ts";
import type { VenueId } from "../../../src/shared/market/symbol.ts";
import { encodeModel } from "../../../src/shared/model/model.ts";
import { MINUTE_MS } from "../../../src/shared/time/clock.ts";
import { batch, candle, DAY0, openInterest, openInterestAt } from "../../support/batches.ts";

const at = (minute: number) => DAY0 + minute * MINUTE_MS;

/** The minutes of `withheld` come without a candle, and with one when they are asked for again. */
function play(venue: VenueId, withheld: (minute: number) => boolean) {
  const settings = { symbol: "BTC", venues: [venue], historyMs: MINUTE_MS, speed: 1 };
  const state = createHubState();
  const minutes: VenueMinute[] = [];
  const sink = { ...SILENT, minutes: (some: VenueMinute[]) => minutes.push(...structuredClone(some)) };
  const take = (sent: ObservationBatch) => applyBatch(state, settings, sent, sink).reply.needs;
  const answer = (sentAt: number, range: TimeRange, isServed: boolean) => {
    const candles = [];
    for (let open = range.fromMs; isServed && open < range.toMs; open += MINUTE_MS) candles.push(candle(venue, open));
    const missing = isServed ? [] : [{ ...range, reason: "no candle" }];
    return batch(venue, sentAt, candles, { history: { range, missing } });
  };
  for (let i = 0; i < 40; i++) {
    const candles = withheld(i) ? [] : [candle(venue, at(i))];
    const short = venue === "gmx" ? { shortOpenInterestBase: 0.8 * openInterestAt(venue, at(i)) } : {};
    const polled = { ...openInterest(venue, at(i) + 55_000), ...short };
    const needs = take(batch(venue, at(i + 1) + 2_000, [...candles, polled]));
    if (needs !== null) take(answer(at(i + 1) + 3_000, needs, i === 0 || i > 20));
  }
  const own = state.venues.get(venue);
  if (own === undefined) throw new Error("the exchange is known");
  return { minutes, gap: own.gap, book: Buffer.from(encodeModel(own.model)).toString("base64") };
}

test.each<VenueId>(["hyperliquid", "gmx"])("%s: the late minutes have the open interest that was heard", (venue) => {
  const late = play(venue, (minute) => minute >= 12 && minute < 15);
  const whole = play(venue, () => false);
  expect(late.minutes.filter(({ minute }) => minute.type === "missing")).toHaveLength(3);
  expect(late.gap).toBeNull();
  const filled = late.minutes.flatMap(({ minute }) =>
    minute.type === "bar" && minute.minuteMs >= at(12) && minute.minuteMs < at(15) ? [minute] : [],
  );
  expect(filled.map(({ bar }) => bar.openInterestBase)).toEqual(
    [12, 13, 14].map((minute) => openInterestAt(venue, at(minute) + 55_000)),
  );
  expect(filled.map(({ quality }) => quality)).toEqual(
    Array(3).fill({ openInterestCarried: false, fromHistory: true }),
  );
  expect(late.book).toBe(whole.book);
});
