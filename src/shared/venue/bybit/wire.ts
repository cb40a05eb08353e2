// Shapes on the wire of Bybit v5, categories linear (sizes in coins) and inverse (sizes in USD, amounts called value,
// turnover or risk limit in coins). Inapplicable fields are "".
import * as z from "zod/mini";
import {
  amountUsd,
  amountUsdOrNull,
  hoursOrNull,
  leverage,
  leverageOrNull,
  marginRate,
  numberOrNullField,
  positiveSize,
  positiveSizeOrNull,
  price,
  priceOrNull,
  rate,
  size,
  text,
  timeMs,
  timeMsOrNull,
} from "../field.ts";
import { RATE } from "../num.ts";

/**
 * `{"retCode":0,"retMsg":"OK","result":{"category":"linear","list":[]},"time":1790000000000}`; errors too come as HTTP 200.
 * https://bybit-exchange.github.io/docs/v5/guide
 */
export const Envelope = z.looseObject({
  retCode: z.number(),
  retMsg: z.optional(z.unknown()),
  result: z.unknown(),
  time: z.optional(z.unknown()),
});
export const Result = z.looseObject({ category: z.optional(z.string()), symbol: z.optional(z.string()) });

/**
 * `{"symbol":"BTCUSDT","openInterest":"52000.4","openInterestValue":"3957000000","singleOpenInterest":"26000.2","singleOpenInterestValue":"1978500000"}`
 * `openInterest` counts both sides of each contract, `singleOpenInterest` (since 2026) one.
 * https://bybit-exchange.github.io/docs/v5/market/tickers
 */
export const TickerOpenInterest = z.looseObject({
  openInterest: positiveSizeOrNull,
  openInterestValue: amountUsdOrNull,
  singleOpenInterest: positiveSizeOrNull,
  singleOpenInterestValue: amountUsdOrNull,
});
/** The same row's `"markPrice":"76100.5","indexPrice":"76110.2"`. */
export const TickerPrices = z.looseObject({ markPrice: price, indexPrice: priceOrNull });
/** The same row's `"fundingRate":"0.0001","nextFundingTime":"1790006400000","fundingIntervalHour":"8"`. */
export const TickerFunding = z.looseObject({
  fundingRate: rate,
  nextFundingTime: timeMs,
  fundingIntervalHour: hoursOrNull,
});

/**
 * `{"topic":"tickers.BTCUSDT","type":"delta","data":{"symbol":"BTCUSDT","markPrice":"76100.5"},"ts":1790000001000}`
 * A snapshot's data is a whole ticker, a delta's the changed fields.
 * https://bybit-exchange.github.io/docs/v5/websocket/public/ticker
 */
export const TickerMessage = z.looseObject({ type: z.enum(["snapshot", "delta"]), ts: timeMs });
export const TickerDelta = z.looseObject({
  openInterest: positiveSizeOrNull,
  openInterestValue: amountUsdOrNull,
  singleOpenInterest: positiveSizeOrNull,
  singleOpenInterestValue: amountUsdOrNull,
  markPrice: priceOrNull,
  indexPrice: priceOrNull,
  fundingRate: numberOrNullField(RATE),
  nextFundingTime: timeMsOrNull,
  fundingIntervalHour: hoursOrNull,
});

/**
 * `{"openInterest":"52000.4","singleOpenInterest":"26000.2","timestamp":"1790000100000"}`, sides as in tickers.
 * https://bybit-exchange.github.io/docs/v5/market/open-interest
 */
export const OpenInterestHistoryRow = z.looseObject({
  openInterest: positiveSizeOrNull,
  singleOpenInterest: positiveSizeOrNull,
  timestamp: timeMs,
});

/**
 * `["1790000040000","76100.1","76120","76090.5","76111","41.25","3139400.2"]`, newest first, volume in contract units.
 * https://bybit-exchange.github.io/docs/v5/market/kline
 */
export const KlineRow = z.tuple([timeMs, price, price, price, price, size], z.unknown());
/** The same row where the volume is USD: the turnover after it is coins. */
export const InverseKlineRow = z.tuple([timeMs, price, price, price, price, z.unknown(), size], z.unknown());

