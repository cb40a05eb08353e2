// Order book, contracts and position tiers.
import { decimal, roundTo } from "../decimal.ts";
import type { Market } from "../market/market.ts";
import { orderBookAt } from "../market/order-book.ts";
import { integerParameter, type WireContext, type WireReply, type WireRequest } from "../server/wire.ts";
import { failure, familyOf, isReply, marketOf, marketsOf, success } from "./envelope.ts";

/** Rows `[price, contracts, "0", orders]`. */
export function books(request: WireRequest, context: WireContext): WireReply {
  const market = marketOf(request, context);
  if (isReply(market)) return market;
  const wanted = integerParameter(request.query, "sz", 1) ?? 1;
  const book = orderBookAt(market, context.now, Math.min(400, Math.max(1, wanted)));
  const { pricePlaces, contractValue } = market.contract;
  const rows = (side: [number, number][]) =>
    side.map(([price, size]) => [
      decimal(price, pricePlaces),
      decimal(roundTo(size / contractValue, 4)),
      "0",
      String(1 + (Math.floor(price * 7) % 9)),
    ]);
  return success([
    { asks: rows(book.asks), bids: rows(book.bids), ts: String(context.stampMs), seqId: Math.floor(context.now / 100) },
  ]);
}

export function instruments(request: WireRequest, context: WireContext): WireReply {
  const markets = marketsOf(request, context);
  if (isReply(markets)) return markets;
  return success(markets.map(instrumentRow));
}

function instrumentRow(market: Market, index: number): object {
  const { contract } = market;
  return {
    alias: "",
    auctionEndTime: "",
    baseCcy: "",
    category: "1",
    contTdSwTime: "",
    ctMult: "1",
    ctType: "linear",
    ctVal: decimal(contract.contractValue),
    ctValCcy: contract.symbol,
    expTime: "",
    futureSettlement: false,
    instFamily: familyOf(market),
    instId: contract.venueSymbol,
    instIdCode: 10_000 + index,
    instType: "SWAP",
    lever: String(contract.maxLeverage),
    listTime: "1573557408000",
    lotSz: "0.01",
    maxLmtAmt: "20000000",
    maxLmtSz: "100000000",
    maxMktAmt: "",
    maxMktSz: "12000",
    minSz: "0.01",
    openType: "",
    optType: "",
    quoteCcy: "",
    ruleType: "normal",
    settleCcy: "USDT",
    state: "live",
    stk: "",
    tickSz: decimal(contract.priceStep),
    tradeQuoteCcyList: [],
    uly: familyOf(market),
  };
}

// our own ladder: each tier doubles the contracts and lowers the leverage by a quarter
const TIER_COUNT = 12;
const FIRST_TIER_USD = 1_000_000;

export function positionTiers(request: WireRequest, context: WireContext): WireReply {
  if (request.query.get("tdMode") === null) return failure("50014", "Parameter tdMode can not be empty", 400);
  if (request.query.get("instFamily") === null && request.query.get("uly") === null) {
    return failure("50015", "Either parameter uly or instFamily is required", 400);
  }
  const markets = marketsOf(request, context);
  if (isReply(markets)) return markets;
  return success(markets.flatMap((market) => tierRows(market)));
}

function tierRows(market: Market): object[] {
  const { contract } = market;
  const step =
    10 ** Math.max(0, Math.round(Math.log10(FIRST_TIER_USD / (contract.referencePrice * contract.contractValue))));
  const rows: object[] = [];
  let floor = 0;
  for (let tier = 1; tier <= TIER_COUNT; tier++) {
    const cap = step * 2 ** (tier - 1);
    const maxLever = Math.max(1, roundTo(contract.maxLeverage * 0.75 ** (tier - 1), 2));
    rows.push({
      baseMaxLoan: "",
      imr: decimal(roundTo(1 / maxLever, 6)),
      instFamily: familyOf(market),
      instId: "",
      maxLever: decimal(maxLever),
      maxSz: decimal(cap),
      minSz: decimal(floor),
      mmr: decimal(roundTo(0.4 / maxLever, 6)),
      optMgnFactor: "0",
      quoteMaxLoan: "",
      tier: String(tier),
      uly: familyOf(market),
    });
    floor = cap + 1;
  }
  return rows;
}
