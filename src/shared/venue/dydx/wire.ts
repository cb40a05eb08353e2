// Shapes on the wire of the dYdX v4 indexer. Figures are text, times ISO-8601.
import * as z from "zod/mini";
import { marginRate, positiveSize, positiveSizeOrNull, price, rate, size, text } from "../field.ts";
import { isoTime } from "../iso-time.ts";

/**
 * `{"markets":{"BTC-USD":{"ticker":"BTC-USD","status":"ACTIVE","oraclePrice":"76100.5","openInterest":"380.1","nextFundingRate":"0.0000025","initialMarginFraction":"0.02","maintenanceMarginFraction":"0.012"}}}`
 * Keyed by ticker. `openInterest` is the sum of long positions, base coin; `baseOpenInterest` is another count of the same
 * and was twice as high in 2025. https://docs.dydx.exchange/api_integration-indexer/indexer_api
 */
export const Markets = z.looseObject({ markets: z.record(z.string(), z.unknown()) });
export const MarketOpenInterest = z.looseObject({ openInterest: positiveSize });
export const MarketPrice = z.looseObject({ oraclePrice: price });
export const MarketFunding = z.looseObject({ nextFundingRate: rate });
export const MarketListing = z.looseObject({ status: text, initialMarginFraction: marginRate });
export const MarketMargin = z.looseObject({ initialMarginFraction: marginRate, maintenanceMarginFraction: marginRate });

/**
 * `{"type":"channel_data","channel":"v4_markets","contents":{"trading":{"ETH-USD":{"openInterest":"15398.4"}}}}`; a
 * subscription begins with all markets, oracle prices come under `oraclePrices` with their own time.
 */
export const MarketsMessage = z.looseObject({
  contents: z.looseObject({
    markets: z.optional(z.record(z.string(), z.unknown())),
    trading: z.optional(z.record(z.string(), z.unknown())),
    oraclePrices: z.optional(z.record(z.string(), z.unknown())),
  }),
});
export const OraclePrice = z.looseObject({ oraclePrice: price, effectiveAt: isoTime });

/**
 * `{"candles":[{"startedAt":"2025-12-08T16:11:00.000Z","ticker":"BTC-USD","resolution":"1MIN","low":"1","high":"1","open":"1","close":"1","baseTokenVolume":"3.2","startingOpenInterest":"381.7"}]}`
 * Newest first; the open interest is that of the start.
 */
export const Candles = z.looseObject({ candles: z.unknown() });
export const CandleRow = z.looseObject({
  startedAt: isoTime,
  resolution: text,
  open: price,
  high: price,
  low: price,
  close: price,
  baseTokenVolume: size,
});
export const CandleOpenInterest = z.looseObject({ startedAt: isoTime, startingOpenInterest: positiveSizeOrNull });

/** `{"historicalFunding":[{"ticker":"BTC-USD","rate":"0.0000023","price":"89993.8","effectiveAt":"2025-12-08T16:00:00.219Z"}]}`, per hour. */
export const Fundings = z.looseObject({ historicalFunding: z.unknown() });
export const FundingRow = z.looseObject({ rate, effectiveAt: isoTime });

/** `{"bids":[{"price":"89947","size":"0.0002"}],"asks":[{"price":"89958","size":"0.1177"}]}`; no time, no ticker. */
export const OrderBook = z.looseObject({ bids: z.unknown(), asks: z.unknown() });
export const LevelRow = z.looseObject({ price, size });

/**
 * `{"trades":[{"id":"03f8","side":"BUY","size":"0.0001","price":"89942","type":"LIMIT","createdAt":"2025-12-08T16:11:30.590Z"}]}`;
 * `side` is the taker's, and the taker of a LIQUIDATED trade is the position that is closed. A stream message names its
 * ticker as `id` and holds the same under `contents`, or a list of them.
 */
export const Trades = z.looseObject({ trades: z.unknown() });
export const TradesMessage = z.looseObject({ id: text, contents: z.unknown() });
export const TradeRow = z.looseObject({
  id: text,
  side: z.enum(["BUY", "SELL"]),
  size: positiveSize,
  price,
  type: text,
  createdAt: isoTime,
});
