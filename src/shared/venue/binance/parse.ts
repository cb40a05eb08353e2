// Which reader understands which payload of Binance.
import { parserOf } from "../parser.ts";
import { subscriptionReader } from "../subscription.ts";
import { readForceOrders } from "./liquidations.ts";
import * as market from "./market.ts";
import { readInstruments, readLeverageTiers } from "./reference.ts";
import { stream } from "./stream.ts";
import { assumeInstrument } from "./symbol.ts";

export const { parse, parses } = parserOf(
  "binance",
  {
    "open-interest": market.readOpenInterest,
    "open-interest-history": market.readOpenInterestHistory,
    "premium-index": market.readPremiumIndex,
    "funding-info": market.readFundingInfo,
    "funding-history": market.readFundingHistory,
    klines: market.readKlines,
    "order-book": market.readOrderBook,
    "taker-volume": market.readTakerVolume,
    "mark-price-stream": market.readMarkPriceStream,
    "liquidation-stream": readForceOrders,
    "leverage-tiers": readLeverageTiers,
    instruments: readInstruments,
    "stream-subscribe-ack": subscriptionReader(stream.answerOf),
  },
  assumeInstrument,
);
