// Keeps the venue's list of contracts fresh, and each symbol matched to its contract or marked as not offered.
import type { SymbolId } from "../../src/shared/market/symbol.ts";
import type { Clock, EpochMs } from "../../src/shared/time/clock.ts";
import type { VenueAdapter } from "../../src/shared/venue/venue.ts";
import type { InstrumentBook } from "./instrument-book.ts";
import type { Requester } from "./requester.ts";
import type { SymbolTrack } from "./symbol-track.ts";

export interface ListingsOptions {
  adapter: Pick<VenueAdapter, "parses">;
  requester: Requester;
  instruments: InstrumentBook;
  tracks: readonly SymbolTrack[];
  market: Clock;
  wall: () => EpochMs;
}

export class Listings {
  readonly #options: ListingsOptions;

  constructor(options: ListingsOptions) {
    this.#options = options;
  }

  /** Fetches the list when it is due, then matches every symbol. */
  async refresh(): Promise<void> {
    const { adapter, requester, instruments, tracks, market, wall } = this.#options;
    if (instruments.isDue(wall()) && adapter.parses.includes("instruments")) {
      const asked = await requester.ask("instruments", { venueSymbol: null, nowMs: market.now() }, "live");
      // what was not even sent is simply still due
      if (asked.type !== "held") instruments.tried(wall());
      if (asked.type === "ok") instruments.replace(asked.parsed.instruments, wall());
    }
    for (const track of tracks) this.#match(track);
  }

  /** The venue does not know a symbol: drop it here, keep the venue, ask for a fresh list. */
  refuse(symbol: SymbolId, reason: string): void {
    const { tracks, instruments, wall } = this.#options;
    const track = tracks.find((one) => one.symbol === symbol);
    if (track === undefined) return;
    track.off = reason;
    track.refusedAt = wall();
    instruments.doubt(wall());
  }

  #match(track: SymbolTrack): void {
    const { instruments } = this.#options;
    const { listedAt } = instruments;
    // the venue's refusal stands until a newer list says otherwise
    if (track.refusedAt !== null && (listedAt === null || listedAt <= track.refusedAt)) return;
    track.refusedAt = null;
    const found = instruments.find(track.symbol);
    if ("off" in found) {
      track.off = found.off;
    } else {
      track.off = null;
      track.venueSymbol = found.venueSymbol;
    }
  }
}
