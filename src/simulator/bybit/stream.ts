// Bybit's public linear stream: `allLiquidation.{symbol}`, every order, in batches of half a second.
// https://bybit-exchange.github.io/docs/v5/websocket/public/all-liquidation
import { decimal } from "../decimal.ts";
import { liquidationsBetween } from "../market/event-view.ts";
import type { LiquidationEvent, Market } from "../market/market.ts";
import type { StreamSession } from "../server/sockets.ts";

const TOPIC = /^allLiquidation\.[A-Z0-9]+$/;
const BATCH_MS = 500;
const CONNECTION_ID = "simulated-connection";

/** Returns the session of a path below the stream prefix, or null when there is no such stream. */
export function bybitStream(path: string): StreamSession | null {
  if (path !== "/v5/public/linear") return null;
  const topics = new Set<string>();
  return {
    opened: () => [],
    receive: (text) => [JSON.stringify(answer(text, topics))],
    push(markets, afterMs, now) {
      return markets
        .filter((market) => topics.has(`allLiquidation.${market.contract.venueSymbol}`))
        .flatMap((market) => batches(market, liquidationsBetween(market, afterMs, now, now)));
    },
  };
}

function answer(text: string, topics: Set<string>): object {
  let message: { op?: unknown; args?: unknown; req_id?: unknown };
  try {
    message = JSON.parse(text) as typeof message;
  } catch {
    // the exchange stays connected and refuses
    return { success: false, ret_msg: "error:request is not JSON", conn_id: CONNECTION_ID, op: "" };
  }
  const reply = (success: boolean, retMsg: string, op: string) => ({
    success,
    ret_msg: retMsg,
    conn_id: CONNECTION_ID,
    ...(typeof message.req_id === "string" ? { req_id: message.req_id } : {}),
    op,
  });
  const args = Array.isArray(message.args) ? message.args.filter((topic) => typeof topic === "string") : [];
  switch (message.op) {
    case "ping":
      return reply(true, "pong", "ping");
    case "subscribe": {
      // one bad topic refuses the whole request
      const bad = args.find((topic) => !TOPIC.test(topic));
      if (bad !== undefined) return reply(false, `Invalid topic: ${bad}`, "subscribe");
      for (const topic of args) topics.add(topic);
      return reply(true, "", "subscribe");
    }
    case "unsubscribe":
      for (const topic of args) topics.delete(topic);
      return reply(true, "", "unsubscribe");
    default:
      return reply(false, "error:op is not supported", String(message.op));
  }
}

function batches(market: Market, events: readonly LiquidationEvent[]): string[] {
  const grouped = new Map<number, LiquidationEvent[]>();
  for (const event of events) {
    const batch = Math.floor(event.time / BATCH_MS);
    grouped.set(batch, [...(grouped.get(batch) ?? []), event]);
  }
  const { venueSymbol, pricePlaces, sizePlaces } = market.contract;
  return [...grouped.values()].map((group) =>
    JSON.stringify({
      topic: `allLiquidation.${venueSymbol}`,
      type: "snapshot",
      ts: group[group.length - 1]?.time,
      data: group.map((event) => ({
        T: event.time,
        s: venueSymbol,
        // the side of the position
        S: event.side === "long" ? "Buy" : "Sell",
        v: decimal(event.sizeBase, sizePlaces),
        p: decimal(event.bankruptcyPrice, pricePlaces),
      })),
    }),
  );
}
