// Gate's liquidation stream: one subscription covers all contracts.
import { SECOND_MS } from "../../time/clock.ts";
import { fieldOf } from "../json-verdict.ts";
import { textAt } from "../reading.ts";
import { ACCEPTED, refused } from "../subscription.ts";
import type { StreamPlan } from "../venue.ts";

const CHANNEL = "futures.public_liquidates";
/** The protocol has a request time; it matters to signed channels only, and adapters read no clock. */
const time = 0;

export const stream: StreamPlan = {
  rules: {
    // nothing is documented: the interval of our pings is what others use
    ...{ heardWithinMs: null, messages: null, connections: null, topics: null },
    source: "https://www.gate.io/docs/developers/futures/ws/ (read 2026-10)",
  },
  path: () => "/v4/ws/usdt",
  subscribe: () => [JSON.stringify({ time, channel: CHANNEL, event: "subscribe", payload: ["!all"] })],
  ping: { message: JSON.stringify({ time, channel: "futures.ping" }), everyMs: 20 * SECOND_MS },
  silenceMs: 50 * SECOND_MS,
  acknowledges: true,
  answerOf(payload) {
    const error = fieldOf(payload, "error");
    if (error !== undefined && error !== null) return refused(fieldOf(error, "code"), fieldOf(error, "message"));
    return textAt(payload, "event") === "subscribe" && textAt(payload, "channel") === CHANNEL ? ACCEPTED : null;
  },
  kindOf(payload) {
    if (typeof payload !== "object" || payload === null || !("channel" in payload) || !("event" in payload))
      return null;
    return payload.channel === CHANNEL && payload.event === "update" ? "liquidation-stream" : null;
  },
};
