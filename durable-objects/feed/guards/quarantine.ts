// Keeps what cannot be true away from the hubs, counts it, and keeps the last example for /v1/exchanges.
import type { Observation, OpenInterest } from "../../../src/shared/market/observation.ts";
import type { SymbolId } from "../../../src/shared/market/symbol.ts";
import type { EpochMs } from "../../../src/shared/time/clock.ts";
import { doubtsOfHistory } from "./history-guard.ts";
import { type InterestMemory, judgeInterest } from "./open-interest-guard.ts";
import { impossible } from "./price-guard.ts";

/** What was held back since the object started. */
export interface QuarantineReport {
  count: number;
  last: { symbol: SymbolId; kind: Observation["kind"]; reason: string; sample: string; at: EpochMs } | null;
}

const SAMPLE_CHARS = 200;

export class Quarantine {
  readonly #interest = new Map<SymbolId, InterestMemory>();
  readonly #prices = new Map<SymbolId, number>();
  readonly #held = new Map<string, { reason: string; at: EpochMs }>();
  readonly #report: QuarantineReport = { count: 0, last: null };

  /** The believable part of what an exchange said live. */
  pass(observations: readonly Observation[]): Observation[] {
    const sound = observations.filter((one) => this.#isSound(one, impossible(one)));
    for (const one of sound) this.#learn(one);
    return sound.filter((one) => one.kind !== "openInterest" || this.#isBelieved(one)).map(atMostReceived);
  }

  /** The believable part of one symbol's history. It teaches nothing about now. */
  passHistory(symbol: SymbolId, rows: readonly Observation[]): Observation[] {
    const price = this.#prices.get(symbol) ?? null;
    const openInterestBase = this.#interest.get(symbol)?.base ?? null;
    const doubts = doubtsOfHistory(rows, { price, openInterestBase });
    return rows.filter((one, i) => this.#isSound(one, doubts[i] ?? null));
  }

  report(): QuarantineReport {
    return structuredClone(this.#report);
  }

  /** Why a kind of one symbol was last held back, if that was after a time; else null. */
  heldBack(symbol: SymbolId, kind: Observation["kind"], after: EpochMs): string | null {
    const held = this.#held.get(`${symbol} ${kind}`);
    return held === undefined || held.at <= after ? null : held.reason;
  }

  #learn(one: Observation): void {
    if (one.kind === "markPrice") this.#prices.set(one.symbol, one.markPrice);
    if (one.kind !== "candle" || one.volumeBase === null) return;
    const memory = this.#interest.get(one.symbol);
    if (memory === undefined) return;
    memory.minuteVolumeBase = Math.max(memory.minuteVolumeBase ?? 0, one.volumeBase);
  }

  #isBelieved(sample: OpenInterest): boolean {
    const { symbol } = sample;
    const price = this.#prices.get(symbol) ?? null;
    const { reason, memory } = judgeInterest(sample, price, this.#interest.get(symbol) ?? null);
    if (memory !== null) this.#interest.set(symbol, memory);
    return this.#isSound(sample, reason);
  }

  #isSound(one: Observation, reason: string | null): boolean {
    if (reason === null) return true;
    this.#report.count += 1;
    this.#held.set(`${one.symbol} ${one.kind}`, { reason, at: one.receivedAt });
    const sample = JSON.stringify(one).slice(0, SAMPLE_CHARS);
    this.#report.last = { symbol: one.symbol, kind: one.kind, reason, sample, at: one.receivedAt };
    return false;
  }
}

/** A level is no younger than when we heard it: a clock that runs ahead must not put it into a coming minute. */
function atMostReceived(one: Observation): Observation {
  if (one.kind !== "openInterest" && one.kind !== "markPrice") return one;
  return one.exchangeTime <= one.receivedAt ? one : { ...one, exchangeTime: one.receivedAt };
}
