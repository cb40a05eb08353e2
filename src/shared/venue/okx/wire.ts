// Shapes on the wire of OKX v5, swaps. Sizes are contracts unless a field says otherwise; "" stands for "none".
import * as z from "zod/mini";
import {
  amountUsdOrNull,
  leverage,
  leverageOrNull,
  marginRate,
  positiveSize,
  positiveSizeOrNull,
  positiveUsd,
  price,
  rate,
  size,
  text,
  timeMs,
  timeMsOrNull,
} from "../field.ts";

/**
 * `{"code":"0","msg":"","data":[]}`; a page that does not exist has a numeric code and an object as data.
 * https://www.okx.com/docs-v5/en/#overview-rest-authentication
 */
export const Envelope = z.looseObject({ code: z.unknown(), msg: z.optional(z.unknown()), data: z.unknown() });

/**
 * `{"instType":"SWAP","instId":"BTC-USDT-SWAP","oi":"3100000.5","oiCcy":"31000.005","oiUsd":"2356000000","ts":"1790000001000"}`
 * Contracts, coins and USD of one side; contracts can be fractional.
 * https://www.okx.com/docs-v5/en/#public-data-rest-api-get-open-interest
 */
export const OpenInterestRow = z.looseObject({
  oi: positiveSize,
  oiCcy: positiveSizeOrNull,
  oiUsd: amountUsdOrNull,
  ts: timeMs,
});

/**
 * `["1790000100000","3100000.5","31000.005","2356000000"]`: time, contracts, coins, USD; newest first.
 * https://www.okx.com/docs-v5/en/#trading-statistics-rest-api-get-contract-open-interest-history
 */
export const OpenInterestHistoryRow = z.tuple([timeMs, positiveSize, positiveSizeOrNull, amountUsdOrNull], z.unknown());

/**
 * `["1790000100000","2356000000","39800000"]`: time, USD of all contracts of a coin, their volume in USD.
 * https://www.okx.com/docs-v5/en/#trading-statistics-rest-api-get-contracts-open-interest-and-volume
 */
export const OpenInterestOfCoinRow = z.tuple([timeMs, positiveUsd], z.unknown());

/**
 * `["1790000040000","76100.1","76120","76090.5","76111","4125","41.25","3139400.2","1"]`: volume in contracts, coins
 * and quote; the last field is "0" while the bar runs. Newest first.
 * https://www.okx.com/docs-v5/en/#order-book-trading-market-data-get-candlesticks
 */
export const KlineRow = z.tuple(
  [timeMs, price, price, price, price, z.unknown(), size, z.unknown(), z.enum(["0", "1"])],
  z.unknown(),
);

/**
 * `{"instType":"SWAP","instId":"BTC-USDT-SWAP","markPx":"76100.5","ts":"1790000001000"}`
 * https://www.okx.com/docs-v5/en/#public-data-rest-api-get-mark-price
 */
export const MarkPriceRow = z.looseObject({ markPx: price, ts: timeMs });

/**
 * `{"instId":"BTC-USDT","idxPx":"76110.2","ts":"1790000001000"}`, keyed by pair.
 * https://www.okx.com/docs-v5/en/#public-data-rest-api-get-index-tickers
 */
export const IndexTickerRow = z.looseObject({ instId: text, idxPx: price, ts: timeMs });

/**
 * `{"instId":"BTC-USDT-SWAP","fundingRate":"0.0001","fundingTime":"1790006400000","nextFundingTime":"1790035200000","ts":"1790000001000"}`
 * `fundingRate` is charged at `fundingTime`; `nextFundingTime` is the charge after it.
 * https://www.okx.com/docs-v5/en/#public-data-rest-api-get-funding-rate
 */
export const FundingRateRow = z.looseObject({
  fundingRate: rate,
  fundingTime: timeMs,
  nextFundingTime: timeMsOrNull,
  prevFundingTime: timeMsOrNull,
  ts: timeMsOrNull,
});

/**
 * `{"instId":"BTC-USDT-SWAP","fundingRate":"0.00012","realizedRate":"0.0001","fundingTime":"1789977600000"}`
 * What was charged is `realizedRate`; `fundingRate` was the forecast before it.
 * https://www.okx.com/docs-v5/en/#public-data-rest-api-get-funding-rate-history
 */
export const FundingHistoryRow = z.looseObject({
  fundingRate: rate,
  realizedRate: z.optional(z.unknown()),
  fundingTime: timeMs,
});

/**
 * `{"asks":[["76100.1","12","0","3"]],"bids":[["76100","9","0","1"]],"ts":"1790000001000"}`, sizes in contracts.
 * https://www.okx.com/docs-v5/en/#order-book-trading-market-data-get-order-book
 */
export const OrderBook = z.looseObject({ asks: z.unknown(), bids: z.unknown(), ts: timeMs });

/**
 * `["1790000100000","200","380"]`: time, taker sells, taker buys, in coins with `unit=0`.
 * https://www.okx.com/docs-v5/en/#trading-statistics-rest-api-get-contract-taker-volume
 */
export const TakerVolumeRow = z.tuple([timeMs, size, size], z.unknown());

/**
 * `{"instId":"BTC-USDT-SWAP","details":[{"side":"sell","posSide":"long","bkPx":"75400","sz":"13","ts":"1790000001000"}]}`
 * `posSide` is the position in hedge mode; with `net` the order's `side` tells. `bkPx` is the bankruptcy price.
 * https://www.okx.com/docs-v5/en/#public-data-websocket-liquidation-orders-channel
 */
export const LiquidationRow = z.looseObject({ details: z.array(z.unknown()) });
export const LiquidationDetail = z.looseObject({
  side: z.enum(["buy", "sell"]),
  posSide: z.enum(["long", "short", "net"]),
  bkPx: price,
  sz: positiveSize,
  ts: timeMs,
});

/**
 * `{"instId":"BTC-USDT-SWAP","ctType":"linear","ctVal":"0.01","ctMult":"1","ctValCcy":"BTC","settleCcy":"USDT","lever":"100","state":"live","ruleType":"normal"}`
 * https://www.okx.com/docs-v5/en/#public-data-rest-api-get-instruments
 */
export const InstrumentRow = z.looseObject({ instId: text, ctType: z.string(), settleCcy: text });
export const SwapRow = z.looseObject({
  instId: text,
  ctVal: positiveSize,
  ctMult: positiveSize,
  ctValCcy: text,
  lever: leverageOrNull,
  state: z.string(),
  /** Absent in older answers; `pre_market` contracts are not tradable like others. */
  ruleType: z.optional(z.string()),
});

/**
 * `{"instFamily":"BTC-USDT","instId":"","tier":"1","minSz":"0","maxSz":"1000","mmr":"0.004","maxLever":"100","baseMaxLoan":""}`, contracts.
 * https://www.okx.com/docs-v5/en/#public-data-rest-api-get-position-tiers
 */
export const TierRow = z.looseObject({
  uly: z.optional(z.string()),
  instFamily: z.optional(z.string()),
  /** Filled in rows of margin trading, which are no swaps. */
  baseMaxLoan: z.optional(z.string()),
  minSz: size,
  maxSz: positiveSize,
  mmr: marginRate,
  maxLever: leverage,
});
