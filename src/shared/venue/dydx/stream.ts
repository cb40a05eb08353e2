// dYdX streams: the trades of each market, whose forced ones are liquidations, and the state of all markets. Oracle prices
// come every few seconds, so the connection is never silent for long while it works.
import { SECOND_MS } from "../../time/clock.ts";
import { fieldOf } from "../json-verdict.ts";
import { textAt } from "../reading.ts";
import { ACCEPTED, refused } from "../subscription.ts";
import type { StreamPlan } from "../venue.ts";

export const stream: StreamPlan = {
  rules: {
    heardWithinMs: null,
    // two subscriptions a second per channel and id: each is asked for once
    ...{ messages: null, connections: null, topics: null },
    source: "https://docs.dydx.xyz/interaction/data/feeds (read 2026-11)",
  },
  path: () => "/v4/ws",
  subscribe: (venueSymbols) => [
    JSON.stringify({ type: "subscribe", channel: "v4_markets" }),
    ...venueSymbols.map((id) => JSON.stringify({ type: "subscribe", channel: "v4_trades", id })),
  ],
  // the server pings every 30 s
  ping: null,
  silenceMs: 60 * SECOND_MS,
  acknowledges: true,
  answerOf(payload) {
    const type = textAt(payload, "type");
    if (type === "error") return refused(fieldOf(payload, "message"));
    return type === "subscribed" ? ACCEPTED : null;
  },
  kindOf(payload) {
    // `connected`, `unsubscribed` and `error` carry no data
    if (typeof payload !== "object" || payload === null || !("contents" in payload)) return null;
    const channel = textAt(payload, "channel");
    if (channel === "v4_trades") return "trades-stream";
    return channel === "v4_markets" ? "tickers-stream" : null;
  },
};
