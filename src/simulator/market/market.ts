// A market: one exchange × symbol. Everything that is served is read from it through `view.ts`, at a market time.
import type { Side, SymbolId, VenueId } from "../../shared/market/symbol.ts";
import type { EpochMs } from "../../shared/time/clock.ts";
import type { Contract } from "./contract.ts";
import type { Minutes } from "./minutes.ts";

/** One forced order. `side` is the side of the position. */
export interface LiquidationEvent {
  time: EpochMs;
  side: Side;
  sizeBase: number;
  /** Price at which the position's margin is used up: away from the market. */
  bankruptcyPrice: number;
  /** Average price at which the order was filled. */
  fillPrice: number;
}

/** One charge of funding. */
export interface FundingCharge {
  time: EpochMs;
  fundingRate: number;
  markPrice: number;
}

export interface Market {
  readonly venue: VenueId;
  readonly symbol: SymbolId;
  readonly contract: Contract;
  readonly source: "tape" | "generated";
  /** What is not in the source and what is served in its place. */
  readonly notes: readonly string[];
  /** Open time of the first minute ever; earlier than what is kept when the market is old. */
  readonly startMs: EpochMs;
  /** End of the last minute; null when the market goes on for ever. */
  readonly endMs: EpochMs | null;
  readonly minutes: Minutes;
  /** Oldest first. */
  readonly liquidations: readonly LiquidationEvent[];
  readonly fundingCharges: readonly FundingCharge[];
  /** Minutes whose candles the exchange does not serve now, as after an outage of its own; absent while it serves all. */
  readonly withheld?: { readonly fromMs: EpochMs; readonly toMs: EpochMs };
  /** Makes the minute that runs at `time`, and all before it, available. */
  advance(time: EpochMs): void;
}
