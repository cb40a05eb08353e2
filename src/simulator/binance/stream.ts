// Binance streams: forced orders and mark prices, raw at /ws/<stream> and combined at /stream?streams=a/b.
// https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams
import { type EpochMs, SECOND_MS } from "../../shared/time/clock.ts";
import { decimal } from "../decimal.ts";
import { liquidationsBetween } from "../market/event-view.ts";
import type { LiquidationEvent, Market } from "../market/market.ts";
import { isListed, quoteAt } from "../market/view.ts";
import type { StreamSession } from "../server/sockets.ts";
import { endOfFullSecond, onePerSecond } from "../server/throttle.ts";

/** Returns the session of a path below the stream prefix, or null when there is no such stream. */
export function binanceStream(path: string, query: URLSearchParams): StreamSession | null {
  // since 2026 market data has a path of its own; the older paths still work
  const below = path.replace(/^\/(market|public)(?=\/)/, "");
  if (below === "/stream") return session(query.get("streams")?.split("/") ?? [], true);
  const raw = /^\/ws(?:\/(.+))?$/.exec(below);
  if (raw === null) return null;
  return session(raw[1]?.split("/") ?? [], false);
}

function session(streams: readonly string[], isCombined: boolean): StreamSession {
  const subscribed = new Set(streams.filter((stream) => stream !== ""));
  return {
    opened: () => [],
    receive: (text) => control(text, subscribed),
    push(markets, afterMs, now) {
      const texts: string[] = [];
      for (const stream of subscribed) {
        for (const payload of payloadsOf(stream, markets, afterMs, now)) {
          texts.push(JSON.stringify(isCombined ? { stream, data: payload } : payload));
        }
      }
      return texts;
    },
  };
}

/** SUBSCRIBE and UNSUBSCRIBE while connected. */
function control(text: string, subscribed: Set<string>): string[] {
  let message: { method?: unknown; params?: unknown; id?: unknown };
  try {
    message = JSON.parse(text) as typeof message;
  } catch {
    // the exchange answers text that is not JSON with an error and stays connected
    return [JSON.stringify({ error: { code: 3, msg: "Invalid JSON" } })];
  }
  const params = Array.isArray(message.params) ? message.params.filter((name) => typeof name === "string") : [];
  if (message.method === "SUBSCRIBE") for (const name of params) subscribed.add(name);
  else if (message.method === "UNSUBSCRIBE") for (const name of params) subscribed.delete(name);
  else return [JSON.stringify({ error: { code: 2, msg: "Invalid request" }, id: message.id ?? null })];
  return [JSON.stringify({ result: null, id: message.id ?? null })];
}

function payloadsOf(stream: string, markets: readonly Market[], afterMs: EpochMs, now: EpochMs): object[] {
  if (stream === "!forceOrder@arr") return markets.flatMap((market) => forcedOrders(market, afterMs, now));
  // the pace, as in btcusdt@markPrice@1s
  const [symbol, channel, pace] = stream.split("@");
  const everyMs = pace === "1s" ? SECOND_MS : MARK_PRICE_EVERY_MS;
  if (symbol === "!markPrice") {
    const rows = markets.flatMap((market) => markPrices(market, everyMs, afterMs, now));
    return rows.length === 0 ? [] : [rows];
  }
  const market = markets.find((candidate) => candidate.contract.venueSymbol.toLowerCase() === symbol);
  if (market === undefined) return [];
  if (channel === "forceOrder") return forcedOrders(market, afterMs, now);
  return channel === "markPrice" ? markPrices(market, everyMs, afterMs, now) : [];
}

/** One order per symbol and second, the largest, once the second is over. */
function forcedOrders(market: Market, afterMs: EpochMs, now: EpochMs): object[] {
  const events = liquidationsBetween(market, endOfFullSecond(afterMs), endOfFullSecond(now), now);
  return onePerSecond(events).map((event) => forcedOrder(market, event));
}

function forcedOrder(market: Market, event: LiquidationEvent): object {
  const { venueSymbol, pricePlaces, sizePlaces } = market.contract;
  const size = decimal(event.sizeBase, sizePlaces);
  return {
    e: "forceOrder",
    E: event.time,
    o: {
      s: venueSymbol,
      // the side of the order: a long is closed by selling
      S: event.side === "long" ? "SELL" : "BUY",
      o: "LIMIT",
      f: "IOC",
      q: size,
      p: decimal(event.bankruptcyPrice, pricePlaces),
      ap: decimal(event.fillPrice, pricePlaces),
      X: "FILLED",
      l: size,
      z: size,
      T: event.time,
    },
    ps: venueSymbol,
    st: 1,
  };
}

// pace of the plain stream
const MARK_PRICE_EVERY_MS = 3 * SECOND_MS;

/** At most one message a tick: the newest. */
function markPrices(market: Market, everyMs: number, afterMs: EpochMs, now: EpochMs): object[] {
  const time = Math.floor(now / everyMs) * everyMs;
  const quote = time > afterMs && isListed(market, time) ? quoteAt(market, time) : null;
  if (quote === null) return [];
  return [
    {
      e: "markPriceUpdate",
      E: time,
      s: market.contract.venueSymbol,
      p: decimal(quote.markPrice, 8),
      i: decimal(quote.indexPrice, 8),
      P: decimal(quote.indexPrice, 8),
      r: quote.fundingRate === null ? "" : quote.fundingRate.toFixed(8),
      T: quote.fundingRate === null ? 0 : quote.nextFundingTime,
      st: 1,
    },
  ];
}
