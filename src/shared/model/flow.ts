// What volume and open interest say about opened and closed size. Every contract has a long and a short, so both sides
// open and close alike; volume beyond the change of open interest re-prices positions at the churn rate.
//   V_e = max(|D|, ρV)    O = (V_e + D) / 2    C = (V_e − D) / 2    for each side

/** A change of open interest beyond this multiple of the volume is a glitch: one cannot open without trading. */
export const GLITCH_RATIO = 1.05;

export interface Flow {
  openedBase: number;
  closedBase: number;
}

/** Returns what each side opened and closed. Volume null = unknown: the change of open interest alone counts. */
export function inferFlow(deltaBase: number, volumeBase: number | null, churn: number): Flow {
  const effective = Math.max(Math.abs(deltaBase), churn * (volumeBase ?? 0));
  return { openedBase: (effective + deltaBase) / 2, closedBase: (effective - deltaBase) / 2 };
}

/** Limits a change of open interest to what `volumeBase` (since the last known one) can carry; null = unknown, no limit. */
export function clipDelta(deltaBase: number, volumeBase: number | null): { deltaBase: number; clipped: boolean } {
  if (volumeBase === null) return { deltaBase, clipped: false };
  const limit = GLITCH_RATIO * volumeBase;
  if (Math.abs(deltaBase) <= limit) return { deltaBase, clipped: false };
  return { deltaBase: deltaBase < 0 ? -limit : limit, clipped: true };
}

/**
 * Returns the factor on the drawn share of a side's entrants: aggressive buyers are levered longs.
 * ½ is assumed where the taker side is unknown. At least 2 % of the entrants stay undrawn.
 */
export function leverageTilt(
  side: number,
  bar: { volumeBase: number | null; takerBuyBase: number | null },
  takerTilt: number,
  weightSum: number,
): number {
  const known = bar.volumeBase !== null && bar.volumeBase > 0 && bar.takerBuyBase !== null;
  const share = known ? Math.min(Math.max((bar.takerBuyBase ?? 0) / (bar.volumeBase ?? 1), 0), 1) : 0.5;
  const lean = takerTilt * (2 * share - 1);
  const tilt = side === 0 ? 1 + lean : 1 - lean;
  return weightSum > 0 ? Math.min(tilt, 0.98 / weightSum) : 0;
}
