// How long an exchange asks to be left alone, as its `Retry-After` header says it.
import { DAY_MS } from "../../src/shared/time/clock.ts";

/** No exchange documents a longer ban than Binance's three days: a longer wait is a mistake of whoever asks for it. */
export const LONGEST_BAN_MS = 3 * DAY_MS;

const SECONDS = /^\d{1,20}$/;
/** The form of RFC 9110 that senders must use: `Sun, 06 Nov 1994 08:49:37 GMT`. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** `Retry-After` in ms, at most the longest ban; null when it is absent, unreadable or asks for no wait at all. */
export function parseRetryAfter(header: string | null, wallMs: number): number | null {
  const text = header?.trim() ?? "";
  const waitMs = SECONDS.test(text) ? Number(text) * 1_000 : HTTP_DATE.test(text) ? Date.parse(text) - wallMs : 0;
  return waitMs > 0 ? Math.min(LONGEST_BAN_MS, waitMs) : null;
}
