// Cells as one byte each: the byte indexes the colour table, so a new palette or threshold never touches the cells.
import { positionOf, type Scale, usdAt } from "./scale.ts";

/** Signed bytes: 128 is zero, 1 … 127 negative, 129 … 255 positive. Unsigned: 1 … 255. In both, 0 = empty. */
export const SIGNED_ZERO = 128;

/** Returns the byte of one cell; any non-zero unsigned value is at least 1. */
export function quantiseCell(usd: number, scale: Scale): number {
  if (usd === 0 || Number.isNaN(usd)) return 0;
  const position = Math.abs(positionOf(scale, usd));
  if (!scale.signed) return usd < 0 ? 0 : Math.max(1, Math.round(position * 255));
  const step = Math.max(1, Math.round(position * 127));
  return usd < 0 ? SIGNED_ZERO - step : SIGNED_ZERO + step;
}

/** Writes the bytes of cells `from … to − 1`. */
export function quantise(usd: Float32Array, scale: Scale, into: Uint8Array, from = 0, to = usd.length): void {
  for (let i = from; i < to; i++) {
    const value = usd[i] ?? 0;
    into[i] = value === 0 ? 0 : quantiseCell(value, scale);
  }
}

/** USD that a byte stands for: the middle of its step, within 1/255 (1/127 signed) of the position. */
export function usdOfByte(byte: number, scale: Scale): number {
  if (byte === 0) return 0;
  return usdAt(scale, scale.signed ? (byte - SIGNED_ZERO) / 127 : byte / 255);
}
