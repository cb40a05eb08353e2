// Decimal text as exchanges print it. A value is never rounded by printing: at least `minimum` places, more when it has more.

/** Returns the shortest decimal text that reads back as `value`, padded to at least `minimum` places; no exponent. */
export function decimal(value: number, minimum = 0): string {
  let text = String(value);
  if (text.includes("e")) {
    text = value.toFixed(20).replace(/0+$/, "");
    if (text.endsWith(".")) text = text.slice(0, -1);
  }
  const dot = text.indexOf(".");
  const places = dot < 0 ? 0 : text.length - dot - 1;
  if (places >= minimum) return text;
  return (dot < 0 ? `${text}.` : text) + "0".repeat(minimum - places);
}

/** Rounds to `places` decimals, which removes the binary tail of a sum. */
export function roundTo(value: number, places: number): number {
  return Number(value.toFixed(places));
}

/** Rounds to a multiple of `step`, which is a power of ten or a small multiple of one. */
export function roundToStep(value: number, step: number): number {
  return roundTo(Math.round(value / step) * step, stepPlaces(step));
}

/** Decimal places of a step: 0.001 has three. */
export function stepPlaces(step: number): number {
  const text = decimal(step);
  const dot = text.indexOf(".");
  return dot < 0 ? 0 : text.length - dot - 1;
}
