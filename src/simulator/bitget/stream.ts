// Bitget's public stream v3: topic `liquidation`, all symbols in one subscription.
// https://www.bitget.com/api-doc/uta/websocket/public/Liquidation-Channel
import { liquidationsBetween } from "../market/event-view.ts";
import type { StreamSession } from "../server/sockets.ts";
import { liquidationRow } from "./liquidations.ts";

const ARG = { instType: "usdt-futures", topic: "liquidation" };

/** Returns the session of a path below the stream prefix, or null when there is no such stream. */
export function bitgetStream(path: string): StreamSession | null {
  if (path !== "/v3/ws/public") return null;
  let subscribed = false;
  return {
    opened: () => [],
    receive(text) {
      if (text === "ping") return ["pong"];
      const message = parseMessage(text);
      if (message === null) return [JSON.stringify({ event: "error", code: 30003, msg: "Invalid request" })];
      return message.args.map((arg) => {
        if (arg["topic"] !== ARG.topic || arg["instType"] !== ARG.instType) {
          return JSON.stringify({ event: "error", arg, code: 30001, msg: "Channel does not exist" });
        }
        subscribed = message.op === "subscribe";
        return JSON.stringify({ event: message.op, arg });
      });
    },
    push(markets, afterMs, now) {
      if (!subscribed) return [];
      const data = markets.flatMap((market) =>
        liquidationsBetween(market, afterMs, now, now).map((event) => liquidationRow(market, event)),
      );
      return data.length === 0 ? [] : [JSON.stringify({ action: "update", arg: ARG, data, ts: now })];
    },
  };
}

function parseMessage(text: string): { op: "subscribe" | "unsubscribe"; args: Record<string, unknown>[] } | null {
  try {
    const { op, args } = JSON.parse(text) as { op?: unknown; args?: unknown };
    if ((op !== "subscribe" && op !== "unsubscribe") || !Array.isArray(args)) return null;
    return { op, args: args.filter((arg) => typeof arg === "object" && arg !== null) };
  } catch {
    // not JSON: refused like any other text that is no request
    return null;
  }
}
