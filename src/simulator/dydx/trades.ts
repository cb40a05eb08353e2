// Trades, for the endpoint and the stream. Forced ones are marked; they carry the price of their fill.
import { decimal } from "../decimal.ts";
import { liquidationsBetween } from "../market/event-view.ts";
import type { LiquidationEvent, Market } from "../market/market.ts";
import { type TradeView, tradesAt } from "../market/trades.ts";

interface TimedTrade {
  time: number;
  row: object;
}

/** The newest trades at `now`, newest first, the forced ones among them. */
export function newestTrades(market: Market, now: number, limit: number): object[] {
  const ordinary = tradesAt(market, now, limit).map(
    (trade): TimedTrade => ({ time: trade.time, row: ordinaryRow(market, trade) }),
  );
  // where the source knows no trades, the forced ones of the last hour are all there is
  const since = ordinary.at(-1)?.time ?? now - 3_600_000;
  const forced = liquidationsBetween(market, since - 1, now, now).map(
    (event, i): TimedTrade => ({ time: event.time, row: forcedRow(market, event, i) }),
  );
  const all = [...ordinary, ...forced].sort((a, b) => b.time - a.time);
  return all.slice(0, limit).map(({ row }) => row);
}

/** Trades that became visible in `(afterMs, now]`, newest first. */
export function tradesSince(market: Market, afterMs: number, now: number): object[] {
  const ordinary = tradesAt(market, now, 100)
    .filter(({ time }) => time > afterMs)
    .map((trade): TimedTrade => ({ time: trade.time, row: ordinaryRow(market, trade) }));
  const forced = liquidationsBetween(market, afterMs, now, now).map(
    (event, i): TimedTrade => ({ time: event.time, row: forcedRow(market, event, i) }),
  );
  return [...ordinary, ...forced].sort((a, b) => b.time - a.time).map(({ row }) => row);
}

function ordinaryRow(market: Market, trade: TradeView): object {
  return {
    id: trade.id.toString(16).padStart(24, "0"),
    side: trade.takerSide === "buy" ? "BUY" : "SELL",
    size: decimal(trade.sizeBase),
    price: decimal(trade.price, market.contract.pricePlaces),
    type: "LIMIT",
    createdAt: new Date(trade.time).toISOString(),
    createdAtHeight: String(Math.floor(trade.time / 1_000)),
  };
}

function forcedRow(market: Market, event: LiquidationEvent, i: number): object {
  return {
    id: `f${event.time.toString(16)}${Math.round(event.sizeBase * 1e6).toString(16)}${i.toString(16)}`.padStart(
      24,
      "0",
    ),
    // the liquidated account takes: a long sells
    side: event.side === "long" ? "SELL" : "BUY",
    size: decimal(event.sizeBase),
    price: decimal(event.fillPrice, market.contract.pricePlaces),
    type: "LIQUIDATED",
    createdAt: new Date(event.time).toISOString(),
    createdAtHeight: String(Math.floor(event.time / 1_000)),
  };
}
