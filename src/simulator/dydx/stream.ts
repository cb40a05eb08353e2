// The dYdX indexer's stream at /v4/ws: v4_trades per market and v4_markets for all.
// https://docs.dydx.exchange/api_integration-indexer/indexer_websocket
import { type EpochMs, SECOND_MS } from "../../shared/time/clock.ts";
import type { Market } from "../market/market.ts";
import { quoteAt } from "../market/view.ts";
import type { StreamSession } from "../server/sockets.ts";
import { oracleText } from "./markets.ts";
import { tradesSince } from "./trades.ts";

const CONNECTION_ID = "simulated";
/** Oracle prices are renewed at this pace. */
const ORACLE_MS = 2 * SECOND_MS;

/** Returns the session of a path below the stream prefix, or null when there is no such stream. */
export function dydxStream(path: string): StreamSession | null {
  if (path !== "/v4/ws") return null;
  const tickers = new Set<string>();
  let hasMarkets = false;
  let messageId = 0;
  const text = (message: object) => {
    messageId += 1;
    return JSON.stringify({ ...message, connection_id: CONNECTION_ID, message_id: messageId });
  };

  function subscribe(channel: unknown, id: unknown): string {
    if (channel === "v4_markets") {
      hasMarkets = true;
      return text({ type: "subscribed", channel, contents: { markets: {} } });
    }
    if (channel === "v4_trades" && typeof id === "string") {
      tickers.add(id);
      return text({ type: "subscribed", channel, id, contents: { trades: [] } });
    }
    return text({ type: "error", message: `Invalid subscription: channel '${String(channel)}' not found` });
  }

  return {
    opened: () => [text({ type: "connected" })],
    receive(received) {
      const { type, channel, id } = parseMessage(received);
      if (type === "subscribe") return [subscribe(channel, id)];
      if (type !== "unsubscribe") return [text({ type: "error", message: "Invalid message type" })];
      if (channel === "v4_markets") hasMarkets = false;
      else if (typeof id === "string") tickers.delete(id);
      return [text({ type: "unsubscribed", channel, id })];
    },
    push(markets, afterMs, now) {
      const messages = markets.flatMap((market) => {
        const { venueSymbol: id } = market.contract;
        const trades = tickers.has(id) ? tradesSince(market, afterMs, now) : [];
        return trades.length === 0
          ? []
          : [{ type: "channel_data", id, channel: "v4_trades", version: "2.1.0", contents: { trades } }];
      });
      const oraclePrices = hasMarkets ? oracles(markets, afterMs, now) : null;
      const state =
        oraclePrices === null
          ? []
          : [{ type: "channel_data", channel: "v4_markets", version: "1.0.0", contents: { oraclePrices } }];
      return [...messages, ...state].map(text);
    },
  };
}

/** Oracle prices of the newest pace step, or null when it has been told. */
function oracles(markets: readonly Market[], afterMs: EpochMs, now: EpochMs): object | null {
  const time = Math.floor(now / ORACLE_MS) * ORACLE_MS;
  if (time <= afterMs) return null;
  const rows = markets.flatMap((market) => {
    const quote = quoteAt(market, time);
    if (quote === null) return [];
    const oraclePrice = oracleText(market, quote.indexPrice);
    const effectiveAtHeight = String(Math.floor(time / 1_000));
    return [
      [
        market.contract.venueSymbol,
        { oraclePrice, effectiveAt: new Date(time).toISOString(), effectiveAtHeight, marketId: 0 },
      ],
    ];
  });
  return rows.length === 0 ? null : (Object.fromEntries(rows) as object);
}

function parseMessage(received: string): { type?: unknown; channel?: unknown; id?: unknown } {
  try {
    const value: unknown = JSON.parse(received);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    // not JSON: refused like any other message without a type
    return {};
  }
}
