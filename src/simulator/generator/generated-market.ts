// The generated markets as the server plays them: one world per symbol, one market per exchange in it.
import { type SymbolId, VENUES, type VenueId } from "../../shared/market/symbol.ts";
import type { EpochMs } from "../../shared/time/clock.ts";
import type { Market } from "../market/market.ts";
import { GENERATED_SYMBOLS } from "./profile.ts";
import { type TruePosition, World } from "./world.ts";

export interface GeneratedOptions {
  seed: number;
  /** Start of the first minute, a whole minute. */
  genesisMs: EpochMs;
  venues?: readonly VenueId[];
  symbols?: readonly SymbolId[];
}

export interface GeneratedMarket extends Market {
  readonly source: "generated";
  /** Every open position at the end of the last full minute at or before `time`. */
  truth(time: EpochMs): TruePosition[];
}

/** Returns the generated markets of the exchanges and symbols; nothing is generated before somebody asks. */
export function generatedMarkets(options: GeneratedOptions): GeneratedMarket[] {
  const { seed, genesisMs } = options;
  return (options.symbols ?? GENERATED_SYMBOLS).flatMap((symbol) => {
    const world = new World(symbol, seed, genesisMs);
    return (options.venues ?? VENUES).map((venue) => generatedMarket(world, venue));
  });
}

/** Returns one exchange of a world as a market. */
export function generatedMarket(world: World, venue: VenueId): GeneratedMarket {
  const { contract, minutes, liquidations, fundingCharges } = world.market(venue);
  return {
    venue,
    symbol: world.symbol,
    contract,
    source: "generated",
    notes: ["a seeded agent-based market, not a recording", "the order book is constructed around the price"],
    startMs: world.genesisMs,
    endMs: null,
    minutes,
    liquidations,
    fundingCharges,
    advance: (time) => world.advance(time),
    truth: (time) => world.truth(venue, time),
  };
}
