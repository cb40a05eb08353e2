// GET /public/liquidation-orders, and the rows it shares with the stream. Sizes are contracts, `bkPx` the bankruptcy price.
import { DAY_MS } from "../../shared/time/clock.ts";
import { decimal, roundTo } from "../decimal.ts";
import { liquidationsBetween } from "../market/event-view.ts";
import type { LiquidationEvent, Market } from "../market/market.ts";
import { onePerSecond } from "../server/throttle.ts";
import type { WireContext, WireReply, WireRequest } from "../server/wire.ts";
import { failure, familyOf, isReply, limitOf, marketsOf, success, timeOf } from "./envelope.ts";

export function liquidationOrders(request: WireRequest, context: WireContext): WireReply {
  if (request.query.get("instFamily") === null && request.query.get("uly") === null) {
    return failure("50015", "Either parameter uly or instFamily is required", 400);
  }
  const markets = marketsOf(request, context);
  if (isReply(markets)) return markets;
  if (request.query.get("state") !== "filled") return success([]);
  const after = timeOf(request, "after") ?? Number.MAX_SAFE_INTEGER;
  const before = timeOf(request, "before") ?? -1;
  const limit = limitOf(request, 100, 100);
  return success(
    markets.flatMap((market) => {
      const events = liquidationsBetween(market, Math.max(before, context.now - 7 * DAY_MS), after - 1, context.now);
      const shown = onePerSecond(events).slice(-limit).reverse();
      return shown.length === 0 ? [] : [{ ...liquidationRow(market, shown), totalLoss: "0" }];
    }),
  );
}

/** One row of a contract with its orders. */
export function liquidationRow(market: Market, events: readonly LiquidationEvent[]): object {
  return {
    details: events.map((event) => ({
      bkLoss: "0",
      bkPx: decimal(event.bankruptcyPrice, market.contract.pricePlaces),
      ccy: "",
      posSide: event.side,
      // a long is closed by selling
      side: event.side === "long" ? "sell" : "buy",
      sz: decimal(roundTo(event.sizeBase / market.contract.contractValue, 8)),
      ts: String(event.time),
    })),
    instFamily: familyOf(market),
    instId: market.contract.venueSymbol,
    instType: "SWAP",
    uly: familyOf(market),
  };
}
