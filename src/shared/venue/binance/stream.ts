// Binance's liquidation stream: one force-order stream per symbol, and a heartbeat.
import { MINUTE_MS, SECOND_MS } from "../../time/clock.ts";
import { fieldOf } from "../json-verdict.ts";
import { refused } from "../subscription.ts";
import type { StreamPlan } from "../venue.ts";
import { unwrap } from "./events.ts";

/** Streams a connection may carry; beyond it the all-market stream (latest instead of largest order) is all there is. */
const MAX_STREAMS = 1_000;
/** The mark price of one symbol arrives every second: liquidations may be silent for hours in a calm market. */
const HEARTBEAT_SYMBOL = "BTCUSDT";

export const stream: StreamPlan = {
  rules: {
    heardWithinMs: null,
    messages: { count: 10, windowMs: SECOND_MS },
    connections: { count: 300, windowMs: 5 * MINUTE_MS },
    topics: 1_024,
    source:
      "https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams (read 2026-11)",
  },
  path(venueSymbols) {
    const forced = venueSymbols.map((symbol) => `${symbol.toLowerCase()}@forceOrder`);
    const streams = forced.length > MAX_STREAMS ? ["!forceOrder@arr"] : forced;
    const heartbeat = (venueSymbols[0] ?? HEARTBEAT_SYMBOL).toLowerCase();
    return `/market/stream?streams=${[...streams, `${heartbeat}@markPrice@1s`].join("/")}`;
  },
  subscribe: () => [],
  // the server pings every 3 minutes; answering is the socket's business
  ping: null,
  silenceMs: 30 * SECOND_MS,
  // the subscription is in the address; nothing answers it
  acknowledges: false,
  answerOf(payload) {
    const error = fieldOf(payload, "error");
    if (error === undefined || error === null) return null;
    return refused(fieldOf(error, "code"), fieldOf(error, "msg"));
  },
  kindOf(payload) {
    const { event } = unwrap(payload);
    const first: unknown = Array.isArray(event) ? event[0] : event;
    const type: unknown = typeof first === "object" && first !== null ? Reflect.get(first, "e") : undefined;
    if (type === "forceOrder") return "liquidation-stream";
    return type === "markPriceUpdate" ? "mark-price-stream" : null;
  },
};
