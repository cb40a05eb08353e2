// GET /v4/perpetualMarkets, and the same for the stream: the state of every market under its ticker.
import { DAY_MS } from "../../shared/time/clock.ts";
import { decimal, roundTo } from "../decimal.ts";
import type { Market } from "../market/market.ts";
import { openInterestAt } from "../market/open-interest-view.ts";
import { candleAt, quoteAt } from "../market/view.ts";
import type { WireContext } from "../server/wire.ts";

const MAINTENANCE_SHARE = 0.6;
/** Leverage on the two deepest markets and elsewhere. */
const DEEP = ["BTC", "ETH"];
const DEEP_LEVERAGE = 50;
const LEVERAGE = 20;

export function perpetualMarkets(context: Pick<WireContext, "markets" | "now">): object {
  return {
    markets: Object.fromEntries(
      context.markets.map((market, i) => [market.contract.venueSymbol, row(market, i, context.now)]),
    ),
  };
}

function row(market: Market, index: number, now: number): object {
  const { contract } = market;
  const quote = quoteAt(market, now);
  const found = openInterestAt(market, now);
  const day = candleAt(market, now - DAY_MS, DAY_MS, now);
  const initial = 1 / (DEEP.includes(market.symbol) ? DEEP_LEVERAGE : LEVERAGE);
  const openInterest = found === null ? "0" : decimal(found.openInterestBase);
  return {
    clobPairId: String(index),
    ticker: contract.venueSymbol,
    status: "ACTIVE",
    oraclePrice: oracleText(market, quote?.indexPrice ?? contract.referencePrice),
    priceChange24H: decimal(roundTo((quote?.lastPrice ?? 0) - (day?.open ?? 0), 5)),
    volume24H: decimal(roundTo(day?.turnover ?? 0, 4)),
    trades24H: Math.ceil((day?.turnover ?? 0) / 4_000),
    nextFundingRate: decimal(roundTo(quote?.fundingRate ?? 0, 14)),
    initialMarginFraction: decimal(roundTo(initial, 6)),
    maintenanceMarginFraction: decimal(roundTo(initial * MAINTENANCE_SHARE, 6)),
    openInterest,
    tickSize: decimal(contract.priceStep),
    stepSize: decimal(contract.sizeStep),
    marketType: "CROSS",
    openInterestLowerCap: "0",
    openInterestUpperCap: "0",
    baseOpenInterest: openInterest,
    defaultFundingRate1H: "0",
  };
}

/** Oracle prices are finer than the market's own steps. */
export function oracleText(market: Market, price: number): string {
  return decimal(roundTo(price, market.contract.pricePlaces + 4));
}
