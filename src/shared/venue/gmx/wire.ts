// Shapes on the wire of GMX v2: the keeper API and the newer one. Amounts are whole numbers as text (fixed-point.ts).
import * as z from "zod/mini";
import { numberField, price, text } from "../field.ts";
import { TIME_MS } from "../num.ts";
import { integer, naturalNumber } from "./fixed-point.ts";

const timeMs = numberField(TIME_MS);
/** Seconds from 2009 to 2100. */
const timeSeconds = numberField({ min: 1_230_768_000, max: 4_102_444_800, whole: true });

/**
 * `[{"name":"SOL/USD [SOL-USDC]","markPrice":"135300…","longInterestInTokens":"67447041600000","longInterestUsd":"9125…","fundingRateLong":"-2013…"}]`
 * One row per pool. USD at entry prices × 10^30, tokens × 10^decimals, rates × 10^30 per hour, negative = that side pays.
 * https://docs.gmx.io/docs/api/rest/
 */
export const PoolInterest = z.looseObject({
  markPrice: naturalNumber,
  longInterestInTokens: naturalNumber,
  shortInterestInTokens: naturalNumber,
  longInterestUsd: naturalNumber,
  shortInterestUsd: naturalNumber,
});
export const PoolFunding = z.looseObject({ fundingRateLong: integer, longInterestUsd: naturalNumber });

/** `{"markets":[{"name":"ETH/USD [WETH-USDC]","openInterestLong":"1000…","openInterestShort":"800…"}]}`, USD × 10^30. */
export const MarketsInfo = z.looseObject({ markets: z.unknown() });
export const PoolValue = z.looseObject({ openInterestLong: naturalNumber, openInterestShort: naturalNumber });

/**
 * `[{"tokenSymbol":"ETH","minPrice":"1739495434083952","maxPrice":"1739495434083952","updatedAt":1783345314888}]`:
 * USD × 10^(30 − decimals). The row's `timestamp` is in seconds, `updatedAt` in milliseconds.
 */
export const TokenPrice = z.looseObject({ minPrice: naturalNumber, maxPrice: naturalNumber, updatedAt: timeMs });

/** `{"period":"5m","candles":[[1783345200,1739.11,1741.5,1738.02,1739.495]]}`: seconds, open, high, low, close; newest first. */
export const Candles = z.looseObject({ period: text, candles: z.unknown() });
export const CandleRow = z.tuple([timeSeconds, price, price, price, price], z.unknown());

/** `{"markets":[{"name":"DOT/USD [WBTC.b-USDC]","indexToken":"0xE958…","isListed":true}]}`; several pools may share a coin. */
export const Markets = z.looseObject({ markets: z.unknown() });
/** Longer than other venues' names: a pool names three tokens. */
const poolName = z.string().check(z.minLength(1), z.maxLength(160));
export const Market = z.looseObject({ name: poolName, isListed: z.boolean() });

/** `{"tokens":[{"symbol":"APE","address":"0x7f9F…","decimals":18}]}` */
export const Tokens = z.looseObject({ tokens: z.unknown() });
export const Token = z.looseObject({ symbol: text, decimals: numberField({ min: 0, max: 36, whole: true }) });

/**
 * `{"trades":[{"id":"…","eventName":"OrderExecuted","orderType":7,"marketName":"ETH/USD [WETH-USDC]","isLong":true,"sizeDeltaUsd":"5000…","executionPrice":"1700…","timestamp":1783345200}]}`
 * Order type 7 is a liquidation; size USD × 10^30, price USD × 10^(30 − decimals), `isLong` the position's side. Field names
 * as in the exchange's SDK; no answer has been recorded yet.
 */
export const Trades = z.looseObject({ trades: z.unknown() });
export const TradeRow = z.looseObject({
  id: z.string().check(z.minLength(1), z.maxLength(256)),
  eventName: text,
  orderType: z.number(),
});
export const LiquidationRow = z.looseObject({
  marketName: text,
  isLong: z.boolean(),
  sizeDeltaUsd: naturalNumber,
  executionPrice: naturalNumber,
  timestamp: timeSeconds,
});
