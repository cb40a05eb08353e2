// Order book and the list of contracts.
import { decimal } from "../decimal.ts";
import type { Market } from "../market/market.ts";
import { orderBookAt } from "../market/order-book.ts";
import { integerParameter, jsonReply, type WireContext, type WireReply, type WireRequest } from "../server/wire.ts";
import { invalidParameter } from "./errors.ts";
import { isReply, marketOf } from "./parameters.ts";

const DEPTH_LIMITS = [5, 10, 20, 50, 100, 500, 1000];

/** GET /fapi/v1/depth. */
export function depth(request: WireRequest, context: WireContext): WireReply {
  const market = marketOf(request, context);
  if (isReply(market)) return market;
  const limit = integerParameter(request.query, "limit", 500);
  if (limit === null || !DEPTH_LIMITS.includes(limit)) return invalidParameter("limit");
  const book = orderBookAt(market, context.now, limit);
  const { pricePlaces, sizePlaces } = market.contract;
  const rows = (side: [number, number][]) =>
    side.map(([price, size]) => [decimal(price, pricePlaces), decimal(size, sizePlaces)]);
  return jsonReply({
    lastUpdateId: Math.floor(context.now / 100),
    E: context.stampMs,
    T: context.stampMs,
    bids: rows(book.bids),
    asks: rows(book.asks),
  });
}

/** GET /fapi/v1/exchangeInfo. */
export function exchangeInfo(_request: WireRequest, context: WireContext): WireReply {
  return jsonReply({
    timezone: "UTC",
    serverTime: context.stampMs,
    futuresType: "U_MARGINED",
    rateLimits: [{ rateLimitType: "REQUEST_WEIGHT", interval: "MINUTE", intervalNum: 1, limit: 2400 }],
    exchangeFilters: [],
    assets: [],
    symbols: context.markets.map(symbolRow),
  });
}

function symbolRow(market: Market): object {
  const { contract } = market;
  return {
    symbol: contract.venueSymbol,
    pair: contract.venueSymbol,
    contractType: "PERPETUAL",
    deliveryDate: 4133404800000,
    onboardDate: 1569398400000,
    status: "TRADING",
    maintMarginPercent: "2.5000",
    requiredMarginPercent: "5.0000",
    baseAsset: contract.symbol,
    quoteAsset: "USDT",
    marginAsset: "USDT",
    pricePrecision: contract.pricePlaces,
    quantityPrecision: contract.sizePlaces,
    baseAssetPrecision: 8,
    quotePrecision: 8,
    underlyingType: "COIN",
    underlyingSubType: [],
    settlePlan: 0,
    triggerProtect: "0.0500",
    liquidationFee: "0.012500",
    marketTakeBound: "0.05",
    filters: [
      {
        filterType: "PRICE_FILTER",
        minPrice: decimal(contract.priceStep),
        maxPrice: "1000000",
        tickSize: decimal(contract.priceStep),
      },
      {
        filterType: "LOT_SIZE",
        minQty: decimal(contract.sizeStep),
        maxQty: "1000000",
        stepSize: decimal(contract.sizeStep),
      },
      { filterType: "MIN_NOTIONAL", notional: "5" },
    ],
    orderTypes: ["LIMIT", "MARKET", "STOP", "STOP_MARKET", "TAKE_PROFIT", "TAKE_PROFIT_MARKET"],
    timeInForce: ["GTC", "IOC", "FOK", "GTD"],
  };
}
