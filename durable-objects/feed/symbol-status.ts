// How a venue is doing for one symbol: the worst thing that is true of it now.
import type { VenueState, VenueStatus } from "../../src/shared/market/venue-status.ts";
import { type EpochMs, SECOND_MS } from "../../src/shared/time/clock.ts";
import type { Breaker } from "./circuit-breaker.ts";

/** A status that is not live is repeated this often (market time), so that a hub which lost it learns of it. */
const REPEAT_MS = 30 * SECOND_MS;
/** Younger data is never called stale, older is once four polls have brought nothing. */
const STALE_MS = 30 * SECOND_MS;
const STALE_POLLS = 4;

export interface SymbolFacts {
  /** Why the venue does not have the symbol, or null. */
  off: string | null;
  breaker: Breaker;
  /** Market time of the last news of the symbol, or null before the first. */
  newsAt: EpochMs | null;
  /** Market time between two polls. */
  pollMs: number;
  /** What the model needs and has not got for too long, in words, or null. */
  unheard: string | null;
  /** What it lacks for want of rows that can be read, in words, or null: the cause once everything is missing. */
  unread: string | null;
  /** Requests that failed last time, in words. */
  failing: readonly string[];
  /** Why the liquidation stream is down, or null. */
  streamDown: string | null;
}

export function judgeSymbol(facts: SymbolFacts, now: EpochMs): { state: VenueState; reason: string | null } {
  const { breaker, newsAt } = facts;
  if (facts.off !== null) return { state: "off", reason: facts.off };
  const held = breaker.state === "open" ? breaker : null;
  if (held?.cause === "blocked") return { state: "blocked", reason: held.reason };
  const { failing, unheard, unread, streamDown } = facts;
  const trouble = held !== null ? `${held.cause}: ${held.reason}` : (unheard ?? failing[0] ?? null);
  // a silent stream makes no exchange stale: liquidations are no news of price or open interest
  if (newsAt === null) return { state: "stale", reason: trouble ?? unread ?? "no answer yet" };
  if (now - newsAt > Math.max(STALE_MS, STALE_POLLS * facts.pollMs)) {
    return { state: "stale", reason: trouble ?? unread ?? "the exchange's own time stands still" };
  }
  const reason = trouble ?? streamDown;
  return reason === null ? { state: "live", reason: null } : { state: "degraded", reason };
}

/** The status as sent: keeps `sinceMs` while the state stays the same. */
export function nextStatus(
  previous: VenueStatus | null,
  judged: { state: VenueState; reason: string | null },
  now: EpochMs,
): VenueStatus {
  const sinceMs = previous !== null && previous.state === judged.state ? previous.sinceMs : now;
  return { ...judged, sinceMs };
}

/** True when a hub should be told although there is nothing else to send. */
export function isWorthSending(
  status: VenueStatus,
  acknowledged: { status: VenueStatus; at: EpochMs } | null,
  now: EpochMs,
): boolean {
  if (acknowledged === null) return true;
  const { status: known, at } = acknowledged;
  if (known.state !== status.state || known.reason !== status.reason) return true;
  return status.state !== "live" && now - at >= REPEAT_MS;
}
