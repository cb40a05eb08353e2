// GET /api/v3/market/liquidations, and the rows it shares with the stream: the position's side, its bankruptcy price,
// and an amount in USDT.
import { DAY_MS } from "../../shared/time/clock.ts";
import { decimal, roundTo } from "../decimal.ts";
import { liquidationsBetween } from "../market/event-view.ts";
import type { LiquidationEvent, Market } from "../market/market.ts";
import type { WireContext, WireReply, WireRequest } from "../server/wire.ts";
import { limitOf, success } from "./envelope.ts";

const REACH_MS = 3 * DAY_MS;

export function liquidations(request: WireRequest, context: WireContext): WireReply {
  const symbol = request.query.get("symbol");
  const markets = context.markets.filter((market) => symbol === null || market.contract.venueSymbol === symbol);
  const { now } = context;
  const rows = markets
    .flatMap((market) =>
      liquidationsBetween(market, now - REACH_MS, now, now).map((event) => ({
        time: event.time,
        row: liquidationRow(market, event),
      })),
    )
    .sort((a, b) => b.time - a.time)
    .slice(0, limitOf(request, "limit", 100, 100));
  return success({ list: rows.map(({ row }) => row), cursor: "" }, context);
}

export function liquidationRow({ contract }: Market, event: LiquidationEvent): object {
  return {
    symbol: contract.venueSymbol,
    // the side of the position
    side: event.side === "long" ? "buy" : "sell",
    price: decimal(event.bankruptcyPrice, contract.pricePlaces),
    amount: decimal(roundTo(event.sizeBase * event.bankruptcyPrice, 8)),
    ts: String(event.time),
  };
}
