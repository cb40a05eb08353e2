// Shapes on the wire of Hyperliquid's `info` endpoint. Figures are text; some are null for markets without trades.
import * as z from "zod/mini";
import {
  amountUsd,
  leverage,
  numberField,
  positiveSize,
  price,
  priceOrNull,
  rate,
  size,
  text,
  timeMs,
  timeMsOrNull,
} from "../field.ts";
import { SIZE } from "../num.ts";

/**
 * `[{"universe":[{"name":"BTC","szDecimals":5,"maxLeverage":40}],"marginTables":[],"collateralToken":0},[{"funding":"0.0000125","openInterest":"27000.5","markPx":"76100.0","oraclePx":"76110.0"}]]`
 * The two lists are joined by index; delisted coins keep their place. There is no time in it.
 * https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/info-endpoint/perpetuals
 */
export const Meta = z.looseObject({
  universe: z.array(z.unknown()),
  marginTables: z.optional(z.unknown()),
  /** 0 is USDC. */
  collateralToken: z.optional(z.number()),
});
export const MetaAndContexts = z.tuple([Meta, z.array(z.unknown())], z.unknown());
export const Coin = z.looseObject({
  name: text,
  maxLeverage: leverage,
  marginTableId: z.optional(z.number()),
  isDelisted: z.optional(z.boolean()),
});
export const ContextOpenInterest = z.looseObject({ openInterest: positiveSize });
export const ContextPrices = z.looseObject({ markPx: price, oraclePx: priceOrNull });
export const ContextFunding = z.looseObject({ funding: rate });

/**
 * `[51,{"description":"tiered","marginTiers":[{"lowerBound":"0.0","maxLeverage":10},{"lowerBound":"3000000.0","maxLeverage":5}]}]`, USD.
 * https://hyperliquid.gitbook.io/hyperliquid-docs/trading/margin-tiers
 */
export const MarginTable = z.tuple([z.number(), z.looseObject({ marginTiers: z.array(z.unknown()) })], z.unknown());
export const MarginTier = z.looseObject({ lowerBound: amountUsd, maxLeverage: leverage });

/**
 * `{"t":1790000040000,"T":1790000099999,"s":"BTC","i":"1m","o":"76100.0","h":"76120.0","l":"76090.0","c":"76111.0","v":"41.25","n":812}`
 * https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/info-endpoint
 */
export const CandleRow = z.looseObject({
  t: timeMs,
  T: timeMs,
  o: price,
  h: price,
  l: price,
  c: price,
  v: size,
});

/**
 * `{"coin":"BTC","fundingRate":"0.0000125","premium":"0.0003","time":1790002800000}`, per hour.
 * https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/info-endpoint/perpetuals
 */
export const FundingHistoryRow = z.looseObject({ fundingRate: rate, time: timeMs });

/**
 * `{"coin":"BTC","time":1790000001000,"levels":[[{"px":"76100.0","sz":"1.5","n":3}],[{"px":"76101.0","sz":"2","n":1}]]}`: bids, asks.
 * https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/info-endpoint
 */
export const OrderBook = z.looseObject({
  coin: text,
  time: timeMs,
  levels: z.tuple([z.unknown(), z.unknown()], z.unknown()),
});
export const LevelRow = z.looseObject({ px: price, sz: size });

/**
 * `{"coin":"BTC","side":"B","px":"76100.0","sz":"0.01","time":1790000001000}`: `B` a taker buys, `A` a taker sells.
 * https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/websocket/subscriptions
 */
export const TradeRow = z.looseObject({ side: z.enum(["A", "B"]), px: price, sz: positiveSize, time: timeMs });

/**
 * `{"channel":"allDexsAssetCtxs","data":{"ctxs":[["",[{"funding":"0.0000125","openInterest":"27000.5","markPx":"76100.0"}]]]}}`
 * Per dex (the main one has no name) the contexts of its coins, in the order of its list.
 * https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/websocket/subscriptions
 */
export const ContextMessage = z.looseObject({ data: z.looseObject({ ctxs: z.array(z.unknown()) }) });
export const DexContexts = z.tuple([z.string(), z.unknown()], z.unknown());

/**
 * `{"assetPositions":[{"position":{"coin":"ETH","szi":"0.0335","entryPx":"2986.3","leverage":{"type":"isolated","value":20},"liquidationPx":"2866.26","marginUsed":"4.96","positionValue":"100.02"}}],"time":1790000001000}`
 * `szi` is negative for a short; `liquidationPx` is null where there is none.
 * https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/info-endpoint/perpetuals
 */
export const ClearinghouseState = z.looseObject({ assetPositions: z.array(z.unknown()), time: timeMsOrNull });
export const AssetPosition = z.looseObject({
  position: z.looseObject({
    coin: text,
    szi: numberField({ min: -SIZE.max, max: SIZE.max }),
    entryPx: price,
    leverage: z.looseObject({ type: z.enum(["cross", "isolated"]), value: leverage }),
    liquidationPx: priceOrNull,
    marginUsed: amountUsd,
    positionValue: amountUsd,
  }),
});

/**
 * `{"channel":"userFills","data":{"user":"0x…","fills":[{"coin":"BTC","px":"76100.0","sz":"0.001","side":"A","time":1790000001000,"crossed":false,"liquidation":{"liquidatedUser":"0x…","markPx":"76090.0","method":"market"}}]}}`
 * Channel `user` brings the same rows without naming the account. `crossed`: this account's order took.
 * https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/websocket/subscriptions
 */
export const UserFills = z.looseObject({
  data: z.looseObject({ fills: z.array(z.unknown()), user: z.optional(z.string()) }),
});
export const UserFill = z.looseObject({
  side: z.enum(["A", "B"]),
  px: price,
  sz: positiveSize,
  time: timeMs,
  crossed: z.boolean(),
  liquidation: z.optional(z.looseObject({ liquidatedUser: text, method: text })),
});
