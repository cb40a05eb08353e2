// Brings the history that hubs ask for, in pieces, within the time and budget that live polls leave.
import type { ObservationBatch, TimeRange } from "../../src/shared/market/batch.ts";
import type { Candle, Observation, OpenInterest } from "../../src/shared/market/observation.ts";
import type { SymbolId } from "../../src/shared/market/symbol.ts";
import type { Clock, EpochMs } from "../../src/shared/time/clock.ts";
import type { HistorySource, VenueAdapter } from "../../src/shared/venue/venue.ts";
import { type BackOff, backOffMs } from "./back-off.ts";
import type { CounterReport } from "./counters.ts";
import type { Quarantine } from "./guards/quarantine.ts";
import { type HistorySlice, missingRanges, nextSlice } from "./history-slice.ts";
import type { HubLink } from "./hub-link.ts";
import type { RequestBudget } from "./request-budget.ts";
import type { Asked, Requester } from "./requester.ts";
import { settledRange, spokenTo } from "./served-range.ts";
import type { SymbolTrack } from "./symbol-track.ts";

const RETRY: BackOff = { baseMs: 2_000, capMs: 60_000 };
/** Useless answers to one piece after which it is given up as missing: about five minutes of trying. */
const TRIES = 8;

interface Trouble {
  fromMs: EpochMs;
  failures: number;
  notBeforeMs: EpochMs;
}

/** `hold`: the budget is spent; `stop`: the venue does not answer now; `failed`: this symbol has to wait, others need not. */
type Result = "sent" | "hold" | "stop" | "failed";
type Piece = Pick<ObservationBatch, "observations" | "history">;

export interface HistoryFillOptions {
  adapter: VenueAdapter;
  requester: Requester;
  hubs: HubLink;
  counters: CounterReport;
  market: Clock;
  wall: () => EpochMs;
  random: () => number;
  budget: RequestBudget;
  quarantine: Quarantine;
  /** Waits a moment, at most the rest of a tick. */
  pause: (ms: number) => Promise<void>;
}

export class HistoryFill {
  readonly #options: HistoryFillOptions;
  readonly #trouble = new Map<SymbolId, Trouble>();

  constructor(options: HistoryFillOptions) {
    this.#options = options;
  }

  /** Works until `deadlineMs` (wall). One symbol after another, so that the most important one is complete first. */
  async run(tracks: readonly SymbolTrack[], deadlineMs: EpochMs): Promise<void> {
    const { wall } = this.#options;
    for (const track of tracks) {
      while (track.off === null && this.#isReady(track)) {
        const result = await this.#fillOne(track, deadlineMs);
        if (result === "stop" || wall() >= deadlineMs) return;
        if (result === "hold" && !(await this.#nextWindow(deadlineMs))) return;
        if (result === "failed") break;
      }
    }
  }

  /** Waits for the next window of the budget; false when that comes too late. OKX counts in windows of 2 s. */
  async #nextWindow(deadlineMs: EpochMs): Promise<boolean> {
    const { budget, wall, pause } = this.#options;
    const at = budget.nextWindowAt(wall());
    if (at >= deadlineMs) return false;
    await pause(at - wall());
    return true;
  }

  #isReady(track: SymbolTrack): boolean {
    if (track.needs === null) return false;
    return this.#options.wall() >= (this.#trouble.get(track.symbol)?.notBeforeMs ?? 0);
  }

