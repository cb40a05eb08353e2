// Whatever feeds may do to a hub, drawn by fast-check: polls, outages, gaps, repeats, late minutes, answers and half answers.
import fc from "fast-check";
import type { IngestReply, ObservationBatch } from "../../src/shared/market/batch.ts";
import type { Observation } from "../../src/shared/market/observation.ts";
import type { VenueId } from "../../src/shared/market/symbol.ts";
import { type EpochMs, MINUTE_MS } from "../../src/shared/time/clock.ts";
import {
  BLOCKED,
  batch,
  candle,
  closedMinute,
  DAY0,
  fundingRate,
  historyAnswer,
  liquidation,
  markPrice,
  noNews,
  openInterest,
} from "./batches.ts";

export const THREE: readonly VenueId[] = ["binance", "bybit", "okx"];

/** What one exchange does in one minute. */
const action = fc.oneof(
  { weight: 12, arbitrary: fc.constant("minute" as const) },
  { weight: 2, arbitrary: fc.constant("poll" as const) },
  { weight: 2, arbitrary: fc.constant("silence" as const) },
  { weight: 1, arbitrary: fc.constant("blocked" as const) },
  { weight: 1, arbitrary: fc.constant("repeat" as const) },
  { weight: 1, arbitrary: fc.constant("late minute" as const) },
  { weight: 1, arbitrary: fc.constant("skipped minute" as const) },
  { weight: 1, arbitrary: fc.constant("no open interest" as const) },
  { weight: 1, arbitrary: fc.constant("wild" as const) },
);

/** How it answers when the hub asks for history. */
const answer = fc.oneof(
  { weight: 4, arbitrary: fc.constant("whole" as const) },
  { weight: 1, arbitrary: fc.constant("first page" as const) },
  { weight: 1, arbitrary: fc.constant("with holes" as const) },
  { weight: 1, arbitrary: fc.constant("nothing served" as const) },
  { weight: 1, arbitrary: fc.constant("none" as const) },
);

const share = fc.double({ min: 0, max: 1, noNaN: true });
const step = fc.record({ action, answer, pick: share, crash: fc.boolean(), snapshot: fc.boolean() });
export type RandomStep = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Minutes × exchanges. */
export const randomMarket = fc.array(fc.tuple(step, step, step), { minLength: 10, maxLength: 45 });

/** Plays a market into `ingest`, which answers as a hub does; `after` is called behind each batch with its step. */
export function play(
  market: readonly (readonly RandomStep[])[],
  ingest: (batch: ObservationBatch) => IngestReply,
  after: (step: RandomStep, sent: ObservationBatch) => void = () => {},
): void {
  const last = new Map<VenueId, ObservationBatch>();
  for (const [minute, steps] of market.entries()) {
    for (const [i, step] of steps.entries()) {
      const venue = THREE[i] ?? "binance";
      const sent = toBatch(venue, DAY0 + minute * MINUTE_MS, step, last.get(venue));
      if (sent === null) continue;
      last.set(venue, sent);
      const reply = ingest(sent);
      after(step, sent);
      const request = reply.needs === null ? null : toAnswer(venue, sent.sentAt + 300, step, reply.needs);
      if (request === null) continue;
      ingest(request);
      after(step, request);
    }
  }
}

function toBatch(
  venue: VenueId,
  minuteMs: EpochMs,
  { action, pick }: RandomStep,
  last: ObservationBatch | undefined,
): ObservationBatch | null {
  const endMs = minuteMs + MINUTE_MS;
  const usual = closedMinute(venue, minuteMs);
  switch (action) {
    case "minute":
      return usual;
    case "poll": {
      const at = minuteMs + Math.floor(pick * MINUTE_MS);
      const running = candle(venue, minuteMs, { exchangeTime: at, closed: false, volumeBase: 20 * pick });
      return batch(venue, at, [running, markPrice(venue, at), openInterest(venue, at)]);
    }
    case "silence":
      return null;
    case "blocked":
      return noNews(venue, endMs, BLOCKED);
    case "repeat":
      return last ?? usual;
    case "late minute":
      return batch(venue, endMs + 9_000, [candle(venue, minuteMs - 3 * MINUTE_MS), ...usual.observations]);
    case "skipped minute":
      return batch(venue, endMs + 6_000, [candle(venue, minuteMs), openInterest(venue, minuteMs - 20_000)]);
    case "no open interest":
      return batch(venue, endMs + 4_000, [candle(venue, minuteMs, { takerBuyBase: null })]);
    case "wild":
      return batch(venue, endMs + 5_000, [...wild(venue, minuteMs, pick), ...usual.observations]);
  }
}

/** A leap of price, no volume, funding (also a negative zero), liquidations twice over. */
function wild(venue: VenueId, minuteMs: EpochMs, pick: number): Observation[] {
  const leap = candle(venue, minuteMs).close * (0.7 + 0.6 * pick);
  const report = liquidation(venue, minuteMs + 9_000, { side: pick < 0.5 ? "long" : "short", sizeBase: 1 + pick });
  return [
    candle(venue, minuteMs, { high: Math.max(leap, 63_000), low: Math.min(leap, 57_000), volumeBase: null }),
    fundingRate(venue, minuteMs, minuteMs, pick < 0.3 ? -0 : 0.0004 * (pick - 0.5)),
    openInterest(venue, minuteMs + 50_000, pick < 0.1 ? 0 : 12_000 * pick),
    report,
    report,
  ];
}

function toAnswer(
  venue: VenueId,
  sentAt: EpochMs,
  { answer, pick }: RandomStep,
  range: { fromMs: EpochMs; toMs: EpochMs },
): ObservationBatch | null {
  const minutes = (range.toMs - range.fromMs) / MINUTE_MS;
  const cut = range.fromMs + Math.ceil(pick * minutes) * MINUTE_MS;
  switch (answer) {
    case "whole":
      return historyAnswer(venue, sentAt, range);
    case "first page":
      return historyAnswer(venue, sentAt, { fromMs: range.fromMs, toMs: cut });
    case "with holes":
      return historyAnswer(venue, sentAt, range, [{ fromMs: cut, toMs: range.toMs, reason: "beyond what is served" }]);
    case "nothing served":
      return batch(venue, sentAt, [], { history: { range, missing: [{ ...range, reason: "not served" }] } });
    case "none":
      return null;
  }
}
