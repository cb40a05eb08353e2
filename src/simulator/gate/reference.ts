// Order book, forced orders and risk limits.
import { DAY_MS, SECOND_MS } from "../../shared/time/clock.ts";
import { decimal, roundTo } from "../decimal.ts";
import { liquidationsBetween } from "../market/event-view.ts";
import { orderBookAt } from "../market/order-book.ts";
import { jsonReply, type WireContext, type WireReply, type WireRequest } from "../server/wire.ts";
import { contractsOf, isReply, limitOf, marketOf, seconds, windowOf } from "./reply.ts";

export function orderBook(request: WireRequest, context: WireContext): WireReply {
  const market = marketOf(request, context);
  if (isReply(market)) return market;
  const book = orderBookAt(market, context.now, limitOf(request, 10, 300));
  const rows = (side: [number, number][]) =>
    side.map(([price, size]) => ({ p: decimal(price, market.contract.pricePlaces), s: contractsOf(market, size) }));
  const time = context.stampMs / SECOND_MS;
  const id = request.query.get("with_id") === "true" ? { id: Math.floor(context.now / 100) } : {};
  return jsonReply({ ...id, current: time, update: time, asks: rows(book.asks), bids: rows(book.bids) });
}

/** Newest first; the last day where the request names no start. */
export function liqOrders(request: WireRequest, context: WireContext): WireReply {
  const named = request.query.get("contract");
  const market = named === null ? null : marketOf(request, context);
  if (market !== null && isReply(market)) return market;
  const { from, to } = windowOf(request);
  const until = Math.min(to ?? context.now, context.now);
  const after = (from ?? until - DAY_MS) - 1;
  const rows = (market === null ? context.markets : [market]).flatMap((one) =>
    liquidationsBetween(one, after, until, context.now).map((event) => {
      const size = contractsOf(one, event.sizeBase);
      return {
        time: seconds(event.time),
        contract: one.contract.venueSymbol,
        // the sign is the side of the position
        size: event.side === "long" ? size : -size,
        order_size: event.side === "long" ? -size : size,
        order_price: decimal(event.bankruptcyPrice, one.contract.pricePlaces),
        fill_price: decimal(event.fillPrice, one.contract.pricePlaces),
        left: 0,
      };
    }),
  );
  return jsonReply(rows.sort((a, b) => b.time - a.time).slice(0, limitOf(request, 100, 1_000)));
}

// our own ladder: each tier doubles the notional and lowers the leverage by a quarter
const TIER_COUNT = 12;
const FIRST_TIER_USDT = 500_000;

export function riskLimitTiers(request: WireRequest, context: WireContext): WireReply {
  const market = marketOf(request, context);
  if (isReply(market)) return market;
  const { maxLeverage, venueSymbol } = market.contract;
  let floor = 0;
  let rateBelow = 0;
  let deduction = 0;
  return jsonReply(
    Array.from({ length: TIER_COUNT }, (_, i) => {
      const leverage = Math.max(1, roundTo(maxLeverage * 0.75 ** i, 2));
      const rate = roundTo(0.5 / leverage, 6);
      if (i > 0) deduction += floor * (rate - rateBelow);
      floor = FIRST_TIER_USDT * 2 ** i;
      rateBelow = rate;
      return {
        maintenance_rate: decimal(rate),
        tier: i + 1,
        initial_rate: decimal(roundTo(1 / leverage, 6)),
        leverage_max: decimal(leverage),
        risk_limit: decimal(floor),
        contract: venueSymbol,
        deduction: decimal(roundTo(deduction, 4)),
      };
    }),
  );
}
