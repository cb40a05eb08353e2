// Polls of open interest fail while candles come: history brings the rows it has, and the standing book follows.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyBatch } from "../../durable-objects/hub/hub.ts";
import { createHubState, type HubState } from "../../durable-objects/hub/hub-state.ts";
import { decodeState, encodeState } from "../../durable-objects/hub/state-codec.ts";
import { SILENT } from "../../durable-objects/hub/write-columns.ts";
import { assertDefined } from "../../src/shared/error/assert.ts";
import type { ObservationBatch, TimeRange } from "../../src/shared/market/batch.ts";
import type { VenueMinute } from "../../src/shared/market/minute.ts";
import type { VenueId } from "../../src/shared/market/symbol.ts";
import { conservationError, encodeModel } from "../../src/shared/model/model.ts";
import { MINUTE_MS } from "../../src/shared/time/clock.ts";
import { batch, candle, DAY0, liquidation, openInterest } from "../support/batches.ts";

const STEP_MS = 5 * MINUTE_MS;
const isRow = (endMs: number) => endMs % STEP_MS === 0;

/** What an exchange with rows every five minutes answers. */
function history(venue: VenueId, sentAt: number, range: TimeRange, rows = true): ObservationBatch {
  const observations = [];
  for (let at = range.fromMs; at < range.toMs; at += MINUTE_MS) {
    observations.push(candle(venue, at));
    if (rows && isRow(at + MINUTE_MS)) observations.push(openInterest(venue, at + MINUTE_MS));
  }
  return batch(venue, sentAt, observations, { history: { range, missing: [] } });
}

interface Run {
  venue?: VenueId;
  /** Minutes whose open interest is not polled; those at history's rows still are when `rows` is set. */
  silent: (minute: number) => boolean;
  rows?: boolean;
  count: number;
  /** Says nothing about open interest until this minute. */
  rowsFrom?: number;
  restart?: boolean;
}

function play({ venue = "binance", silent, rows = false, count, rowsFrom = 0, restart = false }: Run) {
  const settings = { symbol: "BTC", venues: [venue], historyMs: MINUTE_MS, speed: 1 };
  let state: HubState = createHubState();
  const minutes: VenueMinute[] = [];
  const asked: { minute: number; from: number; to: number }[] = [];
  const told = [];
  let replays = 0;
  for (let i = 0; i < count; i++) {
    const openMs = DAY0 + i * MINUTE_MS;
    const endMs = openMs + MINUTE_MS;
    const polled = !silent(i) || (rows && isRow(endMs));
    // what is polled at a row is what history says of it
    const at = silent(i) || isRow(endMs) ? endMs : endMs - 2_000;
    const report = liquidation(venue, openMs + 20_000, { sizeBase: 0.1 + i / 1_000 });
    const observations = [candle(venue, openMs), report, ...(polled ? [openInterest(venue, at)] : [])];
    const sink = { ...SILENT, minutes: (some: VenueMinute[]) => minutes.push(...structuredClone(some)) };
    const applied = applyBatch(state, settings, batch(venue, endMs + 2_000, observations), sink);
    told.push(...applied.gaps);
    const { needs } = applied.reply;
    if (needs === null) continue;
    if (i > 0) asked.push({ minute: i, from: (needs.fromMs - DAY0) / MINUTE_MS, to: (needs.toMs - DAY0) / MINUTE_MS });
    const answered = applyBatch(state, settings, history(venue, endMs + 2_500, needs, i >= rowsFrom), sink);
    if (answered.replayed) replays += 1;
    if (restart) {
      const decoded = decodeState(encodeState(state));
      if ("error" in decoded) throw new Error(decoded.error);
      state = decoded;
    }
  }
  const own = assertDefined(state.venues.get(venue), "the exchange");
  return { own, minutes, asked, told, replays, book: Buffer.from(encodeModel(own.model)).toString("base64") };
}

describe("minutes whose open interest was carried", () => {
  test("get history's rows, and the book is that of polls which had heard exactly those", () => {
    const outage = fc.record({
      from: fc.integer({ min: 6, max: 20 }),
      length: fc.integer({ min: 5, max: 30 }),
      after: fc.integer({ min: 22, max: 30 }),
      restart: fc.boolean(),
    });
    fc.assert(
      fc.property(outage, ({ from, length, after, restart }) => {
        const silent = (minute: number) => minute >= from && minute < from + length;
        const count = from + length + after;
        const late = play({ silent, count, restart });
        const known = play({ silent, rows: true, count });
        expect(late.replays).toBeGreaterThan(0);
        expect(late.told).toEqual([]);
        expect(late.own.gap).toBeNull();
        expect(conservationError(late.own.model)).toBeLessThan(1e-9);
        expect(late.book).toBe(known.book);
        expect(late.own.degradedMinutes).toBe(known.own.degradedMinutes);
      }),
      { numRuns: 12 },
    );
  });

  test("are written down again with what was seen live: prices, volume and reports stay", () => {
    const { minutes } = play({ silent: (minute) => minute >= 10 && minute < 20, count: 40 });
    const twice = minutes.filter(({ minute }) => minute.minuteMs === DAY0 + 14 * MINUTE_MS).map(({ minute }) => minute);
    const [first, second] = twice;
    if (first?.type !== "bar" || second?.type !== "bar") throw new Error("two bars expected");
    expect(first.quality).toEqual({ openInterestCarried: true, fromHistory: false });
    expect(second.quality).toEqual({ openInterestCarried: false, fromHistory: false });
    const openInterestBase = openInterest("binance", DAY0 + 15 * MINUTE_MS).openInterestBase;
    expect(second.bar).toEqual({ ...first.bar, openInterestBase });
    expect(first.bar.observedLongUsd).toBeGreaterThan(0);
  });

  test("nothing is asked where no row falls into the silence, nor where the exchange keeps no such history", () => {
    const short = play({ silent: (minute) => minute >= 10 && minute < 14, count: 40 });
    expect(short.asked).toEqual([]);
    const bitget = play({ venue: "bitget", silent: (minute) => minute >= 10 && minute < 30, count: 60 });
    expect(bitget.asked).toEqual([]);
    expect(bitget.own.gap).toBeNull();
  });

  test("are asked for again after ten minutes until the rows are there, and for three hours at most", () => {
    const silent = (minute: number) => minute >= 10 && minute < 20;
    const late = play({ silent, count: 80, rowsFrom: 40 });
    expect(late.asked).toEqual([
      { minute: 24, from: 14, to: 20 },
      { minute: 35, from: 14, to: 20 },
      { minute: 46, from: 14, to: 20 },
    ]);
    expect(late.replays).toBe(1);
    const never = play({ silent, count: 260, rowsFrom: 1_000 });
    expect(never.asked.at(-1)?.minute).toBeLessThan(20 + 180);
    expect(never.own).toMatchObject({ gap: null, gapModel: null });
  });
});
