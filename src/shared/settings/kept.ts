// How far back a deployment fills its maps, and how long it keeps single liquidations.
import { DAY_MS, MINUTE_MS } from "../time/clock.ts";
import { type NumberRange, readNumber } from "./vars.ts";

const HISTORY: NumberRange = { unit: "ms", min: MINUTE_MS, max: 3_650 * DAY_MS };
const KEEP: NumberRange = { unit: "days", min: 1, max: 3_650 };

/** Market time of history that a new exchange is asked for. */
export function historyMsOf(vars: object): number {
  return readNumber(vars, "HISTORY_MS", HISTORY, 14 * DAY_MS);
}

/** How long single reported liquidations are kept; their sums per column stay longer. */
export function keepLiquidationsMs(vars: object): number {
  return readNumber(vars, "KEEP_LIQUIDATIONS_DAYS", KEEP, 30) * DAY_MS;
}
