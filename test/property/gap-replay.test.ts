// An outage whose history comes late: the standing book is that of the same market without the outage.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyBatch } from "../../durable-objects/hub/hub.ts";
import { createHubState, type HubState } from "../../durable-objects/hub/hub-state.ts";
import type { HubSettings } from "../../durable-objects/hub/settings.ts";
import { decodeState, encodeState } from "../../durable-objects/hub/state-codec.ts";
import { SILENT } from "../../durable-objects/hub/write-columns.ts";
import { assertDefined } from "../../src/shared/error/assert.ts";
import type { ObservationBatch, TimeRange } from "../../src/shared/market/batch.ts";
import type { VenueMinute } from "../../src/shared/market/minute.ts";
import { conservationError, encodeModel } from "../../src/shared/model/model.ts";
import { MINUTE_MS } from "../../src/shared/time/clock.ts";
import { batch, candle, closedMinute, DAY0, openInterest } from "../support/batches.ts";

const settings: HubSettings = { symbol: "BTC", venues: ["binance"], historyMs: 30 * MINUTE_MS, speed: 1 };

/** History as fine as what was seen live: then nothing at all may differ. */
function fineHistory(sentAt: number, range: TimeRange): ObservationBatch {
  const observations = [];
  for (let at = range.fromMs; at < range.toMs; at += MINUTE_MS) {
    observations.push(candle("binance", at), openInterest("binance", at + MINUTE_MS - 2_000));
  }
  return batch("binance", sentAt, observations, { history: { range, missing: [] } });
}

function notServed(sentAt: number, range: TimeRange): ObservationBatch {
  return batch("binance", sentAt, [], { history: { range, missing: [{ ...range, reason: "not served" }] } });
}

function feed(state: HubState, sent: ObservationBatch, minutes: VenueMinute[] = []) {
  return applyBatch(state, settings, sent, { ...SILENT, minutes: (some) => minutes.push(...some) });
}

const bookOf = (state: HubState) =>
  Buffer.from(encodeModel(assertDefined(state.venues.get("binance"), "the exchange").model)).toString("base64");

interface Outage {
  before: number;
  length: number;
  after: number;
  pieces: number;
  restart: boolean;
}

/** Live, an outage whose minutes history does not serve at first, live again; then the hub asks and is answered. */
function withOutage({ before, length, after, pieces, restart }: Outage) {
  let state = createHubState();
  const gaps = [];
  let wanted: TimeRange | null = null;
  for (let i = 0; i < before + length + after; i++) {
    if (i >= before && i < before + length) continue;
    const sent = closedMinute("binance", DAY0 + i * MINUTE_MS);
    const applied = feed(state, sent);
    gaps.push(...applied.gaps);
    wanted = applied.reply.needs;
    // the first start has its history; the outage's is not there yet
    if (wanted !== null && i === 0) wanted = feed(state, fineHistory(sent.sentAt, wanted)).reply.needs;
    else if (wanted !== null && i === before + length) {
      const answered = feed(state, notServed(sent.sentAt, wanted));
      gaps.push(...answered.gaps);
      wanted = answered.reply.needs;
    }
  }
  if (restart) {
    const decoded = decodeState(encodeState(state));
    if ("error" in decoded) throw new Error(decoded.error);
    state = decoded;
  }
  const minutes: VenueMinute[] = [];
  const sentAt = DAY0 + (before + length + after) * MINUTE_MS + 30_000;
  let replays = 0;
  for (let piece = 1; wanted !== null; piece++) {
    const { fromMs, toMs } = wanted;
    const size = piece >= pieces ? toMs - fromMs : Math.max(1, Math.floor((toMs - fromMs) / MINUTE_MS / 2)) * MINUTE_MS;
    const applied = feed(state, fineHistory(sentAt, { fromMs, toMs: fromMs + size }), minutes);
    if (applied.replayed) replays += 1;
    wanted = applied.reply.needs;
  }
  return { state, gaps, minutes, replays };
}

function withoutOutage(count: number): HubState {
  const state = createHubState();
  for (let i = 0; i < count; i++) {
    const sent = closedMinute("binance", DAY0 + i * MINUTE_MS);
    const { needs } = feed(state, sent).reply;
    if (needs !== null) feed(state, fineHistory(sent.sentAt, needs));
  }
  return state;
}

describe("an outage and late history", () => {
  test("leave the book of a run without the outage, byte for byte, in whatever pieces and across a restart", () => {
    const outage = fc.record({
      before: fc.integer({ min: 2, max: 25 }),
      length: fc.integer({ min: 1, max: 40 }),
      after: fc.integer({ min: 12, max: 25 }),
      pieces: fc.integer({ min: 1, max: 3 }),
      restart: fc.boolean(),
    });
    fc.assert(
      fc.property(outage, (drawn) => {
        const { state, gaps, minutes } = withOutage(drawn);
        const venue = assertDefined(state.venues.get("binance"), "the exchange");
        const fromMs = DAY0 + drawn.before * MINUTE_MS;
        expect(gaps).toEqual([{ venue: "binance", fromMs, reason: "not served" }]);
        expect(minutes.map(({ minute }) => [minute.type, minute.minuteMs])).toEqual(
          Array.from({ length: drawn.length }, (_, i) => ["bar", fromMs + i * MINUTE_MS]),
        );
        expect(venue.gap).toBeNull();
        expect(venue.missingMinutes).toBe(0);
        expect(conservationError(venue.model)).toBeLessThan(1e-9);
        expect(bookOf(state)).toBe(bookOf(withoutOutage(drawn.before + drawn.length + drawn.after)));
      }),
      { numRuns: 12 },
    );
  });

  test("without the answer the book is another one: the replay is what makes them equal", () => {
    const lost = createHubState();
    for (let i = 0; i < 40; i++) {
      if (i >= 10 && i < 25) continue;
      const sent = closedMinute("binance", DAY0 + i * MINUTE_MS);
      const { needs } = feed(lost, sent).reply;
      if (needs !== null) feed(lost, i === 0 ? fineHistory(sent.sentAt, needs) : notServed(sent.sentAt, needs));
    }
    expect(bookOf(lost)).not.toBe(bookOf(withoutOutage(40)));
  });
});

test("a gap is asked for again every ten minutes, kept for a day, and then given up", () => {
  const state = createHubState();
  const asked: number[] = [];
  for (let i = 0; i < 1_500; i++) {
    if (i >= 10 && i < 15) continue;
    const sent = closedMinute("binance", DAY0 + i * MINUTE_MS);
    const { needs } = feed(state, sent).reply;
    if (needs === null) continue;
    if (i > 15) asked.push(i);
    feed(state, i === 0 ? fineHistory(sent.sentAt, needs) : notServed(sent.sentAt, needs));
  }
  expect(asked.slice(0, 3)).toEqual([25, 35, 45]);
  expect(asked.length).toBeLessThanOrEqual(144);
  expect(asked.at(-1)).toBeLessThanOrEqual(10 + 1_440);
  expect(state.venues.get("binance")).toMatchObject({ gap: null, gapModel: null, missingMinutes: 5 });
});
