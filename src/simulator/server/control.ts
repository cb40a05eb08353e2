// The control surface: what is played, what misbehaves, and who asked for what.
import { isVenueId, VENUES } from "../../shared/market/symbol.ts";
import type { ClockLine, EpochMs } from "../../shared/time/clock.ts";
import type { Market } from "../market/market.ts";
import { type Faults, parseFaultOrder } from "./faults.ts";
import type { Sockets } from "./sockets.ts";
import { jsonReply, type WireReply, type WireRequest } from "./wire.ts";

export interface ControlState {
  clock: ClockLine;
  now: EpochMs;
  wallMs: EpochMs;
  markets: readonly Market[];
  faults: Faults;
  /** Requests by exchange and path. */
  counts: Record<string, Record<string, number>>;
  sockets: Sockets;
}

export function answerControl(request: WireRequest, state: ControlState): WireReply {
  if (request.path === "" && request.method === "GET") return overview(state);
  if (request.path === "/faults" && request.method === "POST") return addFault(request.body, state);
  if (request.path === "/faults" && request.method === "DELETE") return clearFaults(request.query, state);
  return jsonReply({ error: "expected GET /control, POST /control/faults or DELETE /control/faults" }, 404);
}

function overview(state: ControlState): WireReply {
  const { clock, now } = state;
  return jsonReply({
    now,
    hasEnded: clock.endMs !== null && now >= clock.endMs,
    clock,
    markets: state.markets.map((market) => ({
      exchange: market.venue,
      symbol: market.symbol,
      exchangeSymbol: market.contract.venueSymbol,
      source: market.source,
      startMs: market.startMs,
      endMs: market.endMs,
      notes: market.notes,
    })),
    faults: state.faults.active(state.wallMs),
    sockets: Object.fromEntries(VENUES.map((venue) => [venue, state.sockets.count(venue)])),
    requests: state.counts,
  });
}

function addFault(body: string, state: ControlState): WireReply {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return jsonReply({ error: "body was not JSON" }, 400);
  }
  const order = parseFaultOrder(value);
  if (typeof order === "string") return jsonReply({ error: order }, 400);
  state.faults.add(order, state.wallMs, state.now);
  return jsonReply({ faults: state.faults.active(state.wallMs) }, 201);
}

function clearFaults(query: URLSearchParams, state: ControlState): WireReply {
  const exchange = query.get("exchange");
  if (exchange !== null && !isVenueId(exchange)) return jsonReply({ error: `exchange was "${exchange}"` }, 400);
  state.faults.clear(exchange);
  return jsonReply({ faults: state.faults.active(state.wallMs) });
}
