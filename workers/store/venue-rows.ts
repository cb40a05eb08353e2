// The exchanges of a stored column as JSON rows, `[id, figure, figure, …]`: names of fields would be most of the bytes.
// A row may grow at its end: what an older one lacks reads as null.
import type { ColumnVenue } from "../../src/shared/market/closed-column.ts";
import type { ContextColumn, VenueContext } from "../../src/shared/market/context.ts";
import type { VenueId } from "../../src/shared/market/symbol.ts";

type Figure = number | null;

export function writeColumnVenues(venues: readonly ColumnVenue[]): string {
  return JSON.stringify(
    venues.map((venue) => [
      ...[venue.id, venue.open, venue.high, venue.low, venue.close, venue.volumeBase, venue.openInterestUsd],
      ...[venue.takerBuyBase ?? null, venue.takerSellBase ?? null, venue.fundingRate ?? null],
    ]),
  );
}

export function readColumnVenues(text: string): ColumnVenue[] {
  type Row = [VenueId, number, number, number, number, Figure, number, Figure?, Figure?, Figure?];
  return (JSON.parse(text) as Row[]).map(
    ([id, open, high, low, close, volumeBase, openInterestUsd, buy = null, sell = null, rate = null]) => ({
      ...{ id, open, high, low, close, volumeBase, openInterestUsd },
      ...{ takerBuyBase: buy, takerSellBase: sell, fundingRate: rate },
    }),
  );
}

export function writeContextVenues(venues: ContextColumn["venues"]): string {
  return JSON.stringify(
    Object.entries(venues).map(([id, part]) => [
      ...[id, part.markPrice, part.indexPrice, part.fundingRate, part.fundingIntervalMs],
      ...[part.takerBuyBase, part.takerSellBase, part.takerMinutes],
      part.depth === null ? null : [part.depth.bidUsd, part.depth.askUsd, part.depth.bidReach, part.depth.askReach],
      part.depthSamples,
      ...[part.observedLongUsd, part.observedShortUsd, part.observedCount, part.listenedMinutes],
    ]),
  );
}

export function readContextVenues(text: string): ContextColumn["venues"] {
  type Depth = [number[], number[], number, number] | null;
  type Row = [
    ...[VenueId, Figure, Figure, Figure, Figure],
    ...[Figure, Figure, number],
    Depth,
    number,
    ...[Figure, Figure, Figure, number],
  ];
  return Object.fromEntries(
    (JSON.parse(text) as Row[]).map((row): [VenueId, VenueContext] => {
      const [id, markPrice, indexPrice, fundingRate, fundingIntervalMs, takerBuyBase, takerSellBase, takerMinutes] =
        row;
      const [, , , , , , , , depth, depthSamples, observedLongUsd, observedShortUsd, observedCount, listenedMinutes] =
        row;
      const part = {
        ...{ markPrice, indexPrice, fundingRate, fundingIntervalMs, takerBuyBase, takerSellBase, takerMinutes },
        depth: depth === null ? null : depthOf(depth),
        ...{ depthSamples, observedLongUsd, observedShortUsd, observedCount, listenedMinutes },
      };
      return [id, part];
    }),
  );
}

function depthOf([bidUsd, askUsd, bidReach, askReach]: [number[], number[], number, number]) {
  return { bidUsd, askUsd, bidReach, askReach };
}
