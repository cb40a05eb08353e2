// Names of OKX's bar lengths.
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../shared/time/clock.ts";

export interface BarLength {
  intervalMs: number;
  /** Bars of six hours and more open by the clock of UTC+8 unless their name ends in `utc`. */
  offsetMs: number;
}

const PLAIN: Record<string, number> = {
  "1m": MINUTE_MS,
  "3m": 3 * MINUTE_MS,
  "5m": 5 * MINUTE_MS,
  "15m": 15 * MINUTE_MS,
  "30m": 30 * MINUTE_MS,
  "1H": HOUR_MS,
  "2H": 2 * HOUR_MS,
  "4H": 4 * HOUR_MS,
};
const LONG: Record<string, number> = { "6H": 6 * HOUR_MS, "12H": 12 * HOUR_MS, "1D": DAY_MS };

export function barLength(name: string): BarLength | null {
  const plain = PLAIN[name];
  if (plain !== undefined) return { intervalMs: plain, offsetMs: 0 };
  const inUtc = name.endsWith("utc");
  const long = LONG[inUtc ? name.slice(0, -3) : name];
  if (long === undefined) return null;
  return { intervalMs: long, offsetMs: inUtc ? 0 : (24 - 8) * HOUR_MS };
}
