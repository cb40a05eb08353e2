// When ticks happen and which symbols each concerns. Ticks lie on a grid of wall time that all venues share,
// so that the batches of all venues reach a hub close together.
import type { EpochMs } from "../../src/shared/time/clock.ts";

/** Below this a replay would spend its time on alarms; what a faster market does in between comes as minute history. */
const MIN_STEP_MS = 250;
/** Once the tape has ended nothing changes any more. */
const ENDED_STEP_MS = 15_000;

export interface Pace {
  /** Wall time between two ticks: the poll interval of the busiest symbols. */
  stepMs: number;
  /** Ticks between two polls of any other symbol. */
  tailEvery: number;
  busySymbols: number;
}

export function paceOf(settings: { busySymbols: number; busyPollMs: number; tailPollMs: number }, speed: number): Pace {
  const stepMs = Math.max(MIN_STEP_MS, settings.busyPollMs / speed);
  const tailMs = Math.max(MIN_STEP_MS, settings.tailPollMs / speed);
  return { stepMs, tailEvery: Math.max(1, Math.round(tailMs / stepMs)), busySymbols: settings.busySymbols };
}

/** Wall time of the next tick after `wallMs`. */
export function nextTickAt(pace: Pace, wallMs: EpochMs, ended: boolean): EpochMs {
  const stepMs = ended ? Math.max(pace.stepMs, ENDED_STEP_MS) : pace.stepMs;
  return Math.ceil((Math.floor(wallMs / stepMs) + 1) * stepMs);
}

/**
 * Number of the poll a symbol is in: it is due when the number has grown since its last poll, so a late alarm delays
 * a poll but never loses it. Symbols of the tail take turns, the same ones at every venue.
 */
export function pollSlot(pace: Pace, symbolIndex: number, wallMs: EpochMs): number {
  const tick = Math.floor(wallMs / pace.stepMs);
  return symbolIndex < pace.busySymbols ? tick : Math.floor((tick + symbolIndex) / pace.tailEvery);
}