  async #fillOne(track: SymbolTrack, deadlineMs: EpochMs): Promise<Result> {
    const { adapter, market, hubs, counters } = this.#options;
    const needs = track.needs;
    const slice = needs === null ? null : nextSlice(adapter.name, adapter.history, needs, market.now());
    if (needs === null || slice === null) return "failed";
    const answer =
      slice.candles === null ? newPiece(slice, [], slice.missingReason) : await this.#fetch(track, slice, deadlineMs);
    if (answer === "failed") return this.#fail(track, slice);
    if (typeof answer === "string") return answer;
    const sent = await hubs.send(track, answer);
    // a hub that asks for the same again has not taken it: do not spin on it
    if (!sent || isSame(needs, track.needs)) return this.#fail(track, slice);
    counters.historySlices += 1;
    this.#trouble.delete(track.symbol);
    return "sent";
  }

  async #fetch(track: SymbolTrack, slice: HistorySlice, deadlineMs: EpochMs): Promise<Piece | Exclude<Result, "sent">> {
    const { adapter } = this.#options;
    const { candles: candleSource, openInterest: interestSource } = adapter.history;
    const failures = this.#failures(track, slice);
    const givenUp = failures >= TRIES;
    // one answer may bring both: it is asked for once
    const isInCandles = interestSource?.kind === candleSource.kind;
    const observations: Observation[] = [];
    let spoken: EpochMs | null = null;
    for (const window of slice.candles ?? []) {
      const asked = failures > 0 || isInCandles ? widened(window, candleSource) : window;
      const candles = await this.#askWithin(track, candleSource, asked, deadlineMs);
      if (candles.type === "held") return candles.by === "budget" ? "hold" : "stop";
      if (isRefusalOfVenue(candles)) return "stop";
      if (candles.type !== "ok") {
        return givenUp ? newPiece(slice, [], `${TRIES} requests failed: ${candles.reason}`) : "failed";
      }
      const found = candlesIn(candles.parsed.observations, track.symbol, window);
      // a changed format must not turn into "the venue has no history"
      if (found.length === 0 && candles.parsed.rejects.length > 0 && !givenUp) return "failed";
      observations.push(...found);
      if (isInCandles) observations.push(...interestIn(candles.parsed.observations, track.symbol, asked));
      spoken = Math.max(spoken ?? 0, spokenTo(candles.parsed.observations, track.symbol) ?? 0) || null;
    }
    const settled = settledRange(slice.range, spoken, failures, this.#options.market.now());
    if (settled === null) return "failed";
    for (const window of interestSource === null || isInCandles ? [] : slice.openInterest) {
      const interest = await this.#askWithin(track, interestSource as HistorySource, window, deadlineMs);
      if (interest.type === "ok") observations.push(...interestIn(interest.parsed.observations, track.symbol, window));
      else if (interest.type === "held") return interest.by === "budget" ? "hold" : "stop";
      else if (isRefusalOfVenue(interest)) return "stop";
      else if (!givenUp) return "failed";
    }
    const inRange = observations.filter((one) => one.kind !== "candle" || one.openTime < settled.toMs);
    return this.#believed(track, { ...slice, range: settled }, inRange);
  }

  /** What can be true of it; a candle that cannot is missing with the reason, an open interest is carried forward. */
  #believed(track: SymbolTrack, slice: HistorySlice, observations: readonly Observation[]): Piece {
    const { adapter, quarantine } = this.#options;
    const believed = quarantine.passHistory(track.symbol, observations);
    const count = (rows: readonly Observation[]) => rows.filter(({ kind }) => kind === "candle").length;
    const isLess = count(believed) < count(observations);
    const held = isLess ? quarantine.heldBack(track.symbol, "candle", Number.NEGATIVE_INFINITY) : null;
    return newPiece(slice, believed, held ?? `${adapter.name} served no candle`);
  }

  /** Asks, and waits for the budget's next window when it is spent: what a piece already has is not asked for again. */
  async #askWithin(track: SymbolTrack, source: HistorySource, range: TimeRange, deadlineMs: EpochMs): Promise<Asked> {
    for (;;) {
      const asked = await this.#ask(track, source, range);
      if (asked.type !== "held" || asked.by !== "budget" || !(await this.#nextWindow(deadlineMs))) return asked;
    }
  }

  #ask(track: SymbolTrack, source: HistorySource, { fromMs, toMs }: TimeRange): Promise<Asked> {
    const { requester, market } = this.#options;
    const limit = Math.min(source.maxRows, Math.ceil((toMs - fromMs) / source.stepMs));
    const args = { venueSymbol: track.venueSymbol, fromMs, toMs, limit, nowMs: market.now() };
    return requester.ask(source.kind, args, "history");
  }

  /** Failures in a row about the piece that begins where this one does. */
  #failures(track: SymbolTrack, slice: HistorySlice): number {
    const trouble = this.#trouble.get(track.symbol);
    return trouble?.fromMs === slice.range.fromMs ? trouble.failures : 0;
  }

  #fail(track: SymbolTrack, slice: HistorySlice): "failed" {
    const { wall, random } = this.#options;
    const failures = this.#failures(track, slice) + 1;
    const notBeforeMs = wall() + backOffMs(RETRY, failures, random);
    this.#trouble.set(track.symbol, { fromMs: slice.range.fromMs, failures, notBeforeMs });
    return "failed";
  }
}

/**
 * One minute more than is wanted, where a request has room: a candle behind a hole shows that the hole is real, and
 * open interest that candles begin with is that of the minute before.
 */
function widened(window: TimeRange, { maxRows, stepMs }: HistorySource): TimeRange {
  const isFull = window.toMs - window.fromMs >= maxRows * stepMs;
  return isFull ? window : { fromMs: window.fromMs, toMs: window.toMs + stepMs };
}

function newPiece(slice: HistorySlice, observations: Observation[], reason: string | null): Piece {
  const candles = observations.filter((observation): observation is Candle => observation.kind === "candle");
  const missing = missingRanges(slice.range, candles, reason ?? "not served");
  return { observations, history: { range: slice.range, missing } };
}

/** The venue as a whole does not answer now: the piece itself is not at fault and is not counted as tried. */
function isRefusalOfVenue(asked: Asked): boolean {
  switch (asked.type) {
    case "held":
    case "blocked":
    case "banned":
    case "rate-limited":
    case "maintenance":
      return true;
    case "ok":
    case "failed":
    case "malformed":
    case "bad-symbol":
      return false;
  }
}

function candlesIn(observations: readonly Observation[], symbol: SymbolId, range: TimeRange): Candle[] {
  return observations.filter(
    (one): one is Candle =>
      one.kind === "candle" &&
      one.symbol === symbol &&
      one.closed &&
      one.openTime >= range.fromMs &&
      one.openTime < range.toMs,
  );
}

function interestIn(observations: readonly Observation[], symbol: SymbolId, window: TimeRange): OpenInterest[] {
  return observations.filter(
    (one): one is OpenInterest =>
      one.kind === "openInterest" &&
      one.symbol === symbol &&
      one.exchangeTime >= window.fromMs &&
      one.exchangeTime < window.toMs,
  );
}

function isSame(a: TimeRange, b: TimeRange | null): boolean {
  return b !== null && a.fromMs === b.fromMs && a.toMs === b.toMs;
}
