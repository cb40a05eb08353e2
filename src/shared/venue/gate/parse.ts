// Which reader understands which payload of Gate.
import { parserOf } from "../parser.ts";
import { subscriptionReader } from "../subscription.ts";
import { readLiquidationOrders, readLiquidationStream } from "./liquidations.ts";
import * as market from "./market.ts";
import { readContractStats, readTickers } from "./open-interest.ts";
import { readInstruments, readLeverageTiers } from "./reference.ts";
import { stream } from "./stream.ts";
import { assumeInstrument } from "./symbol.ts";

export const { parse, parses } = parserOf(
  "gate",
  {
    tickers: readTickers,
    "contract-stats": readContractStats,
    klines: market.readKlines,
    "funding-rate": market.readFundingRate,
    "funding-history": market.readFundingHistory,
    "order-book": market.readOrderBook,
    "liquidation-orders": readLiquidationOrders,
    "liquidation-stream": readLiquidationStream,
    "leverage-tiers": readLeverageTiers,
    instruments: readInstruments,
    "stream-subscribe-ack": subscriptionReader(stream.answerOf),
  },
  assumeInstrument,
);
