// What an hour opens and force-closes itself. Nearest to price positions are born and die faster than the book can follow,
// at leverage above the highest tier or with hardly any margin left. They are taken as spread evenly over the nearest
// prices, so that what is lost grows with the way price goes against them since the hour (UTC) began:
//   so far_s = density × volume so far × ½ (way from the hour's open + longest way from a better price of the hour)
// because entries of the hour lie between the two. A step adds what it adds to that, so that minutes, five minutes and an
// hour of the same market come to nearly the same sum; ways within single steps would add up to something else for each
// length of step. When in the hour something was opened is not used: an hour's bar does not tell whether its low came
// first, and minutes are treated alike. A quiet minute after a fall therefore still adds its volume × the way before it.
// The cells do not change: what opens and closes inside an hour leaves open interest where it was.
import type { Bar } from "../market/bar.ts";
import { log } from "../num/log.ts";
import { HOUR_MS, intervalStart } from "../time/clock.ts";

/** The running hour; `hourStart` -1 before the first step. */
export interface HourSoFar {
  /** Start of the hour, ms UTC, and what it opened at. */
  hourStart: number;
  hourOpen: number;
  hourHigh: number;
  hourLow: number;
  hourVolumeBase: number;
  /** Longest way down from a high of the hour, and up from a low, log price. */
  hourFall: number;
  hourRise: number;
}

export const NO_HOUR: Readonly<HourSoFar> = {
  hourStart: -1,
  hourOpen: 0,
  hourHigh: 0,
  hourLow: 0,
  hourVolumeBase: 0,
  hourFall: 0,
  hourRise: 0,
};

/** Follows the hour through a step and returns what the step adds per side: size × log price, times its close, USD. */
export function followHour(hour: HourSoFar, bar: Bar): { long: number; short: number } {
  const start = intervalStart(bar.openTime, HOUR_MS);
  if (start !== hour.hourStart) {
    const { open } = bar;
    Object.assign(hour, { ...NO_HOUR, hourStart: start, hourOpen: open, hourHigh: open, hourLow: open });
  }
  const long = fallSoFar(hour);
  const short = riseSoFar(hour);
  // a rising bar is taken to go down first, a falling one up first
  const fallsFirst = bar.close >= bar.open;
  if (fallsFirst) fall(hour, bar.low);
  rise(hour, bar.high);
  if (!fallsFirst) fall(hour, bar.low);
  hour.hourVolumeBase += bar.volumeBase ?? 0;
  return { long: (fallSoFar(hour) - long) * bar.close, short: (riseSoFar(hour) - short) * bar.close };
}

function fall(hour: HourSoFar, low: number): void {
  hour.hourFall = Math.max(hour.hourFall, log(hour.hourHigh / low));
  hour.hourLow = Math.min(hour.hourLow, low);
}

function rise(hour: HourSoFar, high: number): void {
  hour.hourRise = Math.max(hour.hourRise, log(high / hour.hourLow));
  hour.hourHigh = Math.max(hour.hourHigh, high);
}

const fallSoFar = (hour: HourSoFar): number =>
  hour.hourVolumeBase * 0.5 * (log(hour.hourOpen / hour.hourLow) + hour.hourFall);
const riseSoFar = (hour: HourSoFar): number =>
  hour.hourVolumeBase * 0.5 * (log(hour.hourHigh / hour.hourOpen) + hour.hourRise);
