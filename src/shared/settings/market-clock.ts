// The market clock of a deployment, from its CLOCK_… variables: the wall clock when they are empty, a tape's time in a replay.
import { type Clock, type ClockLine, type EpochMs, marketTime } from "../time/clock.ts";
import { readNumber } from "./vars.ts";

/** Throws when the variables contradict each other; the message names the one at fault. */
export function parseClockLine(vars: object): ClockLine {
  const marketOriginMs = readNumber(vars, "CLOCK_MARKET_ORIGIN_MS", 0, null);
  const wallOriginMs = readNumber(vars, "CLOCK_WALL_ORIGIN_MS", 0, null);
  const speed = readNumber(vars, "CLOCK_SPEED", 0.001, 1);
  const endMs = readNumber(vars, "CLOCK_END_MS", 0, null);
  if (marketOriginMs === null || wallOriginMs === null) {
    const missing = marketOriginMs === null ? "CLOCK_MARKET_ORIGIN_MS" : "CLOCK_WALL_ORIGIN_MS";
    if (marketOriginMs !== wallOriginMs || speed !== 1 || endMs !== null) {
      throw new Error(`variable ${missing} was empty, expected a time in ms because another CLOCK_ variable is set`);
    }
    return { marketOriginMs: 0, wallOriginMs: 0, speed: 1, endMs: null };
  }
  return { marketOriginMs, wallOriginMs, speed, endMs };
}

export function marketClock(vars: object, wall: () => EpochMs): Clock {
  const line = parseClockLine(vars);
  return { now: () => marketTime(line, wall()) };
}

/** True when the tape has been played to its end. */
export function hasEnded(line: ClockLine, wallMs: EpochMs): boolean {
  return line.endMs !== null && marketTime(line, wallMs) >= line.endMs;
}
