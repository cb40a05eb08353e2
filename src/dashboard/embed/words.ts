import { formatShare, formatTime } from "../../shared/display/format.ts";
import type { Envelope } from "../api/wire.ts";

/** The line below the chart: what it is, as of when, and how much of the market is in it. */
export function wordsOf(symbol: string, envelope: Envelope, isLive: boolean): string {
  const { asOf, coverage, dataSource } = envelope;
  const parts = [
    `${symbol} estimated liquidation levels`,
    dataSource === "live" ? "" : `${dataSource} data`,
    `as of ${formatTime(asOf)}${isLive ? "" : ", not live"}`,
    `${formatShare(coverage.ratio)} of known open interest`,
  ];
  return parts.filter((part) => part !== "").join(" · ");
}
