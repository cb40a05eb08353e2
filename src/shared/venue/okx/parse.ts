// Which reader understands which payload of OKX.
import { parserOf } from "../parser.ts";
import { subscriptionReader } from "../subscription.ts";
import { readLiquidationOrders, readLiquidationStream } from "./liquidations.ts";
import * as market from "./market.ts";
import { readOpenInterest, readOpenInterestHistory, readOpenInterestOfCoin } from "./open-interest.ts";
import { readInstruments, readLeverageTiers } from "./reference.ts";
import { stream } from "./stream.ts";
import { assumeInstrument } from "./symbol.ts";

export const { parse, parses } = parserOf(
  "okx",
  {
    "open-interest": readOpenInterest,
    "open-interest-history": readOpenInterestHistory,
    "open-interest-volume-by-coin": readOpenInterestOfCoin,
    klines: market.readKlines,
    "mark-price": market.readMarkPrice,
    "index-tickers": market.readIndexTickers,
    "funding-rate": market.readFundingRate,
    "funding-history": market.readFundingHistory,
    "order-book": market.readOrderBook,
    "taker-volume": market.readTakerVolume,
    "liquidation-orders": readLiquidationOrders,
    "liquidation-stream": readLiquidationStream,
    "leverage-tiers": readLeverageTiers,
    instruments: readInstruments,
    "stream-subscribe-ack": subscriptionReader(stream.answerOf),
  },
  assumeInstrument,
);
