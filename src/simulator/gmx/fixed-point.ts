// Numbers as the contracts hold them: whole numbers of 10^−decimals, as text.

/** Returns value × 10^decimals as a whole number, cut after the digits the value really has. */
export function fixedPoint(value: number, decimals: number): string {
  const [mantissa = "0", exponent = "0"] = value.toExponential().split("e");
  const negative = mantissa.startsWith("-");
  const [whole = "0", fraction = ""] = mantissa.replace("-", "").split(".");
  const shift = Number(exponent) + decimals - fraction.length;
  const digits = whole + fraction;
  const scaled = shift >= 0 ? digits + "0".repeat(shift) : digits.slice(0, Math.max(0, digits.length + shift));
  const text = BigInt(scaled === "" ? "0" : scaled).toString();
  return negative && text !== "0" ? `-${text}` : text;
}
