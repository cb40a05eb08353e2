// The market clock of a deployment, from its CLOCK_… variables: the wall clock when they are empty, a tape's time in a replay.
import { SettingError } from "../error/setting-error.ts";
import { type Clock, type ClockLine, type EpochMs, marketTime } from "../time/clock.ts";
import { type NumberRange, readNumber } from "./vars.ts";

/** To the year 2100. */
const TIME: NumberRange = { unit: "ms since 1970", min: 0, max: 4_102_444_800_000, whole: false };
const SPEED: NumberRange = { unit: "market seconds per second", min: 0.001, max: 100_000, whole: false };

/** Throws when the variables contradict each other; the message names the one at fault. */
export function parseClockLine(vars: object): ClockLine {
  const marketOriginMs = readNumber(vars, "CLOCK_MARKET_ORIGIN_MS", TIME, null);
  const wallOriginMs = readNumber(vars, "CLOCK_WALL_ORIGIN_MS", TIME, null);
  const speed = readNumber(vars, "CLOCK_SPEED", SPEED, 1);
  const endMs = readNumber(vars, "CLOCK_END_MS", TIME, null);
  if (marketOriginMs === null || wallOriginMs === null) {
    const missing = marketOriginMs === null ? "CLOCK_MARKET_ORIGIN_MS" : "CLOCK_WALL_ORIGIN_MS";
    if (marketOriginMs !== wallOriginMs || speed !== 1 || endMs !== null) {
      throw new SettingError(missing, "", "a time in ms, because another CLOCK_ variable is set");
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
