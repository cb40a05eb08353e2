// Shapes on the wire of Binance USD-M futures. Only used fields are named: others come and go between releases.
import * as z from "zod/mini";
import {
  amountUsd,
  amountUsdOrNull,
  capUsd,
  hoursOrNull,
  leverage,
  marginRate,
  positiveSize,
  price,
  priceOrNull,
  rate,
  size,
  text,
  timeMs,
} from "../field.ts";

/**
 * `{"symbol":"BTCUSDT","openInterest":"81234.567","time":1790000000000}`, open interest in contract units.
 * https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Open-Interest
 */
export const OpenInterestRow = z.looseObject({ symbol: text, openInterest: positiveSize, time: timeMs });

/**
 * `{"symbol":"BTCUSDT","sumOpenInterest":"81234.5","sumOpenInterestValue":"6182000000.1","timestamp":1790000100000}`
 * https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Open-Interest-Statistics
 */
export const OpenInterestHistoryRow = z.looseObject({
  symbol: text,
  sumOpenInterest: positiveSize,
  sumOpenInterestValue: amountUsdOrNull,
  timestamp: timeMs,
});

/**
 * `[1790000040000,"76100.1","76120.0","76090.5","76111.0","41.25",1790000099999,"3139400.2",812,"20.5","1560000.1","0"]`
 * https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Kline-Candlestick-Data
 */
export const KlineRow = z.tuple(
  [timeMs, price, price, price, price, size, timeMs, z.unknown(), z.unknown(), size],
  z.unknown(),
);

/**
 * `{"symbol":"BTCUSDT","markPrice":"76100.5","indexPrice":"76110.2","time":1790000001000}`
 * https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Mark-Price
 */
export const MarkPriceRow = z.looseObject({ markPrice: price, indexPrice: priceOrNull, time: timeMs });

/** The same row's `"lastFundingRate":"0.0001","nextFundingTime":1790006400000`: the running estimate of the next charge. */
export const NextFundingRow = z.looseObject({ lastFundingRate: rate, nextFundingTime: timeMs, time: timeMs });

/**
 * `{"symbol":"BTCUSDT","fundingRate":"0.0001","fundingTime":1789977600000}`
 * https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Get-Funding-Rate-History
 */
export const FundingHistoryRow = z.looseObject({ symbol: text, fundingRate: rate, fundingTime: timeMs });

/**
 * `{"symbol":"XRPUSDT","fundingIntervalHours":4}`; symbols at the usual 8 hours are not listed.
 * https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Get-Funding-Rate-Info
 */
export const FundingInfoRow = z.looseObject({ symbol: text, fundingIntervalHours: hoursOrNull });

/**
 * `{"E":1790000001000,"T":1790000000990,"bids":[["76100.0","1.5"]],"asks":[["76100.1","2"]]}`
 * https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Order-Book
 */
export const OrderBook = z.looseObject({ T: timeMs, bids: z.unknown(), asks: z.unknown() });

/**
 * `{"buyVol":"387.3","sellVol":"248.5","timestamp":1790000100000}`, contract units.
 * https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Taker-BuySell-Volume
 */
export const TakerVolumeRow = z.looseObject({ buyVol: size, sellVol: size, timestamp: timeMs });

/**
 * `{"e":"forceOrder","E":1790000001000,"o":{"s":"BTCUSDT","S":"SELL","q":"0.02","p":"75000","ap":"75250.5","z":"0.02","T":1790000000990},"st":1}`
 * `S` is the side of the order: a long is closed by a SELL. `st` 1 is USD-M, 2 is coin-margined, absent is older USD-M.
 * https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams/Liquidation-Order-Streams
 */
export const ForceOrder = z.looseObject({
  S: z.enum(["BUY", "SELL"]),
  p: price,
  /** "0" before the first fill. */
  ap: z.optional(z.unknown()),
  z: positiveSize,
  T: timeMs,
});

/**
 * `{"e":"markPriceUpdate","E":1790000001000,"s":"BTCUSDT","p":"76100.5","i":"76110.2","r":"0.0001","T":1790006400000,"st":1}`
 * https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams/Mark-Price-Stream
 */
export const MarkPriceEvent = z.looseObject({ p: price, i: priceOrNull, E: timeMs });
export const FundingEvent = z.looseObject({ r: rate, T: timeMs, E: timeMs });

/**
 * `{"symbol":"BTCUSDT","contractType":"PERPETUAL","status":"TRADING","baseAsset":"BTC","quoteAsset":"USDT"}`
 * https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Exchange-Information
 */
export const SymbolRow = z.looseObject({
  symbol: text,
  contractType: z.string(),
  status: z.string(),
  baseAsset: text,
  quoteAsset: text,
});

/**
 * `{"bracket":1,"initialLeverage":125,"notionalFloor":0,"notionalCap":50000,"maintMarginRatio":0.004,"cum":0}`, USD.
 * https://developers.binance.com/docs/derivatives/usds-margined-futures/account/rest-api/Notional-and-Leverage-Brackets
 */
export const BracketRow = z.looseObject({
  notionalFloor: amountUsd,
  notionalCap: capUsd,
  maintMarginRatio: marginRate,
  initialLeverage: leverage,
  cum: amountUsd,
});

/** The same bracket as a row of a kept table: `[notionalFloor, notionalCap, maintMarginRatio, initialLeverage, cum]`. */
export const BracketTuple = z.tuple([amountUsd, capUsd, marginRate, leverage, amountUsd]);
