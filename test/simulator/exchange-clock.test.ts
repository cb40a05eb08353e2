// An exchange whose clock, or whose candles, are behind ours: no minute is taken before it is over there.
import { beforeAll, describe, expect, test } from "vitest";
import { VENUES, type VenueId } from "../../src/shared/market/symbol.ts";
import { MINUTE_MS, SECOND_MS } from "../../src/shared/time/clock.ts";
import { play, type Run, START } from "../support/hub-with-feeds.ts";

const FOR_MS = 8 * MINUTE_MS;

/** Prices and volume of every minute since the start. */
function bars({ minutes }: Run, venue: VenueId): Map<number, object> {
  const found = new Map<number, object>();
  for (const { venue: of, minute } of minutes) {
    if (of !== venue || minute.type !== "bar" || minute.minuteMs < START) continue;
    const { open, high, low, close, volumeBase, takerBuyBase } = minute.bar;
    found.set(minute.minuteMs, { open, high, low, close, volumeBase, takerBuyBase });
  }
  return found;
}

let truth: Run;
beforeAll(async () => {
  truth = await play(FOR_MS + MINUTE_MS);
});

describe.each([10, 25])("%i seconds behind", (seconds) => {
  let run: Run;
  beforeAll(async () => {
    run = await play(FOR_MS, { behindMs: seconds * SECOND_MS });
  });

  test.each(VENUES)("%s: every minute is whole, and none is lost", (venue) => {
    const told = bars(run, venue);
    const expected = bars(truth, venue);
    expect(told.size).toBe(FOR_MS / MINUTE_MS - 1);
    for (const [minuteMs, bar] of told) expect(bar).toEqual(expected.get(minuteMs));
  });

  test.each(VENUES)("%s: a minute is there within a minute of its end", (venue) => {
    const delays = run.minutes.flatMap(({ venue: of, minute, at }) =>
      of === venue && minute.minuteMs >= START ? [at - minute.minuteMs - MINUTE_MS] : [],
    );
    expect(Math.max(...delays)).toBeLessThanOrEqual(MINUTE_MS);
  });

  test.each(VENUES)("%s: the clock is measured, or said to be unknown", (venue) => {
    const isTold = venue !== "dydx" && venue !== "gmx";
    expect(run.feeds.get(venue)?.report().skewMs).toBe(isTold ? -seconds * SECOND_MS : null);
  });
});
