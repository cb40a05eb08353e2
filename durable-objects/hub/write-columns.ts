// The columns that a closed minute completes: every width that ends there, from the models as they stand.
import type { ClosedColumn, ColumnVenue } from "../../src/shared/market/closed-column.ts";
import type { ContextColumn, LiquidationEvent, ListeningGap } from "../../src/shared/market/context.ts";
import type { VenueMinute } from "../../src/shared/market/minute.ts";
import type { VenueId } from "../../src/shared/market/symbol.ts";
import { openInterestBase } from "../../src/shared/model/model.ts";
import { modelVersion } from "../../src/shared/model/state.ts";
import { significant } from "../../src/shared/num/significant.ts";
import { encodeColumns } from "../../src/shared/tile/column-codec.ts";
import { INTERVALS } from "../../src/shared/tile/tile-key.ts";
import { DAY_MS, type EpochMs, MINUTE_MS } from "../../src/shared/time/clock.ts";
import { encodeCross, encodeLayers } from "./column-builder.ts";
import { type HubState, type HubVenue, knownOpenInterestUsd, modelledVenues, STALE_BOOK_MS } from "./hub-state.ts";
import { type HubSettings, minutePatienceMs, paramsOf } from "./settings.ts";

/** How far back columns of a width are written when history arrives; wider ones always. Minute columns are live only. */
const BACKFILL_MS = new Map([
  [MINUTE_MS, STALE_BOOK_MS],
  [5 * MINUTE_MS, 14 * DAY_MS],
]);

/** Width whose columns also keep every combination of filters, and for how long. */
export const CROSS_INTERVAL_MS = 30 * MINUTE_MS;
export const CROSS_KEEP_MS = 8 * DAY_MS;

/** Where the results of a batch go; a replay of the journal passes one that drops them, as they are already there. */
export interface HubSink {
  minutes(minutes: VenueMinute[]): void;
  /** `layers` encodes the column's cells when called. */
  column(column: ClosedColumn, layers: () => Uint8Array): void;
  cross(startMs: EpochMs, venue: VenueId, body: () => Uint8Array): void;
  /** What happened on one exchange in the half hour from `startMs`. */
  flows(startMs: EpochMs, venue: VenueId, body: () => Uint8Array): void;
  /** Columns of context, whole. */
  context(columns: ContextColumn[]): void;
  liquidations(events: LiquidationEvent[]): void;
  gap(gap: ListeningGap): void;
  /** The batch is through. */
  done(): void;
}

export const SILENT: HubSink = {
  minutes() {},
  column() {},
  cross() {},
  flows() {},
  context() {},
  liquidations() {},
  gap() {},
  done() {},
};

/** Writes the columns that end at `endMs`. */
export function writeColumns(state: HubState, settings: HubSettings, endMs: EpochMs, sink: HubSink): void {
  const widths = INTERVALS.filter((width) => endMs % width === 0 && isKept(width, endMs, state.asOf));
  if (widths.length === 0) return;
  const modelled = modelledVenues(state, settings, endMs);
  const reference = modelled[0];
  if (reference === undefined) return;
  const backfilled = state.asOf - endMs > minutePatienceMs(settings) + STALE_BOOK_MS;
  const models = modelled.map((venue) => venue.model);
  let encoded: Uint8Array | null = null;
  const layers = () => {
    encoded ??= encodeColumns(encodeLayers(models, endMs));
    return encoded;
  };
  const price = reference.lastClose ?? 0;
  for (const intervalMs of widths) {
    const startMs = endMs - intervalMs;
    const venues = modelled.map((venue) => columnVenue(venue, intervalMs, startMs));
    sink.column(
      {
        symbol: settings.symbol,
        intervalMs,
        startMs,
        modelVersion: modelVersion(paramsOf(settings)),
        price,
        openInterestUsd: venues.reduce((sum, venue) => sum + venue.openInterestUsd, 0),
        knownOpenInterestUsd: knownOpenInterestUsd(state, settings),
        backfilled,
        venues,
      },
      layers,
    );
    if (backfilled) state.backfilledColumns += 1;
    if (intervalMs === CROSS_INTERVAL_MS && state.asOf - endMs <= CROSS_KEEP_MS) {
      for (const venue of modelled) sink.cross(startMs, venue.track.venue, () => encodeCross(venue.model, startMs));
    }
  }
}

function isKept(width: number, endMs: EpochMs, now: EpochMs): boolean {
  const keepMs = BACKFILL_MS.get(width);
  return keepMs === undefined || now - endMs <= keepMs;
}

function columnVenue(venue: HubVenue, intervalMs: number, startMs: EpochMs): ColumnVenue {
  const close = venue.lastClose ?? 0;
  const candle = venue.candles[INTERVALS.indexOf(intervalMs)];
  const current = candle?.startMs === startMs ? candle : null;
  return {
    id: venue.track.venue,
    open: current?.open ?? close,
    high: current?.high ?? close,
    low: current?.low ?? close,
    close: current?.close ?? close,
    volumeBase: current === null ? 0 : rounded(current.volumeBase),
    openInterestUsd: significant((openInterestBase(venue.model) ?? 0) * close),
    takerBuyBase: rounded(current?.takerBuyBase),
    takerSellBase: rounded(current?.takerSellBase),
    fundingRate: current?.fundingRate ?? null,
  };
}

function rounded(sum: number | null | undefined): number | null {
  return sum === null || sum === undefined ? null : significant(sum);
}
