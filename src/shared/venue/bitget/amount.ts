// What Bitget's liquidation `amount` counts. Its documentation names no unit and public readers disagree.
// In both recorded rows of the stream (2026) amount ÷ price is a round size, so it is read as USDT notional.

/** The unit in which `amount` is read; the one line to change when a BTCUSDT row shows coins. */
export const AMOUNT_UNIT: "usdt" | "base" = "usdt";

/**
 * Notional a single forced order can plausibly have, USDT. The smallest order of the exchange is 5 USDT, less is left
 * only by rounding. A BTCUSDT row read in the wrong unit is off by the price, five orders of magnitude, and falls out:
 * 0.05 coins taken for USDT at the lower end, 10,000 USDT taken for coins at the upper.
 */
export const PLAUSIBLE_NOTIONAL_USDT = { min: 1, max: 5e8 };

/** Returns the size in units of the contract at the row's price, or why the amount cannot be what we read it as. */
export function sizeOf(
  amount: number,
  price: number,
  unit: "usdt" | "base" = AMOUNT_UNIT,
): { units: number } | { reason: string } {
  const notional = unit === "usdt" ? amount : amount * price;
  const { min, max } = PLAUSIBLE_NOTIONAL_USDT;
  if (notional < min || notional > max) {
    return { reason: `${amount} read as ${unit} is a notional of ${notional}, expected ${min} to ${max} USDT` };
  }
  return { units: unit === "usdt" ? amount / price : amount };
}
