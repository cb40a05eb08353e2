import { describe, expect, test } from "vitest";
import { createTrack, needs, observe, type VenueTrack } from "../../../durable-objects/hub/track.ts";
import type { Bar } from "../../../src/shared/market/bar.ts";
import type { ObservationBatch } from "../../../src/shared/market/batch.ts";
import type { Observation } from "../../../src/shared/market/observation.ts";
import { MINUTE_MS } from "../../../src/shared/time/clock.ts";
import {
  batch,
  candle,
  closedMinute,
  DAY0,
  fundingRate,
  historyAnswer,
  liquidation,
  markPrice,
  openInterest,
} from "../../support/batches.ts";

/** Start of the i-th minute. */
const at = (minute: number) => DAY0 + minute * MINUTE_MS;
const HISTORY_MS = 2 * MINUTE_MS;

/** A track whose first minute is minute 0, after the given batches. */
function tracked(...batches: ObservationBatch[]): VenueTrack {
  const first = batch("okx", at(2), [candle("okx", at(1), { closed: false })]);
  const track = createTrack("okx", first);
  for (const one of [first, ...batches]) observe(track, one, HISTORY_MS);
  return track;
}

const send = (sentAt: number, ...observations: Observation[]) => batch("okx", sentAt, observations);
const minutesOf = (track: VenueTrack) => track.ready.map((minute) => (minute.minuteMs - DAY0) / MINUTE_MS);
const bars = (track: VenueTrack): Bar[] => track.ready.flatMap((minute) => (minute.type === "bar" ? minute.bar : []));

describe("minutes", () => {
  test("begin as far back as history is wanted, at the first candle, not before", () => {
    const first = send(at(2), markPrice("okx", at(2)), openInterest("okx", at(2)));
    const track = createTrack("okx", first);
    observe(track, first, HISTORY_MS);
    expect([track.nextMinuteMs, needs(track, at(2))]).toEqual([null, null]);
    observe(track, send(at(10) + 7, candle("okx", at(9))), 4 * MINUTE_MS);
    expect([track.historyFromMs, track.nextMinuteMs]).toEqual([at(6), at(6)]);
    expect(needs(track, at(10))).toEqual({ fromMs: at(6), toMs: at(9) });
  });

  test("become ready in order, whatever the order in which their candles come", () => {
    const shuffled = send(at(4), candle("okx", at(2)), candle("okx", at(0)), candle("okx", at(1)));
    expect(minutesOf(tracked(shuffled))).toEqual([0, 1, 2]);
  });

  test("a candle beyond a hole waits for the hole to be filled", () => {
    const track = tracked(closedMinute("okx", at(0)), closedMinute("okx", at(2)), closedMinute("okx", at(3)));
    expect(minutesOf(track)).toEqual([0]);
    expect(needs(track, at(4))).toEqual({ fromMs: at(1), toMs: at(2) });
    observe(track, send(at(4), candle("okx", at(1))), HISTORY_MS);
    expect(minutesOf(track)).toEqual([0, 1, 2, 3]);
    expect(needs(track, at(4))).toBeNull();
  });

  test("a lag of three minutes is a late poll, of more a reason to ask for history", () => {
    const track = tracked(closedMinute("okx", at(0)));
    expect(needs(track, at(4) + 59_999)).toBeNull();
    expect(needs(track, at(5))).toEqual({ fromMs: at(1), toMs: at(5) });
  });

  test("a candle that still runs completes nothing and is kept as the running one", () => {
    const track = tracked(send(at(0) + 30_000, candle("okx", at(0), { closed: false, close: 61_000 })));
    expect(track.ready).toEqual([]);
    // the one of minute 1 in the first batch is newer
    expect(track.openCandle?.openTime).toBe(at(1));
    observe(track, send(at(2) + 9, candle("okx", at(2), { closed: false, close: 61_000 })), HISTORY_MS);
    expect(track.openCandle).toMatchObject({ openTime: at(2), close: 61_000 });
  });

  test("candles of other widths are not minutes", () => {
    expect(tracked(send(at(5), candle("okx", at(0), { intervalMs: 5 * MINUTE_MS }))).ready).toEqual([]);
  });
});

