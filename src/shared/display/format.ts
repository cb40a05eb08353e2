// Figures as people read them.

const compactIn = (currency: string) =>
  new Intl.NumberFormat("en", { style: "currency", currency, notation: "compact", maximumSignificantDigits: 3 });

const COMPACT = { USD: compactIn("USD"), EUR: compactIn("EUR") };

/** `$1.24M`, `-€850K`; a signed amount that rises is written with `+`. */
export function formatMoney(amount: number, currency: keyof typeof COMPACT, signed = false): string {
  const text = COMPACT[currency].format(amount);
  return signed && amount > 0 ? `+${text}` : text;
}

/** `$1.24M`, `-$850K`; a signed value that rises is written with `+`. */
export function formatUsd(usd: number, signed = false): string {
  return formatMoney(usd, "USD", signed);
}

/** Decimals that show a price to about 0.01 %, between 0 and 8. */
export function priceDecimals(price: number): number {
  if (!(price > 0)) return 2;
  return Math.max(0, Math.min(8, 4 - Math.floor(Math.log10(price))));
}

/** A price with the decimals its size deserves: `97,412`, `3,412.5`, `0.14237`. */
export function formatPrice(price: number): string {
  const digits = Math.min(priceDecimals(price), price >= 10_000 ? 0 : 8);
  return price.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** A signed percentage of a fraction: `+1.24 %`. */
export function formatDistance(fraction: number): string {
  const percent = fraction * 100;
  return `${percent > 0 ? "+" : percent < 0 ? "−" : ""}${Math.abs(percent).toFixed(2)} %`;
}

/** A share as a whole percentage, `–` when unknown. */
export function formatShare(ratio: number | null): string {
  return ratio === null ? "–" : `${Math.round(ratio * 100)} %`;
}

/** An age in its largest whole unit: `4 s`, `3 min`, `2 h`, `5 d`. Negative ages read as 0. */
export function formatAge(ageMs: number): string {
  const seconds = Math.max(0, Math.floor(ageMs / 1_000));
  if (seconds < 100) return `${seconds} s`;
  if (seconds < 6_000) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3_600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}

/** Day and time in a time zone (the reader's own when none is given), without seconds: `22 Nov, 14:35 UTC`. */
export function formatTime(timeMs: number, timeZone?: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "short",
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(timeMs);
}
