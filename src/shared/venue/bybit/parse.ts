// Which reader understands which payload of Bybit.
import { parserOf } from "../parser.ts";
import { subscriptionReader } from "../subscription.ts";
import { readLiquidations } from "./liquidations.ts";
import * as market from "./market.ts";
import { readInstruments, readLeverageTiers } from "./reference.ts";
import { stream } from "./stream.ts";
import { assumeInstrument } from "./symbol.ts";
import { readTickerStream } from "./ticker-stream.ts";
import { readTickers } from "./tickers.ts";
import { readTrades, readTradesStream } from "./trades.ts";

export const { parse, parses } = parserOf(
  "bybit",
  {
    tickers: readTickers,
    "ticker-stream": readTickerStream,
    "open-interest-history": market.readOpenInterestHistory,
    klines: market.readKlines,
    "funding-history": market.readFundingHistory,
    "order-book": market.readOrderBook,
    trades: readTrades,
    "trades-stream": readTradesStream,
    "liquidation-stream": readLiquidations,
    "leverage-tiers": readLeverageTiers,
    instruments: readInstruments,
    "stream-subscribe-ack": subscriptionReader(stream.answerOf),
  },
  assumeInstrument,
);
