// From USD to colour position: a power of the share of a clip, the same formula for every range and filter.

/** Share of the non-empty cells that the automatic scale shows unclipped. */
export const CLIP_PERCENTILE = 0.995;

export interface Scale {
  /** USD at which the colour is at its strongest; larger cells look the same. */
  topUsd: number;
  signed: boolean;
}

/** Returns the value below which a share of the non-zero magnitudes lies; 0 when all are zero. */
export function percentileOfMagnitudes(values: ArrayLike<number>, share: number): number {
  let count = 0;
  const magnitudes = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = Math.abs(values[i] ?? 0);
    if (value > 0) magnitudes[count++] = value;
  }
  if (count === 0) return 0;
  const sorted = magnitudes.subarray(0, count).sort();
  return sorted[Math.min(count - 1, Math.floor(share * count))] ?? 0;
}

/** Rounds up to two significant digits, so that a legend reads well: 1,234,567 → 1,300,000. Values ≤ 0 give 1. */
export function roundUpNicely(usd: number): number {
  if (!(usd > 0)) return 1;
  const step = 10 ** (Math.floor(Math.log10(usd)) - 1);
  return Math.ceil(usd / step - 1e-9) * step;
}

/** The automatic scale of a set of cells. */
export function automaticScale(values: ArrayLike<number>, signed: boolean): Scale {
  return { topUsd: roundUpNicely(percentileOfMagnitudes(values, CLIP_PERCENTILE)), signed };
}

/**
 * Exponent of the scale. Standing sizes vary little between neighbouring levels, so the strong ones are spread out; the small
 * changes are partly rounding of stored sizes, so a change is drawn as it is.
 */
export function powerOf(scale: Scale): number {
  return scale.signed ? 1 : 1.5;
}

/** Position of a USD value on the scale, −1 … 1 (0 … 1 when unsigned). */
export function positionOf(scale: Scale, usd: number): number {
  const magnitude = Math.min(1, (Math.abs(usd) / scale.topUsd) ** powerOf(scale));
  return usd < 0 ? -magnitude : magnitude;
}

/** USD at a position: the inverse of `positionOf` below the clip. */
export function usdAt(scale: Scale, position: number): number {
  return Math.sign(position) * Math.abs(position) ** (1 / powerOf(scale)) * scale.topUsd;
}
