import type { EpochMs } from "../time/clock.ts";
import type { Bar } from "./bar.ts";
import type { SymbolId, VenueId } from "./symbol.ts";

/** How a minute came to be known. */
export interface MinuteQuality {
  /** No open interest arrived for this minute: the last one is carried forward. */
  openInterestCarried: boolean;
  /** Filled from the exchange's history instead of seen live. */
  fromHistory: boolean;
}

/** One minute of one venue as it entered, or will enter, the model; or the fact that it is missing. */
export type Minute =
  | {
      type: "bar";
      minuteMs: EpochMs;
      bar: Bar;
      quality: MinuteQuality;
      /**
       * Open interest a model that has none yet starts from: the minute's own, else the last one before, else the first
       * one known at all (an exchange without open interest history). An assumption; never stored as the minute's own.
       */
      startOpenInterestBase: number | null;
      /** Short side of the same, where the sides differ. */
      startShortOpenInterestBase?: number;
    }
  | {
      type: "missing";
      minuteMs: EpochMs;
      reason: string;
      /** Open interest that was polled in it all the same, as of a bar: used when its candle comes late. */
      heardOpenInterestBase?: number;
      heardShortOpenInterestBase?: number;
    };

export interface VenueMinute {
  venue: VenueId;
  symbol: SymbolId;
  minute: Minute;
}
