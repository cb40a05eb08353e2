// What an exchange answers to one request under the faults that hit it. No sockets: the server and soak runs share it.
import type { VenueId } from "../../shared/market/symbol.ts";
import { type EpochMs, MINUTE_MS } from "../../shared/time/clock.ts";
import type { Market } from "../market/market.ts";
import { changedFields, emptied, truncated } from "./distort.ts";
import type { ActiveFault, FaultKind } from "./faults.ts";
import { type RefusalKind, refuse } from "./refusals.ts";
import { PLAYED } from "./venues.ts";
import type { WireReply, WireRequest } from "./wire.ts";

export interface ReplySource {
  /** Market and wall time of the request. */
  now: EpochMs;
  wallMs: EpochMs;
  /** Listed markets of the exchange, with every minute that has begun by a market time. */
  listed(now: EpochMs): readonly Market[];
  /** Requests the exchange has had so far, by path. */
  counts: Record<string, number>;
}

/** `none`: no answer ever; `slow`: half of the body, the rest much later. */
export type FaultyReply = { type: "none" } | { type: "whole" | "slow"; reply: WireReply };

const OLD_BY_MS = 10 * MINUTE_MS;
const SKEW_MS = 5 * MINUTE_MS;
/** Candles of the minutes that begin this long after the fault did stay away until it ends; later ones are served. */
const WITHHELD_MS = 2 * MINUTE_MS;
const REFUSALS: readonly FaultKind[] = ["429", "418", "451", "403-html", "5xx"];

export function replyOf(
  venue: VenueId,
  request: WireRequest,
  hits: readonly ActiveFault[],
  source: ReplySource,
): FaultyReply {
  const has = (kind: FaultKind) => hits.some((fault) => fault.fault === kind);
  if (has("timeout")) return { type: "none" };
  const { now, wallMs } = source;
  const refusal = hits.find(isRefusal);
  if (refusal !== undefined) return { type: "whole", reply: refuse(venue, refusal.fault, now, wallMs) };
  const seenMs = has("old-timestamps") ? now - OLD_BY_MS : now;
  const context = { now: seenMs, stampMs: stampOf(seenMs, hits), markets: withheld(source.listed(seenMs), hits) };
  let reply = PLAYED[venue].answer(request, context);
  if (venue === "binance") reply = withWeight(reply, source.counts);
  if (reply.status === 200) {
    if (has("empty")) reply = emptied(venue, reply);
    if (has("changed-fields")) reply = changedFields(reply);
    if (has("truncated")) reply = truncated(reply);
  }
  return { type: has("slow-body") ? "slow" : "whole", reply };
}

export function isRefusal(fault: ActiveFault): fault is ActiveFault & { fault: RefusalKind } {
  return REFUSALS.includes(fault.fault);
}

function withheld(markets: readonly Market[], hits: readonly ActiveFault[]): readonly Market[] {
  const fault = hits.find((one) => one.fault === "withheld-candles");
  if (fault === undefined) return markets;
  const fromMs = fault.sinceMarketMs;
  return markets.map((market) => ({ ...market, withheld: { fromMs, toMs: fromMs + WITHHELD_MS } }));
}

/** What the exchange prints as its own time. */
function stampOf(now: EpochMs, hits: readonly ActiveFault[]): EpochMs {
  const repeated = hits.find((fault) => fault.fault === "repeated-timestamps");
  if (repeated !== undefined) return Math.min(now, repeated.sinceMarketMs);
  return hits.some((fault) => fault.fault === "clock-skew") ? now + SKEW_MS : now;
}

/** Binance reports the weight used; the simulator does not enforce a limit, so this is only a count. */
function withWeight(reply: WireReply, counts: Record<string, number>): WireReply {
  const used = Object.values(counts).reduce((sum, requests) => sum + requests, 0) % 2400;
  return { ...reply, headers: { ...reply.headers, "x-mbx-used-weight-1m": String(used) } };
}
