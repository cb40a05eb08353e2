// Bitget's liquidation stream (v3): one topic covers all symbols.
import { MINUTE_MS, SECOND_MS } from "../../time/clock.ts";
import { fieldOf } from "../json-verdict.ts";
import { textAt } from "../reading.ts";
import { ACCEPTED, refused } from "../subscription.ts";
import type { StreamPlan } from "../venue.ts";

const TOPIC = "liquidation";

export const stream: StreamPlan = {
  rules: {
    heardWithinMs: 30 * SECOND_MS,
    messages: { count: 10, windowMs: SECOND_MS },
    connections: { count: 300, windowMs: 5 * MINUTE_MS },
    topics: 1_000,
    source: "https://www.bitget.com/api-doc/common/websocket-intro (read 2026-11)",
  },
  path: () => "/v3/ws/public",
  subscribe: () => [JSON.stringify({ op: "subscribe", args: [{ instType: "usdt-futures", topic: TOPIC }] })],
  // the server asks for a ping every 30 s and drops a connection after 2 minutes; it answers with the text `pong`
  ping: { message: "ping", everyMs: 20 * SECOND_MS },
  silenceMs: 60 * SECOND_MS,
  acknowledges: true,
  answerOf(payload) {
    const event = textAt(payload, "event");
    if (event === "error") return refused(fieldOf(payload, "code"), fieldOf(payload, "msg"));
    return event === "subscribe" ? ACCEPTED : null;
  },
  kindOf(payload) {
    if (typeof payload !== "object" || payload === null || !("arg" in payload) || !("data" in payload)) return null;
    const { arg } = payload;
    const topic: unknown = typeof arg === "object" && arg !== null ? Reflect.get(arg, "topic") : undefined;
    return topic === TOPIC ? "liquidation-stream" : null;
  },
};
