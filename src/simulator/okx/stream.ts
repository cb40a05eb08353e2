// OKX's public stream: channel `liquidation-orders`, all contracts in one subscription, one order per contract and second.
// https://www.okx.com/docs-v5/en/#public-data-websocket-liquidation-orders-channel
import { liquidationsBetween } from "../market/event-view.ts";
import type { StreamSession } from "../server/sockets.ts";
import { endOfFullSecond, onePerSecond } from "../server/throttle.ts";
import { liquidationRow } from "./liquidations.ts";

const CONNECTION_ID = "simulated";
const ARG = { channel: "liquidation-orders", instType: "SWAP" };

/** Returns the session of a path below the stream prefix, or null when there is no such stream. */
export function okxStream(path: string): StreamSession | null {
  if (path !== "/ws/v5/public") return null;
  let subscribed = false;
  return {
    opened: () => [],
    receive(text) {
      if (text === "ping") return ["pong"];
      const message = parseMessage(text);
      if (message === null) return [errorText("Invalid request")];
      return message.args.map((arg) => {
        if (arg["channel"] !== ARG.channel) return errorText(`Wrong channel: ${String(arg["channel"])}`);
        subscribed = arg["instType"] === "SWAP" ? message.op === "subscribe" : subscribed;
        return JSON.stringify({ event: message.op, arg, connId: CONNECTION_ID });
      });
    },
    push(markets, afterMs, now) {
      if (!subscribed) return [];
      return markets.flatMap((market) =>
        onePerSecond(liquidationsBetween(market, endOfFullSecond(afterMs), endOfFullSecond(now), now)).map((event) =>
          JSON.stringify({ arg: ARG, data: [liquidationRow(market, [event])] }),
        ),
      );
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

function errorText(msg: string): string {
  return JSON.stringify({ event: "error", code: "60012", msg, connId: CONNECTION_ID });
}
