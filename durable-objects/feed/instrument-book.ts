// What is known about a venue's contracts: assumed ones until its list has been fetched, then the list.
import type { Instrument } from "../../src/shared/market/observation.ts";
import type { SymbolId } from "../../src/shared/market/symbol.ts";
import { type EpochMs, HOUR_MS, MINUTE_MS } from "../../src/shared/time/clock.ts";
import type { VenueAdapter } from "../../src/shared/venue/venue.ts";

const REFRESH_MS = 6 * HOUR_MS;
const RETRY_MS = MINUTE_MS;
/** An unknown symbol asks for a fresh list, but not every poll. */
const SOONEST_REFRESH_MS = HOUR_MS;

type Source = Pick<VenueAdapter, "name" | "defaultVenueSymbol" | "defaultInstrument">;

export class InstrumentBook {
  readonly #source: Source;
  readonly #byVenueSymbol = new Map<string, Instrument>();
  #listedAt: EpochMs | null = null;
  #dueAt: EpochMs = 0;
  #isFirst = true;

  constructor(source: Source, symbols: readonly SymbolId[]) {
    this.#source = source;
    for (const symbol of symbols) {
      const assumed = source.defaultInstrument(symbol);
      if (assumed !== null) this.#byVenueSymbol.set(assumed.venueSymbol, assumed);
    }
  }

  get byVenueSymbol(): ReadonlyMap<string, Instrument> {
    return this.#byVenueSymbol;
  }

  /** True when the list should be fetched now (wall time). */
  isDue(wallMs: EpochMs): boolean {
    return wallMs >= this.#dueAt;
  }

  /** True until the list has been asked for once. */
  get isFirst(): boolean {
    return this.#isFirst;
  }

  tried(wallMs: EpochMs): void {
    this.#isFirst = false;
    this.#dueAt = wallMs + RETRY_MS;
  }

  /** Takes a fetched list; an empty one changes nothing. */
  replace(instruments: readonly Instrument[], wallMs: EpochMs): void {
    if (instruments.length === 0) return;
    this.merge(instruments);
    this.#listedAt = wallMs;
    this.#dueAt = wallMs + REFRESH_MS;
  }

  /** Coin-margined contracts are left out: their rows would otherwise be counted into the coin's linear ones. */
  merge(instruments: readonly Instrument[]): void {
    for (const instrument of instruments) {
      if (instrument.contractKind === "linear") this.#byVenueSymbol.set(instrument.venueSymbol, instrument);
    }
  }

  /** Asks for a fresh list because the venue did not know a symbol. */
  doubt(wallMs: EpochMs): void {
    const soonest = (this.#listedAt ?? Number.NEGATIVE_INFINITY) + SOONEST_REFRESH_MS;
    this.#dueAt = Math.min(this.#dueAt, Math.max(soonest, wallMs));
  }

  /** Wall time of the list in use, or null. */
  get listedAt(): EpochMs | null {
    return this.#listedAt;
  }

  /** The venue's symbol for a coin, or the reason why there is none. */
  find(symbol: SymbolId): { venueSymbol: string } | { off: string } {
    const usual = this.#source.defaultVenueSymbol(symbol);
    const instrument = this.#byVenueSymbol.get(usual) ?? this.#listed(symbol);
    if (instrument !== undefined) {
      return instrument.listed
        ? { venueSymbol: instrument.venueSymbol }
        : { off: `${this.#source.name} has delisted ${instrument.venueSymbol}` };
    }
    if (this.#listedAt !== null) return { off: `${this.#source.name} lists no contract on ${symbol}` };
    return { venueSymbol: usual };
  }

  #listed(symbol: SymbolId): Instrument | undefined {
    for (const instrument of this.#byVenueSymbol.values()) {
      if (instrument.symbol === symbol && instrument.listed) return instrument;
    }
    return undefined;
  }
}
