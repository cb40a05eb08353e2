// Order book, contracts (v3) and position tiers (v2).
import { HOUR_MS } from "../../shared/time/clock.ts";
import { decimal, roundTo } from "../decimal.ts";
import type { Market } from "../market/market.ts";
import { orderBookAt } from "../market/order-book.ts";
import type { WireContext, WireReply, WireRequest } from "../server/wire.ts";
import { isReply, marketOf, stamp, success } from "./envelope.ts";

const LEVELS = 400;

/** Cells are numbers here, as in the exchange's own example. */
export function mergeDepth(request: WireRequest, context: WireContext): WireReply {
  const market = marketOf(request, context);
  if (isReply(market)) return market;
  const { asks, bids } = orderBookAt(market, context.now, LEVELS);
  const scale = decimal(market.contract.priceStep);
  const ts = stamp(market, context);
  return success({ asks, bids, ts, scale, precision: "scale0", isMaxPrecision: "NO" }, context);
}

export function instruments(_request: WireRequest, context: WireContext): WireReply {
  return success(context.markets.map(instrumentRow), context);
}

function instrumentRow({ contract }: Market): object {
  return {
    symbol: contract.venueSymbol,
    category: "USDT-FUTURES",
    baseCoin: contract.symbol,
    quoteCoin: "USDT",
    isRwa: "NO",
    makerFeeRate: "0.0002",
    takerFeeRate: "0.0006",
    minOrderQty: decimal(contract.sizeStep),
    pricePrecision: String(contract.pricePlaces),
    quantityPrecision: String(contract.sizePlaces),
    priceMultiplier: decimal(contract.priceStep),
    quantityMultiplier: decimal(contract.sizeStep),
    type: "perpetual",
    minOrderAmount: "5",
    status: "online",
    offTime: "-1",
    limitOpenTime: "-1",
    deliveryTime: "",
    launchTime: "0",
    fundInterval: String(contract.fundingIntervalMs / HOUR_MS),
    minLeverage: "1",
    maxLeverage: String(contract.maxLeverage),
    symbolType: "crypto",
  };
}

// our own ladder: each tier triples the notional and lowers the leverage by a quarter
const TIER_COUNT = 9;
const FIRST_TIER_USDT = 150_000;

export function positionLever(request: WireRequest, context: WireContext): WireReply {
  const market = marketOf(request, context);
  if (isReply(market)) return market;
  const { venueSymbol, maxLeverage } = market.contract;
  let startUnit = 0;
  const rows = Array.from({ length: TIER_COUNT }, (_, i) => {
    const endUnit = FIRST_TIER_USDT * 3 ** i;
    const leverage = Math.max(1, Math.floor(maxLeverage * 0.75 ** i));
    const row = {
      symbol: venueSymbol,
      level: String(i + 1),
      startUnit: String(startUnit),
      endUnit: String(endUnit),
      leverage: String(leverage),
      keepMarginRate: decimal(roundTo(0.5 / leverage, 6)),
    };
    startUnit = endUnit;
    return row;
  });
  return success(rows, context);
}
