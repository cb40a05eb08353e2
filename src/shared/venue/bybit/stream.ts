// Bybit's liquidation stream: one topic per symbol; there is no topic for all.
import { MINUTE_MS, SECOND_MS } from "../../time/clock.ts";
import { fieldOf } from "../json-verdict.ts";
import { textAt } from "../reading.ts";
import { ACCEPTED, refused } from "../subscription.ts";
import type { StreamPlan } from "../venue.ts";

/** Longest `args` of one subscription, in characters. */
const MAX_ARGS_LENGTH = 21_000;

export const stream: StreamPlan = {
  rules: {
    heardWithinMs: 20 * SECOND_MS,
    messages: null,
    connections: { count: 500, windowMs: 5 * MINUTE_MS },
    // arguments of a subscription are limited instead
    topics: null,
    source: "https://bybit-exchange.github.io/docs/v5/ws/connect (read 2026-11)",
  },
  path: () => "/v5/public/linear",
  subscribe(venueSymbols) {
    const messages: string[] = [];
    let args: string[] = [];
    for (const topic of venueSymbols.map((symbol) => `allLiquidation.${symbol}`)) {
      if (args.length > 0 && JSON.stringify([...args, topic]).length > MAX_ARGS_LENGTH) {
        messages.push(JSON.stringify({ op: "subscribe", args }));
        args = [];
      }
      args.push(topic);
    }
    if (args.length > 0) messages.push(JSON.stringify({ op: "subscribe", args }));
    return messages;
  },
  // the alarm that sends it may come five seconds late
  ping: { message: JSON.stringify({ op: "ping" }), everyMs: 15 * SECOND_MS },
  // two pings without an answer: liquidations themselves may be silent for hours
  silenceMs: 50 * SECOND_MS,
  acknowledges: true,
  answerOf(payload) {
    // a pong has the same shape
    if (fieldOf(payload, "success") === false) return refused(fieldOf(payload, "ret_msg"));
    return fieldOf(payload, "success") === true && textAt(payload, "op") === "subscribe" ? ACCEPTED : null;
  },
  kindOf(payload) {
    const topic = textAt(payload, "topic");
    if (topic?.startsWith("allLiquidation.") || topic?.startsWith("liquidation.")) return "liquidation-stream";
    if (topic?.startsWith("tickers.")) return "ticker-stream";
    return topic?.startsWith("publicTrade.") ? "trades-stream" : null;
  },
};
