// The deployment's variables, parsed once, as the feed and its watchdog need them.
import { SettingError } from "../error/setting-error.ts";
import { EURO_RATE_BASE } from "../market/currency.ts";
import { DATA_SOURCES, type DataSource, isVenueId, type SymbolId, VENUES, type VenueId } from "../market/symbol.ts";
import { TOP_COINS, TOP_COINS_NAME } from "../market/top-coins.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "../time/clock.ts";
import { type NumberRange, readBase, readList, readNumber, readText } from "./vars.ts";

export interface FeedSettings {
  /** In order of importance: the first `busySymbols` are polled at `busyPollMs`, the others at `tailPollMs`. */
  symbols: SymbolId[];
  venues: VenueId[];
  busySymbols: number;
  /** Market time between two polls. */
  busyPollMs: number;
  tailPollMs: number;
  dataSource: DataSource;
  /** Wall time between two probes of a venue that refuses this place. */
  blockedProbeMs: number;
}

/**
 * Longest time between two ticks. Pings leave at ticks alone, Bybit wants to hear its clients every 20 s, and an alarm
 * may be 5 s late.
 */
export const MAX_TICK_MS = 15 * SECOND_MS;

const BUSY_SYMBOLS: NumberRange = { unit: "symbols", min: 0, max: 1_000 };
const BUSY_POLL: NumberRange = { unit: "ms", min: SECOND_MS, max: MAX_TICK_MS };
/** The model works by the minute: every symbol is heard at least once in each. */
const TAIL_POLL: NumberRange = { unit: "ms", min: SECOND_MS, max: MINUTE_MS };
const BLOCKED_PROBE: NumberRange = { unit: "ms", min: SECOND_MS, max: DAY_MS };
const GENERATION: NumberRange = { unit: "generations", min: 1, max: 1_000_000 };
const COINS = `coins like BTC, or ${TOP_COINS_NAME}`;

/** Throws a SettingError: with the variable's name and what is accepted. */
export function parseSettings(vars: object): FeedSettings {
  const dataSource = readText(vars, "DATA_SOURCE", "live");
  if (!(DATA_SOURCES as readonly string[]).includes(dataSource)) {
    throw new SettingError("DATA_SOURCE", dataSource, `one of ${DATA_SOURCES.join(", ")}`);
  }
  const busyPollMs = readNumber(vars, "BUSY_POLL_MS", BUSY_POLL, 5 * SECOND_MS);
  const tailPollMs = readNumber(vars, "TAIL_POLL_MS", TAIL_POLL, 15 * SECOND_MS);
  if (tailPollMs < busyPollMs) {
    throw new SettingError("TAIL_POLL_MS", String(tailPollMs), `at least BUSY_POLL_MS, which is ${busyPollMs}`);
  }
  return {
    symbols: parseSymbols(readText(vars, "SYMBOLS", "")),
    venues: readList(vars, "VENUES", "exchanges").map(toVenue),
    busySymbols: readNumber(vars, "BUSY_SYMBOLS", BUSY_SYMBOLS, 5),
    busyPollMs,
    tailPollMs,
    dataSource: dataSource as DataSource,
    blockedProbeMs: readNumber(vars, "BLOCKED_PROBE_MS", BLOCKED_PROBE, HOUR_MS),
  };
}

/** The coins of a comma-separated list, in which "top20" stands for twenty of them. Throws as `parseSettings` does. */
export function parseSymbols(text: string): SymbolId[] {
  const named = readList({ SYMBOLS: text }, "SYMBOLS", COINS).flatMap((name) =>
    name === TOP_COINS_NAME ? TOP_COINS : [toSymbol(name)],
  );
  return [...new Set(named)];
}

const COIN = /^[A-Z0-9]{1,20}$/;
/** An exchange's own name of a coin's perpetual, by its quote. */
const PAIR = /^([A-Z0-9]{1,20}?)([-_/]?USD[TC]|[-_/]USD)([-_](PERP|SWAP))?$/;

function toSymbol(text: string): SymbolId {
  const upper = text.toUpperCase();
  const coin = PAIR.exec(upper)?.[1] ?? TOP_COINS.find((one) => upper === `${one}USD`) ?? upper;
  if (coin === text && COIN.test(text)) return text;
  throw new SettingError("SYMBOLS", text, COIN.test(coin) ? `${COINS}; did you mean ${coin}?` : COINS);
}

function toVenue(text: string): VenueId {
  if (!isVenueId(text)) throw new SettingError("VENUES", text, `some of ${VENUES.join(", ")}`);
  return text;
}

/** Base addresses of a venue: `<VENUE>_REST` and `<VENUE>_STREAM`, else its own; a stream set to "off" is not opened. */
export function venueBases(
  vars: object,
  venue: { id: VenueId; restBase: string; streamBase: string | null },
): { rest: string; stream: string | null } {
  const { rest, stream } = operatorBases(vars, venue.id);
  return { rest: rest ?? venue.restBase, stream: stream === "off" ? null : (stream ?? venue.streamBase) };
}

/** The addresses an operator has set for a venue; null where it is the venue's own. */
export function operatorBases(vars: object, id: VenueId): { rest: string | null; stream: string | null } {
  const prefix = id.toUpperCase();
  const isOff = readText(vars, `${prefix}_STREAM`, "") === "off";
  return {
    rest: readBase(vars, `${prefix}_REST`, "http"),
    stream: isOff ? "off" : readBase(vars, `${prefix}_STREAM`, "ws", `, or "off"`),
  };
}

/** Base address of the euro's price: `EURO_RATE_REST`, else the exchange's own. */
export function euroRateBase(vars: object): string {
  return readBase(vars, "EURO_RATE_REST", "http") ?? EURO_RATE_BASE;
}

/** Name of a venue's object. An object never moves: raising `<VENUE>_GENERATION` makes a new one, placed afresh. */
export function feedName(vars: object, venue: VenueId): string {
  return `${venue}#${readNumber(vars, `${venue.toUpperCase()}_GENERATION`, GENERATION, 1)}`;
}

/** The venue of an object's name, or null when the name is not one of ours. */
export function venueOfFeedName(name: string): VenueId | null {
  const venue = /^([a-z]+)#\d+$/.exec(name)?.[1] ?? "";
  return isVenueId(venue) ? venue : null;
}