/**
 * `{"symbol":"BTCUSDT","fundingRate":"0.0001","fundingRateTimestamp":"1789977600000"}`
 * https://bybit-exchange.github.io/docs/v5/market/history-fund-rate
 */
export const FundingHistoryRow = z.looseObject({ fundingRate: rate, fundingRateTimestamp: timeMs });

/**
 * `{"s":"BTCUSDT","b":[["76100.0","1.5"]],"a":[["76100.1","2"]],"ts":1790000001000}`
 * https://bybit-exchange.github.io/docs/v5/market/orderbook
 */
export const OrderBook = z.looseObject({ s: text, b: z.unknown(), a: z.unknown(), ts: timeMs });

const TakerSide = z.enum(["Buy", "Sell"]);

/**
 * `{"symbol":"BTCUSDT","price":"76100.1","size":"0.01","side":"Buy","time":"1790000001000","isBlockTrade":false}`; side of the taker.
 * https://bybit-exchange.github.io/docs/v5/market/recent-trade
 */
export const TradeRow = z.looseObject({
  price,
  size: positiveSize,
  side: TakerSide,
  time: timeMs,
  isBlockTrade: z.optional(z.boolean()),
});

/**
 * `{"T":1790000001000,"s":"BTCUSDT","S":"Buy","v":"0.01","p":"76100.1","BT":false}`
 * https://bybit-exchange.github.io/docs/v5/websocket/public/trade
 */
export const TradeEvent = z.looseObject({
  T: timeMs,
  S: TakerSide,
  v: positiveSize,
  p: price,
  BT: z.optional(z.boolean()),
});

/**
 * `{"topic":"allLiquidation.BTCUSDT","ts":1790000001100,"data":[{"T":1790000001000,"s":"BTCUSDT","S":"Buy","v":"0.3","p":"75400"}]}`
 * `S` is the side of the position: `Buy` is a liquidated long. `p` is its bankruptcy price.
 * https://bybit-exchange.github.io/docs/v5/websocket/public/all-liquidation
 */
export const Liquidation = z.looseObject({ T: timeMs, S: TakerSide, v: positiveSize, p: price });

/**
 * `{"topic":"liquidation.BTCUSDT","data":{"symbol":"BTCUSDT","side":"Sell","size":"0.3","price":"75400","updatedTime":1690000001000}}`
 * Retired in 2025. Here `side` is that of the order: `Sell` is a liquidated long.
 * https://bybit-exchange.github.io/docs/v5/websocket/public/liquidation
 */
export const RetiredLiquidation = z.looseObject({ updatedTime: timeMs, side: TakerSide, size: positiveSize, price });

/**
 * `{"symbol":"BTCUSDT","contractType":"LinearPerpetual","status":"Trading","baseCoin":"BTC","quoteCoin":"USDT","settleCoin":"USDT","leverageFilter":{"maxLeverage":"100.00"},"fundingInterval":480}`
 * https://bybit-exchange.github.io/docs/v5/market/instrument
 */
export const InstrumentRow = z.looseObject({
  symbol: text,
  contractType: z.string(),
  status: z.string(),
  baseCoin: text,
  quoteCoin: z.string(),
  settleCoin: z.string(),
  leverageFilter: z.optional(z.looseObject({ maxLeverage: leverageOrNull })),
  /** Minutes; 0 for dated contracts, which have none. */
  fundingInterval: numberOrNullField({ min: 0, max: 1_440 }),
});

/**
 * `{"symbol":"BTCUSDT","riskLimitValue":"2000000","maintenanceMargin":"0.005","maxLeverage":"100.00","mmDeduction":"510"}`, USD.
 * https://bybit-exchange.github.io/docs/v5/market/risk-limit
 */
export const RiskLimitRow = z.looseObject({
  symbol: text,
  riskLimitValue: amountUsd,
  maintenanceMargin: marginRate,
  maxLeverage: leverage,
  mmDeduction: amountUsdOrNull,
});
