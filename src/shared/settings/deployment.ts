// The deployment's variables, parsed once, as the feed and its watchdog need them.

import { EURO_RATE_BASE } from "../market/currency.ts";
import { DATA_SOURCES, type DataSource, isVenueId, type SymbolId, VENUES, type VenueId } from "../market/symbol.ts";
import { TOP_COINS, TOP_COINS_NAME } from "../market/top-coins.ts";
import { HOUR_MS } from "../time/clock.ts";
import { readList, readNumber, readText } from "./vars.ts";

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

/** Throws with the variable's name, its value and what is accepted. */
export function parseSettings(vars: object): FeedSettings {
  const busyPollMs = readNumber(vars, "BUSY_POLL_MS", 1_000, 5_000);
  const dataSource = readText(vars, "DATA_SOURCE", "live");
  if (!(DATA_SOURCES as readonly string[]).includes(dataSource)) {
    throw new Error(`variable DATA_SOURCE was "${dataSource}", expected one of ${DATA_SOURCES.join(", ")}`);
  }
  return {
    symbols: parseSymbols(readText(vars, "SYMBOLS", "")),
    venues: readList(vars, "VENUES").map(toVenue),
    busySymbols: readNumber(vars, "BUSY_SYMBOLS", 0, 5),
    busyPollMs,
    tailPollMs: Math.max(busyPollMs, readNumber(vars, "TAIL_POLL_MS", 1_000, 15_000)),
    dataSource: dataSource as DataSource,
    blockedProbeMs: readNumber(vars, "BLOCKED_PROBE_MS", 1_000, HOUR_MS),
  };
}

/** The coins of a comma-separated list, in which "top20" stands for twenty of them. Throws as `parseSettings` does. */
export function parseSymbols(text: string): SymbolId[] {
  const named = readList({ SYMBOLS: text }, "SYMBOLS").flatMap((name) =>
    name === TOP_COINS_NAME ? TOP_COINS : [toSymbol(name)],
  );
  return [...new Set(named)];
}

function toSymbol(text: string): SymbolId {
  if (!/^[A-Z0-9]{1,20}$/.test(text))
    throw new Error(`variable SYMBOLS holds "${text}", expected coins like BTC, or ${TOP_COINS_NAME}`);
  return text;
}

function toVenue(text: string): VenueId {
  if (!isVenueId(text)) throw new Error(`variable VENUES holds "${text}", expected some of ${VENUES.join(", ")}`);
  return text;
}

/** Base addresses of a venue: `<VENUE>_REST` and `<VENUE>_STREAM`, else its own; a stream set to "off" is not opened. */
export function venueBases(
  vars: object,
  venue: { id: VenueId; restBase: string; streamBase: string | null },
): { rest: string; stream: string | null } {
  const prefix = venue.id.toUpperCase();
  const stream = readText(vars, `${prefix}_STREAM`, venue.streamBase ?? "");
  return {
    rest: trimSlash(readText(vars, `${prefix}_REST`, venue.restBase)),
    stream: stream === "" || stream === "off" ? null : trimSlash(stream),
  };
}

/** Base address of the euro's price: `EURO_RATE_REST`, else the exchange's own. */
export function euroRateBase(vars: object): string {
  return trimSlash(readText(vars, "EURO_RATE_REST", EURO_RATE_BASE));
}

function trimSlash(base: string): string {
  return base.replace(/\/+$/, "");
}

/** Name of a venue's object. An object never moves: raising `<VENUE>_GENERATION` makes a new one, placed afresh. */
export function feedName(vars: object, venue: VenueId): string {
  return `${venue}#${readNumber(vars, `${venue.toUpperCase()}_GENERATION`, 1, 1)}`;
}

/** The venue of an object's name, or null when the name is not one of ours. */
export function venueOfFeedName(name: string): VenueId | null {
  const venue = /^([a-z]+)#\d+$/.exec(name)?.[1] ?? "";
  return isVenueId(venue) ? venue : null;
}
