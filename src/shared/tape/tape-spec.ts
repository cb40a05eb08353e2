// Which recording, of which venue and symbol: `exchange:SYMBOL:FILE`, or a FILE named `<exchange>-<coin>-<interval>-…`.
import { isVenueId, type SymbolId, VENUES, type VenueId } from "../market/symbol.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../time/clock.ts";

export interface TapeSpec {
  venue: VenueId;
  symbol: SymbolId;
  /** As given; reading it is the caller's. */
  file: string;
  /** From the file's name; null when the name does not say. */
  intervalMs: number | null;
  /** Recordings in which a blank liquidation figure means that none was reported. */
  blankLiquidationIsZero: boolean;
}

const UNIT_MS: Record<string, number> = { m: MINUTE_MS, h: HOUR_MS, d: DAY_MS };
const NAMED = /^([a-z]+)-([a-z0-9]+)-(\d+)([mhd])(?:-|\.|$)/;
const PREFIXED = /^([a-z]+):([A-Za-z0-9]+):(.+)$/;

/** Parses a tape specification; `override` stands above what the text says. Total. */
export function parseTapeSpec(
  text: string,
  override: { venue?: string | undefined; symbol?: string | undefined } = {},
): TapeSpec | { error: string } {
  const prefixed = PREFIXED.exec(text);
  const file = prefixed?.[3] ?? text;
  const base = file.slice(Math.max(file.lastIndexOf("/"), file.lastIndexOf("\\")) + 1);
  if (base.includes("-oi-polls-")) return { error: `tape ${base} holds polls of open interest, not bars` };
  if (base.startsWith("allvenues-")) return { error: `tape ${base} has no open interest of one exchange` };
  const named = NAMED.exec(base);
  const venue = override.venue ?? prefixed?.[1] ?? named?.[1];
  const symbol = override.symbol ?? prefixed?.[2] ?? named?.[2];
  if (venue === undefined || symbol === undefined) {
    return {
      error: `tape ${base} does not name exchange and coin: give exchange:SYMBOL:FILE, or --exchange and --symbol`,
    };
  }
  if (!isVenueId(venue)) return { error: `exchange ${venue} is unknown, expected one of ${VENUES.join(", ")}` };
  if (!/^[A-Za-z0-9]{1,20}$/.test(symbol)) return { error: `symbol ${symbol} is not a coin` };
  const count = Number(named?.[3] ?? 0);
  return {
    venue,
    symbol: symbol.toUpperCase(),
    file,
    intervalMs: count > 0 ? count * (UNIT_MS[named?.[4] ?? ""] ?? 0) : null,
    blankLiquidationIsZero: base.includes("-1h-2024-06"),
  };
}