describe("repeats", () => {
  test("the same batch twice gives the same minutes and the same next minute", () => {
    const once = tracked(closedMinute("okx", at(0)), closedMinute("okx", at(1)));
    const twice = tracked(...[0, 0, 1, 1, 0].map((minute) => closedMinute("okx", at(minute))));
    expect(twice.ready).toEqual(once.ready);
    expect(twice.nextMinuteMs).toBe(once.nextMinuteMs);
  });

  test("a second candle for a minute that is complete changes nothing", () => {
    const track = tracked(closedMinute("okx", at(0)));
    const before = structuredClone(track.ready);
    observe(track, send(at(1), candle("okx", at(0), { close: 1, high: 9e9 })), HISTORY_MS);
    expect(track.ready).toEqual(before);
  });

  test("of two candles for a waiting minute the first one stays", () => {
    const track = tracked(send(at(3), candle("okx", at(2), { close: 60_123 })), send(at(3), candle("okx", at(2))));
    observe(track, send(at(3), candle("okx", at(0)), candle("okx", at(1))), HISTORY_MS);
    expect(bars(track)[2]?.close).toBe(60_123);
  });

  test("one liquidation reported twice counts once, two of the same minute add up", () => {
    const one = liquidation("okx", at(0) + 5_000, { notionalUsd: 100 });
    const other = liquidation("okx", at(0) + 6_000, { notionalUsd: 40 });
    const short = liquidation("okx", at(0) + 6_000, { side: "short", notionalUsd: 7 });
    const track = tracked(send(at(0) + 9_000, one, one, other), send(at(0) + 12_000, one, short));
    observe(track, closedMinute("okx", at(0)), HISTORY_MS);
    expect(bars(track)[0]).toMatchObject({ observedLongUsd: 140, observedShortUsd: 7 });
  });

  test("a liquidation after its minute is complete is counted as late and changes no minute", () => {
    const track = tracked(closedMinute("okx", at(0)), send(at(1), liquidation("okx", at(0) + 1)));
    observe(track, closedMinute("okx", at(1)), HISTORY_MS);
    expect(track.lateCount).toBe(1);
    expect(bars(track).map((bar) => bar.observedLongUsd)).toEqual([null, null]);
  });
});

describe("history", () => {
  test("completes its range: minutes with a candle are filled, the others are missing with the reason given", () => {
    const missing = [{ fromMs: at(1), toMs: at(3), reason: "older than 2000 candles" }];
    const track = tracked(historyAnswer("okx", at(5), { fromMs: at(0), toMs: at(5) }, missing));
    expect(track.ready.map((minute) => (minute.type === "bar" ? minute.quality.fromHistory : minute.reason))).toEqual([
      true,
      "older than 2000 candles",
      "older than 2000 candles",
      true,
      true,
    ]);
    expect(track.nextMinuteMs).toBe(at(5));
  });

  test("a minute of the range with neither candle nor reason gets a reason of its own", () => {
    const range = { fromMs: at(0), toMs: at(2) };
    const track = tracked(batch("okx", at(5), [candle("okx", at(1))], { history: { range, missing: [] } }));
    expect(track.ready.map((minute) => minute.type)).toEqual(["missing", "bar"]);
    expect(track.ready[0]).toMatchObject({ reason: "the exchange served no candle" });
  });

  test("an answer to a range that begins beyond the next minute marks nothing missing", () => {
    const track = tracked(historyAnswer("okx", at(5), { fromMs: at(2), toMs: at(4) }));
    expect(track.ready).toEqual([]);
    expect(needs(track, at(5))).toEqual({ fromMs: at(0), toMs: at(2) });
  });

  test("minutes that were seen live beyond the hole are not marked as filled from history", () => {
    const track = tracked(closedMinute("okx", at(2)), historyAnswer("okx", at(4), { fromMs: at(0), toMs: at(2) }));
    const quality = track.ready.map((minute) => minute.type === "bar" && minute.quality.fromHistory);
    expect(quality).toEqual([true, true, false]);
  });

  test("an answer that comes twice adds no minute twice", () => {
    const answer = historyAnswer("okx", at(4), { fromMs: at(0), toMs: at(3) });
    expect(minutesOf(tracked(answer, answer))).toEqual([0, 1, 2]);
  });
});

