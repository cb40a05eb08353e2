import { filterWords } from "../../shared/display/filter-words.ts";
import { formatShare, formatTime } from "../../shared/display/format.ts";
import type { Envelope } from "../api/wire.ts";
import type { View } from "../view/view.ts";

/** The line below the chart: what it is, what of the map it leaves out, as of when, and how much of the market is in it. */
export function wordsOf(
  { symbol, range, filter }: Pick<View, "symbol" | "range" | "filter">,
  envelope: Envelope,
  isLive: boolean,
): string {
  const { asOf, coverage, dataSource } = envelope;
  const parts = [
    `${symbol} estimated liquidation levels ${range}`,
    filterWords({ ...filter, exchange: filter.venues, leverage: filter.tiers }),
    dataSource === "live" ? "" : `${dataSource} data`,
    `as of ${formatTime(asOf)}${isLive ? "" : ", not live"}`,
    `${formatShare(coverage.ratio)} of known open interest`,
  ];
  return parts.filter((part) => part !== "").join(" · ");
}
