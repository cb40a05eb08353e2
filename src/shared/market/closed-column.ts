import type { EpochMs } from "../time/clock.ts";
import type { SymbolId, VenueId } from "./symbol.ts";

/** One exchange's part in a closed column. */
export interface ColumnVenue {
  id: VenueId;
  open: number;
  high: number;
  low: number;
  close: number;
  volumeBase: number | null;
  openInterestUsd: number;
  /** Flow of the minutes in it; absent in columns written before these were kept. */
  takerBuyBase?: number | null;
  takerSellBase?: number | null;
  /** Rates charged, added up. */
  fundingRate?: number | null;
}

/** Everything of a closed column but its cells. */
export interface ClosedColumn {
  symbol: SymbolId;
  intervalMs: number;
  startMs: EpochMs;
  modelVersion: string;
  /** Close of the reference exchange: the first of `venues`. */
  price: number;
  /** Open interest of the exchanges in the column, and of all that were known then. */
  openInterestUsd: number;
  knownOpenInterestUsd: number;
  /** Written after the fact, from history. */
  backfilled: boolean;
  venues: ColumnVenue[];
}