describe("open interest", () => {
  const interest = (...points: [number, number][]) => points.map(([when, base]) => openInterest("okx", when, base));
  const known = (track: VenueTrack) => bars(track).map((bar) => bar.openInterestBase);

  test("belongs to the minute in which it was stamped: the newest one up to the minute's end, that instant included", () => {
    const points = interest([at(0) + 1, 10], [at(0) + 30_000, 11], [at(1), 12], [at(1) + 1, 13], [at(2), 14]);
    expect(known(tracked(send(at(3), ...points, candle("okx", at(0)), candle("okx", at(1)))))).toEqual([12, 14]);
  });

  test("is the same whatever the order of the polls", () => {
    const points = interest([at(1), 12], [at(0) + 1, 10], [at(0) + 30_000, 11]);
    expect(known(tracked(send(at(3), ...points, candle("okx", at(0)))))).toEqual([12]);
  });

  test("a minute without one of its own says so, an older one is not passed off as its own", () => {
    const track = tracked(
      send(at(1), ...interest([at(0) + 5, 10]), candle("okx", at(0))),
      send(at(3), candle("okx", at(1))),
    );
    expect(known(track)).toEqual([10, null]);
    expect(track.ready.map((minute) => minute.type === "bar" && minute.quality.openInterestCarried)).toEqual([
      false,
      true,
    ]);
  });

  test("one that was polled before its minute's candle came waits for it", () => {
    const track = tracked(send(at(1) + 5, ...interest([at(1) + 1, 20])));
    observe(track, send(at(2), candle("okx", at(0)), candle("okx", at(1))), HISTORY_MS);
    expect(known(track)).toEqual([null, 20]);
  });

  test("the newest one stays known, also when an older one arrives after it", () => {
    const track = tracked(send(at(2), ...interest([at(1), 12])), send(at(3), ...interest([at(0), 9])));
    expect(track.lastOpenInterest).toEqual({ at: at(1), base: 12 });
  });

  test("points that no coming minute needs are let go when the next minute is complete", () => {
    const track = tracked(closedMinute("okx", at(0)), send(at(1), ...interest([at(0) + 9, 1], [at(1), 2])));
    observe(track, send(at(2), candle("okx", at(1))), HISTORY_MS);
    expect(track.openInterest).toEqual([]);
    expect(known(track)[1]).toBeNull();
  });

  test("a model that has none yet may start from the last one before, else from the first one known at all", () => {
    const start = (track: VenueTrack) =>
      track.ready.map((minute) => (minute.type === "bar" ? minute.startOpenInterestBase : "missing"));
    const later = tracked(send(at(3), ...interest([at(2) + 9, 30]), candle("okx", at(0)), candle("okx", at(1))));
    expect([start(later), known(later)]).toEqual([
      [30, 30],
      [null, null],
    ]);
    const before = tracked(send(at(1), ...interest([at(0) - 9, 20], [at(2) + 9, 30]), candle("okx", at(0))));
    expect(start(before)).toEqual([20]);
  });
});

describe("funding and liquidations", () => {
  test("a rate enters the minute in which it is charged, once, and the newest forecast for that time counts", () => {
    const track = tracked(
      send(at(0), fundingRate("okx", at(0), at(1), 0.0001)),
      send(at(1), fundingRate("okx", at(1), at(1), 0.0003)),
      send(at(3), ...[0, 1, 2].map((minute) => candle("okx", at(minute)))),
    );
    expect(bars(track).map((bar) => bar.fundingRate)).toEqual([null, 0.0003, null]);
    expect(track.funding).toEqual([]);
  });

  test("no report is unknown until the exchange has reported one, then it is none", () => {
    const track = tracked(closedMinute("okx", at(0)), send(at(1) + 9, liquidation("okx", at(1) + 9)));
    for (const minute of [1, 2]) observe(track, closedMinute("okx", at(minute)), HISTORY_MS);
    expect(bars(track).map((bar) => bar.observedLongUsd)).toEqual([null, 59_000, 0]);
    expect(bars(track).map((bar) => bar.observedShortUsd)).toEqual([null, 0, 0]);
  });

  test("a minute filled from history knows of no liquidations, not of none", () => {
    const track = tracked(
      send(at(1) + 9, liquidation("okx", at(3) + 9)),
      historyAnswer("okx", at(3), { fromMs: at(0), toMs: at(2) }),
    );
    expect(bars(track).map((bar) => bar.observedLongUsd)).toEqual([null, null]);
  });
});

describe("the running minute", () => {
  test("mark prices polled in it make its range; an older one changes nothing", () => {
    const prices: [number, number][] = [
      [at(1) + 1, 100],
      [at(1) + 5, 103],
      [at(1) + 9, 98],
      [at(0) + 59_000, 1],
    ];
    const track = tracked(...prices.map(([when, price]) => send(when, markPrice("okx", when, price))));
    expect(track.running).toEqual({ minuteMs: at(1), open: 100, high: 103, low: 98, close: 98 });
  });

  test("the age of an exchange counts from its newest stamp", () => {
    const track = tracked(send(at(9), markPrice("okx", at(8))), send(at(9), markPrice("okx", at(5))));
    expect(track.observedAt).toBe(at(8));
  });
});
