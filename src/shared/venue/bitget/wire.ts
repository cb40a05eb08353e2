// Shapes on the wire of Bitget, USDT futures. Two generations (v2, v3) answer side by side; sizes are coins in both.
import * as z from "zod/mini";
import {
  capUsd,
  hoursOrNull,
  leverage,
  leverageOrNull,
  marginRate,
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

/**
 * `{"code":"00000","msg":"success","requestTime":1790000001000,"data":[]}`
 * https://www.bitget.com/api-doc/common/intro
 */
export const Envelope = z.looseObject({ code: z.unknown(), msg: z.optional(z.unknown()), data: z.unknown() });

/**
 * v2 `{"symbol":"BTCUSDT","markPrice":"76100.5","indexPrice":"76110.2","holdingAmount":"27000.5","ts":"1790000001000"}`;
 * v3 calls the open interest `openInterest`. One side, coins.
 * https://www.bitget.com/api-doc/contract/market/Get-All-Symbol-Ticker
 */
export const TickerOpenInterest = z.looseObject({
  holdingAmount: positiveSizeOrNull,
  openInterest: positiveSizeOrNull,
  ts: timeMs,
});
export const TickerPrices = z.looseObject({ markPrice: price, indexPrice: priceOrNull, ts: timeMs });

/**
 * v2 `{"openInterestList":[{"symbol":"BTCUSDT","size":"27000.5"}],"ts":"1790000001000"}`,
 * v3 `{"list":[{"symbol":"BTCUSDT","openInterest":"27000.5"}],"ts":"1790000001000"}`
 * https://www.bitget.com/api-doc/contract/market/Get-Open-Interest
 */
export const OpenInterestData = z.looseObject({
  openInterestList: z.optional(z.unknown()),
  list: z.optional(z.unknown()),
  ts: timeMs,
});
export const OpenInterestRow = z.looseObject({ size: positiveSizeOrNull, openInterest: positiveSizeOrNull });

/**
 * `["1790000040000","76100.1","76120","76090.5","76111","41.25","3139400.2"]`: volume in coins, then in quote.
 * https://www.bitget.com/api-doc/contract/market/Get-Candle-Data
 */
export const KlineRow = z.tuple([timeMs, price, price, price, price, size], z.unknown());

/**
 * `{"symbol":"BTCUSDT","fundingRate":"0.0001","fundingRateInterval":"8","nextUpdate":"1790006400000"}`, interval in hours.
 * https://www.bitget.com/api-doc/contract/market/Get-Current-Funding-Rate
 */
export const FundingRateRow = z.looseObject({
  fundingRate: rate,
  fundingRateInterval: hoursOrNull,
  nextUpdate: timeMs,
});

/**
 * v2 `{"symbol":"BTCUSDT","fundingRate":"0.0001","fundingTime":"1789977600000"}`;
 * v3 nests the rows under `resultList` and calls the time `fundingRateTimestamp`.
 * https://www.bitget.com/api-doc/contract/market/Get-History-Funding-Rate
 */
export const FundingHistoryRow = z.looseObject({
  fundingRate: rate,
  fundingTime: timeMsOrNull,
  fundingRateTimestamp: timeMsOrNull,
});

/**
 * v2 `{"asks":[["76100.1","0.25"]],"bids":[["76100","0.16"]],"ts":"1790000001000"}`, v3 `a` and `b`; cells are text or numbers.
 * https://www.bitget.com/api-doc/contract/market/Get-Merge-Depth
 */
export const OrderBook = z.looseObject({
  asks: z.optional(z.unknown()),
  bids: z.optional(z.unknown()),
  a: z.optional(z.unknown()),
  b: z.optional(z.unknown()),
  ts: timeMs,
});

/**
 * `{"buyVolume":"12.5","sellVolume":"10.1","ts":"1790000100000"}`, coins.
 * https://www.bitget.com/api-doc/common/apidata/Taker-Buy-Sell
 */
export const TakerVolumeRow = z.looseObject({ buyVolume: size, sellVolume: size, ts: timeMs });

/**
 * `{"symbol":"BTCUSDT","side":"buy","price":"75400","amount":"980.2","ts":"1790000001000"}`, the same by REST and stream.
 * `side` is the position's, `price` its bankruptcy price; for `amount` see amount.ts.
 * https://www.bitget.com/api-doc/uta/public/Liquidation
 */
export const LiquidationRow = z.looseObject({
  side: z.enum(["buy", "sell"]),
  price,
  amount: positiveSize,
  ts: timeMs,
});

/**
 * v2 `{"symbol":"BTCUSDT","baseCoin":"BTC","quoteCoin":"USDT","symbolType":"perpetual","symbolStatus":"normal","maxLever":"125","fundInterval":"8"}`,
 * v3 `{…,"type":"perpetual","symbolType":"crypto","isRwa":"NO","status":"online","maxLeverage":"150","fundInterval":"8"}`
 * https://www.bitget.com/api-doc/contract/market/Get-All-Symbols-Contracts
 */
export const InstrumentRow = z.looseObject({
  symbol: text,
  baseCoin: text,
  quoteCoin: text,
  type: z.optional(z.string()),
  symbolType: z.optional(z.string()),
  isRwa: z.optional(z.string()),
  status: z.optional(z.string()),
  symbolStatus: z.optional(z.string()),
  maxLever: leverageOrNull,
  maxLeverage: leverageOrNull,
  fundInterval: hoursOrNull,
});

/**
 * v2 `{"symbol":"BTCUSDT","level":"1","startUnit":"0","endUnit":"150000","leverage":"125","keepMarginRate":"0.004"}`, USDT;
 * v3 `{"tier":"1","minTierValue":"0","maxTierValue":"150000","leverage":"125","mmr":"0.004"}` does not name the symbol.
 * https://www.bitget.com/api-doc/contract/position/Get-Query-Position-Lever
 */
export const TierRow = z.looseObject({
  symbol: text,
  startUnit: size,
  endUnit: capUsd,
  leverage,
  keepMarginRate: marginRate,
});
export const TierRowV3 = z.looseObject({ minTierValue: size, maxTierValue: capUsd, leverage, mmr: marginRate });
