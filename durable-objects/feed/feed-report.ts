// What a feed says about itself: plain data, so that it travels over RPC as it is.
import type { TimeRange } from "../../src/shared/market/batch.ts";
import type { SymbolId, VenueId } from "../../src/shared/market/symbol.ts";
import type { VenueStatus } from "../../src/shared/market/venue-status.ts";
import type { EpochMs } from "../../src/shared/time/clock.ts";
import type { Breaker } from "./circuit-breaker.ts";
import type { CounterReport } from "./counters.ts";
import type { QuarantineReport } from "./guards/quarantine.ts";
import type { StreamReport } from "./stream.ts";
import type { SymbolTrack } from "./symbol-track.ts";

export interface SymbolReport {
  symbol: SymbolId;
  venueSymbol: string;
  /** Null before the first tick. */
  status: VenueStatus | null;
  /** Market time of the last news. */
  newsAt: EpochMs | null;
  /** Exchange time minus ours, ms. */
  skewMs: number | null;
  nextMinuteMs: EpochMs | null;
  needs: TimeRange | null;
  /** Observations that a hub has not acknowledged yet. */
  waiting: number;
}

export interface FeedReport {
  venue: VenueId;
  /** Name of the object, with its generation. */
  name: string;
  /** Market time of the report. */
  at: EpochMs;
  startedAt: EpochMs;
  symbols: SymbolReport[];
  /** The exchange's clock minus ours by the freshest stamp of the latest answers, ms; null before the first. */
  skewMs: number | null;
  breaker: Breaker;
  budget: { used: number; weight: number; windowMs: number; source: string };
  counters: CounterReport;
  /** What could not be true and was kept from the hubs. */
  quarantine: QuarantineReport;
  /** Null where the venue has none or the operator wants none. */
  stream: StreamReport | null;
  /** Wall time of the instrument list in use, or null while the usual contracts are assumed. */
  instrumentsAt: EpochMs | null;
  /** Data centre the requests leave from, or null while unknown. */
  colo: string | null;
}

export function reportSymbol(track: SymbolTrack): SymbolReport {
  const { symbol, venueSymbol, status, newsAt, skewMs, nextMinuteMs, needs, outbox } = track;
  return { symbol, venueSymbol, status, newsAt, skewMs, nextMinuteMs, needs, waiting: outbox.size };
}
