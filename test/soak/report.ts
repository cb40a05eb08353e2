// What a soak run ends with: every minute accounted for, conservation, and how far the map is from a run without faults.
import type { VenueId } from "../../src/shared/market/symbol.ts";
import { adapterOf } from "../../src/shared/venue/registry.ts";
import { type Account, accountOf } from "./account.ts";
import { type MapDifference, mapDifference } from "./map-difference.ts";
import { runSoak, type SoakOptions, type SoakResult } from "./run-soak.ts";

export interface SoakReport {
  accounts: Account[];
  worstConservation: number;
  /** `exempt`: why a map is not held to the tolerance, or null. */
  differences: { venue: VenueId; symbol: string; difference: MapDifference | null; exempt: string | null }[];
  /** Everything that must not be; empty when the run is good. */
  failures: string[];
  result: SoakResult;
}

/** Settled sides equal open interest up to the rounding of 32-bit cells. */
const CONSERVATION_LIMIT = 1e-5;
/**
 * Where everything was recovered: history holds open interest every five minutes instead of every few seconds, so up
 * to four minutes' openings are dated and priced at another minute of the same five.
 */
export const MOVED_LIMIT = 0.05;

export async function soakReport(options: Omit<SoakOptions, "withFaults">): Promise<SoakReport> {
  const reference = await runSoak({ ...options, withFaults: false });
  const result = await runSoak({ ...options, withFaults: true });
  const pairs = options.symbols.flatMap((symbol) => options.venues.map((venue) => ({ symbol, venue })));
  const accounts = pairs.map(({ symbol, venue }) => accountOf(result, venue, symbol));
  const differences = pairs.map(({ symbol, venue }) => {
    const [ours, theirs] = [result.hubs.get(symbol), reference.hubs.get(symbol)];
    const difference = ours === undefined || theirs === undefined ? null : mapDifference(ours, theirs, venue);
    return {
      venue,
      symbol,
      difference,
      exempt: exemption(accountOf(result, venue, symbol), accountOf(reference, venue, symbol)),
    };
  });
  const worstConservation = Math.max(...[...result.hubs.values()].map((hub) => hub.worstConservation));
  const failures: string[] = [];
  for (const { venue, symbol, unaccounted, repeated } of accounts) {
    if (unaccounted > 0) failures.push(`${venue} ${symbol}: ${unaccounted} minutes unaccounted for`);
    if (repeated > 0) failures.push(`${venue} ${symbol}: ${repeated} minutes written twice`);
  }
  if (worstConservation > CONSERVATION_LIMIT) failures.push(`conservation was off by ${worstConservation}`);
  for (const { venue, counters, symbols } of result.feeds) {
    if (counters.bugs > 0) failures.push(`${venue}: ${counters.bugs} errors of our own, last: ${counters.lastBug}`);
    for (const { symbol, status } of symbols) {
      if (status?.state !== "live")
        failures.push(`${venue} ${symbol}: ${status?.state} after the calm: ${status?.reason}`);
    }
  }
  for (const { venue, symbol, difference, exempt } of differences) {
    if (difference === null) failures.push(`${venue} ${symbol}: no map`);
    else if (exempt === null && difference.moved > MOVED_LIMIT) {
      failures.push(
        `${venue} ${symbol}: ${(100 * difference.moved).toFixed(2)} % of the map elsewhere, all minutes there`,
      );
    }
  }
  return { accounts, worstConservation, differences, failures, result };
}

/** Why a map may be elsewhere: what an exchange does not serve afterwards is lost for good. */
function exemption(account: Account, reference: Account): string | null {
  if (account.missing > 0) return `${account.missing} minutes are missing`;
  const lost = account.carried - reference.carried;
  if (lost === 0 || adapterOf(account.venue).history.openInterest !== null) return null;
  return `open interest of ${lost} minutes was not polled, and there is no history of it`;
}

export function printReport(report: SoakReport): string {
  const { accounts, differences, result, worstConservation, failures } = report;
  const kinds = Object.entries(Object.groupBy(result.faults, ({ fault }) => fault)).map(
    ([kind, orders]) => `${kind} ${orders?.length ?? 0}`,
  );
  const lines = [
    `${new Date(result.fromMs).toISOString()} to ${new Date(result.toMs).toISOString()}, history included`,
    `faults: ${result.faults.length} (${kinds.sort().join(", ")}), hub restarts ${result.hubRestarts}, replies lost ${result.repliesLost}`,
    `gaps opened ${result.gaps}: runs of minutes of an exchange that a hub passed as missing and asked for again`,
    `replays ${result.replays}: late minutes, or the open interest of carried ones, came, and the map was played again from there`,
    "",
    `present: heard live; initial: history before the feeds began; recovered: history under faults, of these late by a replay;`,
    `map moved: share of the map elsewhere than without faults, tolerance ${percent(MOVED_LIMIT)} unless the row says why not`,
    "",
    "exchange     symbol  expected  present  initial  recovered  (late)  missing  unaccounted  carried OI  (corrected)  map moved  OI off",
  ];
  accounts.forEach((account, i) => {
    const { difference, exempt } = differences[i] ?? { difference: null, exempt: null };
    lines.push(
      [
        account.venue.padEnd(12),
        account.symbol.padEnd(6),
        String(account.expected).padStart(9),
        String(account.present).padStart(8),
        String(account.initial).padStart(8),
        String(account.recovered).padStart(10),
        String(account.late).padStart(7),
        String(account.missing).padStart(8),
        String(account.unaccounted).padStart(12),
        String(account.carried).padStart(11),
        String(account.corrected).padStart(12),
        percent(difference?.moved).padStart(10),
        percent(difference?.openInterest).padStart(7),
      ].join(" "),
    );
    if (exempt !== null) lines.push(`             not held to the tolerance: ${exempt}`);
    for (const [reason, count] of Object.entries(account.reasons))
      lines.push(`             ${count} missing: ${reason}`);
  });
  lines.push(
    "",
    `worst conservation error ${worstConservation.toExponential(2)}, tolerance ${CONSERVATION_LIMIT.toExponential(0)}`,
  );
  lines.push(
    failures.length === 0 ? "every minute is accounted for" : `FAILED\n${failures.map((one) => `  ${one}`).join("\n")}`,
  );
  return `${lines.join("\n")}\n`;
}

const percent = (share: number | undefined): string => (share === undefined ? "–" : `${(100 * share).toFixed(2)} %`);
