// Mark and index prices, the running funding rate and its history.
import { DAY_MS } from "../../shared/time/clock.ts";
import { decimal, roundTo } from "../decimal.ts";
import { fundingBetween } from "../market/event-view.ts";
import type { Market } from "../market/market.ts";
import { candleAt, marketNow, quoteAt } from "../market/view.ts";
import type { WireContext, WireReply, WireRequest } from "../server/wire.ts";
import { failure, familyOf, isReply, limitOf, marketOf, marketsOf, success, timeOf } from "./envelope.ts";

export function markPrice(request: WireRequest, context: WireContext): WireReply {
  const markets = marketsOf(request, context);
  if (isReply(markets)) return markets;
  return success(
    markets.flatMap((market) => {
      const quote = quoteAt(market, context.now);
      if (quote === null) return [];
      const markPx = decimal(quote.markPrice, market.contract.pricePlaces);
      return [{ instType: "SWAP", instId: market.contract.venueSymbol, markPx, ts: stamp(market, context) }];
    }),
  );
}

/** Keyed by the index, `BTC-USDT`, not by the contract. */
export function indexTickers(request: WireRequest, context: WireContext): WireReply {
  const quoteCurrency = request.query.get("quoteCcy");
  const instId = request.query.get("instId");
  if (quoteCurrency === null && instId === null) {
    return failure("50015", "Either parameter quoteCcy or instId is required", 400);
  }
  const markets = context.markets.filter((market) => {
    const index = familyOf(market);
    return instId === null ? index.endsWith(`-${quoteCurrency}`) : index === instId;
  });
  return success(
    markets.flatMap((market) => {
      const quote = quoteAt(market, context.now);
      if (quote === null) return [];
      const price = (value: number) => decimal(value, market.contract.pricePlaces);
      const day = candleAt(market, context.now - DAY_MS, DAY_MS, context.now, "mark");
      const open = price(day?.open ?? quote.indexPrice);
      return [
        {
          instId: familyOf(market),
          idxPx: price(quote.indexPrice),
          high24h: price(day?.high ?? quote.indexPrice),
          sodUtc0: open,
          open24h: open,
          low24h: price(day?.low ?? quote.indexPrice),
          sodUtc8: open,
          ts: stamp(market, context),
        },
      ];
    }),
  );
}

export function fundingRate(request: WireRequest, context: WireContext): WireReply {
  const all = request.query.get("instId") === "ANY";
  const named = all ? context.markets : marketOf(request, context);
  if (isReply(named)) return named;
  const markets = Array.isArray(named) ? (named as readonly Market[]) : [named as Market];
  return success(
    markets.flatMap((market) => {
      const quote = quoteAt(market, context.now);
      if (quote === null || quote.fundingRate === null) return [];
      const interval = market.contract.fundingIntervalMs;
      const settled = fundingBetween(market, 0, context.now, context.now).at(-1);
      return [
        {
          formulaType: "withRate",
          fundingRate: decimal(roundTo(quote.fundingRate, 16)),
          fundingTime: String(quote.nextFundingTime),
          instId: market.contract.venueSymbol,
          instType: "SWAP",
          method: "current_period",
          maxFundingRate: "0.00375",
          minFundingRate: "-0.00375",
          nextFundingRate: "",
          nextFundingTime: String(quote.nextFundingTime + interval),
          premium: decimal(roundTo(quote.markPrice / quote.indexPrice - 1, 16)),
          prevFundingTime: String(quote.nextFundingTime - interval),
          settFundingRate: settled === undefined ? "" : decimal(roundTo(settled.fundingRate, 16)),
          settState: "settled",
          ts: stamp(market, context),
        },
      ];
    }),
  );
}

export function fundingRateHistory(request: WireRequest, context: WireContext): WireReply {
  const market = marketOf(request, context);
  if (isReply(market)) return market;
  const after = timeOf(request, "after") ?? Number.MAX_SAFE_INTEGER;
  const before = timeOf(request, "before") ?? -1;
  // the exchange keeps about three months
  const oldest = Math.max(before, context.now - 92 * DAY_MS);
  const charges = fundingBetween(market, oldest, after - 1, context.now);
  return success(
    charges
      .slice(-limitOf(request, 100, 100))
      .reverse()
      .map((charge) => ({
        instType: "SWAP",
        instId: market.contract.venueSymbol,
        fundingRate: decimal(roundTo(charge.fundingRate, 10)),
        realizedRate: decimal(roundTo(charge.fundingRate, 10)),
        fundingTime: String(charge.time),
        formulaType: "withRate",
        method: "current_period",
      })),
  );
}

function stamp(market: Market, context: WireContext): string {
  const time = marketNow(market, context.now);
  return String(time === context.now ? context.stampMs : time);
}
