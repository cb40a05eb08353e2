// Order book, trades, contracts and risk limits.
import { MINUTE_MS } from "../../shared/time/clock.ts";
import { decimal } from "../decimal.ts";
import type { Market } from "../market/market.ts";
import { orderBookAt } from "../market/order-book.ts";
import { tradesAt } from "../market/trades.ts";
import type { WireContext, WireReply, WireRequest } from "../server/wire.ts";
import { isReply, limitOf, marketOf, marketsOf, success } from "./envelope.ts";

export function orderbook(request: WireRequest, context: WireContext): WireReply {
  const market = marketOf(request, context);
  if (isReply(market)) return market;
  const book = orderBookAt(market, context.now, limitOf(request, 25, 1000));
  const { pricePlaces, sizePlaces } = market.contract;
  const rows = (side: [number, number][]) =>
    side.map(([price, size]) => [decimal(price, pricePlaces), decimal(size, sizePlaces)]);
  const update = Math.floor(context.now / 100);
  return success(
    {
      s: market.contract.venueSymbol,
      b: rows(book.bids),
      a: rows(book.asks),
      ts: context.stampMs,
      u: update,
      seq: update,
      cts: context.stampMs,
    },
    context,
  );
}

export function recentTrade(request: WireRequest, context: WireContext): WireReply {
  const market = marketOf(request, context);
  if (isReply(market)) return market;
  const list = tradesAt(market, context.now, limitOf(request, 500, 1000)).map((trade) => ({
    execId: `00000000-0000-4000-8000-${String(trade.id).padStart(12, "0")}`,
    symbol: market.contract.venueSymbol,
    price: decimal(trade.price, market.contract.pricePlaces),
    size: decimal(trade.sizeBase, market.contract.sizePlaces),
    side: trade.takerSide === "buy" ? "Buy" : "Sell",
    time: String(trade.time),
    isBlockTrade: false,
    isRPITrade: false,
    seq: String(trade.id),
  }));
  return success({ category: "linear", list }, context);
}

export function instrumentsInfo(request: WireRequest, context: WireContext): WireReply {
  const markets = marketsOf(request, context);
  if (isReply(markets)) return markets;
  return success({ category: "linear", list: markets.map(instrumentRow), nextPageCursor: "" }, context);
}

function instrumentRow(market: Market, index: number): object {
  const { contract } = market;
  return {
    symbol: contract.venueSymbol,
    symbolId: index + 1,
    contractType: "LinearPerpetual",
    status: "Trading",
    baseCoin: contract.symbol,
    quoteCoin: "USDT",
    launchTime: "1585526400000",
    deliveryTime: "0",
    deliveryFeeRate: "",
    priceScale: String(contract.pricePlaces),
    leverageFilter: { minLeverage: "1", maxLeverage: contract.maxLeverage.toFixed(2), leverageStep: "0.01" },
    priceFilter: {
      minPrice: decimal(contract.priceStep),
      maxPrice: "1999999.80",
      tickSize: decimal(contract.priceStep),
    },
    lotSizeFilter: {
      maxOrderQty: "1000000",
      minOrderQty: decimal(contract.sizeStep),
      qtyStep: decimal(contract.sizeStep),
      minNotionalValue: "5",
    },
    unifiedMarginTrade: true,
    fundingInterval: contract.fundingIntervalMs / MINUTE_MS,
    settleCoin: "USDT",
    copyTrading: "both",
    upperFundingRate: "0.00375",
    lowerFundingRate: "-0.00375",
    isPreListing: false,
    preListingInfo: null,
    riskParameters: { priceLimitRatioX: "0.01", priceLimitRatioY: "0.02" },
    symbolType: "",
  };
}

// our own ladder: notional up to which a maximum leverage holds, as a share of the contract's maximum
const RISK_STEPS: readonly [capUsd: number, leverageShare: number][] = [
  [2_000_000, 1],
  [10_000_000, 0.5],
  [40_000_000, 0.25],
  [120_000_000, 0.1],
  [300_000_000, 0.05],
];

/** Rows arrive unordered, as the real ones do. */
export function riskLimit(request: WireRequest, context: WireContext): WireReply {
  const markets = marketsOf(request, context);
  if (isReply(markets)) return markets;
  const list = markets.flatMap((market) => riskRows(market).reverse());
  return success({ category: "linear", list, nextPageCursor: "" }, context);
}

function riskRows(market: Market): object[] {
  let deduction = 0;
  let floor = 0;
  let rateBefore = 0;
  return RISK_STEPS.map(([capUsd, share], index) => {
    const maxLeverage = market.contract.maxLeverage * share;
    const rate = Number((0.5 / maxLeverage).toFixed(6));
    // at the border of two tiers both must ask for the same margin
    deduction += floor * (rate - rateBefore);
    floor = capUsd;
    rateBefore = rate;
    return {
      id: index + 1,
      symbol: market.contract.venueSymbol,
      riskLimitValue: String(capUsd),
      maintenanceMargin: decimal(rate),
      initialMargin: decimal(Number((1 / maxLeverage).toFixed(6))),
      isLowestRisk: index === 0 ? 1 : 0,
      maxLeverage: maxLeverage.toFixed(2),
      mmDeduction: index === 0 ? "" : decimal(Number(deduction.toFixed(2))),
    };
  });
}
