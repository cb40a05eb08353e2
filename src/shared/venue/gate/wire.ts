// Shapes on the wire of Gate, USDT futures. Sizes are contracts, times seconds; numbers come as numbers or text.
import * as z from "zod/mini";
import {
  amountUsdOrNull,
  capUsd,
  leverage,
  leverageOrNull,
  marginRate,
  numberOrNullField,
  positiveSize,
  price,
  priceOrNull,
  rate,
  size,
  text,
} from "../field.ts";
import { signedSize, timeEither, timeSeconds } from "./field.ts";

/**
 * `[{"contract":"BTC_USDT","total_size":"560000000","mark_price":"76100.5","index_price":"76110.2","funding_rate":"0.0001"}]`
 * `total_size` is the open interest of one side in contracts; rows carry no time.
 * https://www.gate.io/docs/developers/apiv4/en/#list-futures-tickers
 */
export const TickerOpenInterest = z.looseObject({ total_size: positiveSize });
export const TickerPrices = z.looseObject({ mark_price: price, index_price: priceOrNull });

/**
 * `[{"time":1790000100,"open_interest":560000000,"open_interest_usd":4261628000,"mark_price":76100.5,"long_liq_usd":0,"short_liq_usd":0}]`
 * Contracts of one side and their value; the stream's row names its contract.
 * https://www.gate.io/docs/developers/apiv4/en/#futures-stats
 */
export const ContractStatsRow = z.looseObject({
  time: timeSeconds,
  open_interest: positiveSize,
  open_interest_usd: amountUsdOrNull,
  mark_price: priceOrNull,
});

/**
 * `[{"t":1790000040,"o":"76100.1","h":"76120","l":"76090.5","c":"76111","v":412500,"sum":"3139400.2"}]`: contracts, quote.
 * https://www.gate.io/docs/developers/apiv4/en/#get-futures-candlesticks
 */
export const KlineRow = z.looseObject({ t: timeSeconds, o: price, h: price, l: price, c: price, v: size });

/**
 * `[{"t":1789977600,"r":"0.0001"}]`, when it was charged.
 * https://www.gate.io/docs/developers/apiv4/en/#futures-market-historical-funding-rate
 */
export const FundingHistoryRow = z.looseObject({ t: timeSeconds, r: rate });

/**
 * REST `{"current":1790000001.123,"update":1790000001.121,"asks":[{"p":"76100.1","s":1200}],"bids":[{"p":"76100","s":90}]}`;
 * the stream's book has `t` in ms and names its contract.
 * https://www.gate.io/docs/developers/apiv4/en/#futures-order-book
 */
export const OrderBook = z.looseObject({
  contract: z.optional(z.unknown()),
  update: z.optional(z.unknown()),
  current: z.optional(z.unknown()),
  t: z.optional(z.unknown()),
  asks: z.unknown(),
  bids: z.unknown(),
});
export const LevelRow = z.looseObject({ p: price, s: size });
export const BookTime = timeEither;

/**
 * `[{"time":1790000001,"contract":"BTC_USDT","size":-165,"order_size":165,"fill_price":"75400","order_price":"75500","left":0}]`
 * `size` is the position: its sign is the side. `order_size` (since 2025) is what was force-closed of it.
 * https://www.gate.io/docs/developers/apiv4/en/#retrieve-liquidation-history
 */
export const LiquidationOrderRow = z.looseObject({
  time: timeEither,
  size: signedSize,
  order_size: numberOrNullField({ min: -1e18, max: 1e18 }),
  fill_price: price,
});

/**
 * `{"channel":"futures.public_liquidates","event":"update","result":[{"price":"75400","size":"-124.5","time":1790000001123,"contract":"BTC_USDT"}]}`
 * Since 2026-08-20 aggregated per second or 20 orders, without loss.
 * https://www.gate.io/docs/developers/futures/ws/#public-liquidates-channel
 */
export const LiquidationStreamRow = z.looseObject({ time: timeEither, size: signedSize, price });

/**
 * `{"name":"BTC_USDT","type":"direct","quanto_multiplier":"0.0001","in_delisting":false,"funding_interval":28800,"leverage_max":"125","funding_rate":"0.0001","funding_next_apply":1790006400}`
 * https://www.gate.io/docs/developers/apiv4/en/#list-all-futures-contracts
 */
export const InstrumentRow = z.looseObject({
  name: text,
  type: z.string(),
  quanto_multiplier: positiveSize,
  in_delisting: z.boolean(),
  /** Present in newer answers: `trading`, `prelaunch`, `delisting`, `delisted`. */
  status: z.optional(z.string()),
  leverage_max: leverageOrNull,
  funding_interval: numberOrNullField({ min: 3_600, max: 86_400 }),
});
export const FundingRow = z.looseObject({
  funding_rate: rate,
  funding_next_apply: timeSeconds,
  funding_interval: numberOrNullField({ min: 3_600, max: 86_400 }),
});

/**
 * `[{"tier":1,"risk_limit":"1000000","initial_rate":"0.01","maintenance_rate":"0.005","leverage_max":"100","deduction":"0","contract":"BTC_USDT"}]`
 * `risk_limit` is the upper end in USDT. The stream lists the same under `risk_limit_tiers` of its contract.
 * https://www.gate.io/docs/developers/apiv4/en/#list-risk-limit-tiers
 */
export const TierRow = z.looseObject({
  risk_limit: capUsd,
  maintenance_rate: marginRate,
  leverage_max: leverage,
  deduction: amountUsdOrNull,
  contract: z.optional(z.string()),
});
