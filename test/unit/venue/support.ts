// What tests of adapters share: contexts, constructed payloads, and the recordings by kind.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Instrument, Observation } from "../../../src/shared/market/observation.ts";
import type { VenueId } from "../../../src/shared/market/symbol.ts";
import { swap } from "../../../src/shared/venue/okx/symbol.ts";
import { kindNamed } from "../../../src/shared/venue/payload-kind.ts";
import { ADAPTERS, adapterOf } from "../../../src/shared/venue/registry.ts";
import type { ParseContext, ParseResult, PayloadKind } from "../../../src/shared/venue/venue.ts";
import { sharedFolder } from "../../support/shared.ts";

/** 2026-09-21T14:16:00Z: after every constructed row, so that lone candles count as closed unless a test says otherwise. */
export const RECEIVED_AT = 1_790_001_000_000;

export function contextOf(parts: Partial<ParseContext> = {}): ParseContext {
  return { receivedAt: RECEIVED_AT, venueSymbol: null, instruments: new Map(), ...parts };
}

/** The known contracts of some coins, by venue symbol. */
export function known(venue: VenueId, ...coins: string[]): ReadonlyMap<string, Instrument> {
  const instruments = coins.flatMap((coin) => adapterOf(venue).defaultInstrument(coin) ?? []);
  return new Map(instruments.map((one) => [one.venueSymbol, one]));
}

export function constructed(venue: VenueId, name: string): unknown {
  return JSON.parse(readFileSync(`test/fixtures/${venue}/${name}.json`, "utf8"));
}

/** Parses a constructed payload; its file's name is its kind. */
export function parseConstructed(venue: VenueId, kind: PayloadKind, parts: Partial<ParseContext> = {}): ParseResult {
  return adapterOf(venue).parse(kind, constructed(venue, kind), contextOf(parts));
}

export interface Recording {
  venue: VenueId;
  /** File name without `.json`. */
  name: string;
  kind: PayloadKind;
  payload: unknown;
}

/** Every recorded payload of every exchange; a file of a kind that its exchange's adapter does not read is an error. */
export function recordings(): Recording[] {
  return ADAPTERS.flatMap(({ id: venue, parses }) =>
    recordingNames(venue).map((name) => {
      const kind = kindNamed(name);
      if (kind === null || !parses.includes(kind)) throw new Error(`${venue}/${name}.json is of no kind that is read`);
      return { venue, name, kind, payload: recording(venue, name) };
    }),
  );
}

/** The recorded files of a venue, without `.json`. */
export function recordingNames(venue: VenueId): string[] {
  return readdirSync(join(sharedFolder(), "fixtures/venues", venue)).map((file) => file.replace(/\.json$/, ""));
}

export function recording(venue: VenueId, name: string): unknown {
  return JSON.parse(readFileSync(join(sharedFolder(), "fixtures/venues", venue, `${name}.json`), "utf8"));
}

/** A body of the folder of errors. */
export function errorBody(name: string): unknown {
  return JSON.parse(readFileSync(join(sharedFolder(), "fixtures/venues/errors", `${name}.json`), "utf8"));
}

/** What names no contract, per venue: rows of the one that was asked for. */
const UNNAMED: Partial<Record<VenueId, readonly PayloadKind[]>> = {
  binance: ["klines", "order-book", "taker-volume"],
  okx: ["klines", "order-book", "taker-volume", "open-interest-history", "open-interest-volume-by-coin"],
  bitget: ["klines", "order-book", "taker-volume", "leverage-tiers"],
  gate: ["klines", "funding-history", "contract-stats", "order-book", "leverage-tiers"],
  dydx: ["order-book", "trades"],
  gmx: ["klines"],
};

/** Recordings of another contract than the venue's BTC. */
const OTHER_COIN: Record<string, string> = {
  "gate contract-stats-recorded-2023": "ADA",
  "binance order-book-recorded-2021": "SUSHI",
  "gmx klines-constructed": "ETH",
};

/** Contracts that a recording is about and whose value its name does not tell: what `--instruments` is for. */
const LISTED: Record<string, readonly Instrument[]> = Object.fromEntries(
  ["liquidation-stream-doc-example", "liquidation-orders-constructed"].map((name) => [
    `okx ${name}`,
    [swap("IOST-USDT-SWAP", "IOST", 1_000)],
  ]),
);

/** Payloads that name no contract are read as the venue's BTC contract; a stream's message names its own. */
export function recordingContext(venue: VenueId, kind: PayloadKind, name = ""): ParseContext {
  const isUnnamed = (UNNAMED[venue]?.includes(kind) ?? false) && !name.includes("-stream");
  const coin = OTHER_COIN[`${venue} ${name}`] ?? "BTC";
  const listed = LISTED[`${venue} ${name}`] ?? [];
  return contextOf({
    venueSymbol: isUnnamed ? adapterOf(venue).defaultVenueSymbol(coin) : null,
    instruments: new Map(listed.map((one) => [one.venueSymbol, one])),
  });
}

/** Returns what reads a venue's recordings by name, each in the context that its payload needs. */
export function recordingReader(venue: VenueId) {
  return (name: string, parts: Partial<ParseContext> = {}): ParseResult => {
    const kind = kindNamed(name);
    if (kind === null) throw new Error(`no kind for ${name}`);
    return adapterOf(venue).parse(kind, recording(venue, name), { ...recordingContext(venue, kind, name), ...parts });
  };
}

/** The only observation of a kind, or the n-th of several. */
export function nth<K extends Observation["kind"]>(result: ParseResult, kind: K, n = 0) {
  const found = result.observations.filter((one): one is Extract<Observation, { kind: K }> => one.kind === kind)[n];
  if (found === undefined) throw new Error(`no ${kind} observation ${n}: ${JSON.stringify(result.rejects)}`);
  return found;
}
