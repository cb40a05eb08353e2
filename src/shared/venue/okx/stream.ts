// OKX's liquidation stream: one subscription covers all swaps.
import { HOUR_MS, SECOND_MS } from "../../time/clock.ts";
import { fieldOf } from "../json-verdict.ts";
import { textAt } from "../reading.ts";
import { ACCEPTED, refused } from "../subscription.ts";
import type { StreamPlan } from "../venue.ts";

export const stream: StreamPlan = {
  rules: {
    heardWithinMs: 30 * SECOND_MS,
    // requests to subscribe and unsubscribe
    messages: { count: 480, windowMs: HOUR_MS },
    connections: { count: 3, windowMs: SECOND_MS },
    topics: null,
    source: "https://www.okx.com/docs-v5/en/#overview-websocket-connect (read 2026-10)",
  },
  path: () => "/ws/v5/public",
  subscribe: () => [JSON.stringify({ op: "subscribe", args: [{ channel: "liquidation-orders", instType: "SWAP" }] })],
  // the server drops a connection after 30 s of silence; it answers with the text `pong`
  ping: { message: "ping", everyMs: 20 * SECOND_MS },
  silenceMs: 50 * SECOND_MS,
  acknowledges: true,
  answerOf(payload) {
    const event = textAt(payload, "event");
    if (event === "error") return refused(fieldOf(payload, "code"), fieldOf(payload, "msg"));
    return event === "subscribe" ? ACCEPTED : null;
  },
  kindOf(payload) {
    if (typeof payload !== "object" || payload === null || !("arg" in payload) || !("data" in payload)) return null;
    const { arg } = payload;
    const channel: unknown = typeof arg === "object" && arg !== null ? Reflect.get(arg, "channel") : undefined;
    return channel === "liquidation-orders" ? "liquidation-stream" : null;
  },
};
