// Which reader understands which payload of dYdX.
import { parserOf } from "../parser.ts";
import { subscriptionReader } from "../subscription.ts";
import { readFundingHistory, readKlines, readOrderBook } from "./market.ts";
import { readInstruments, readLeverageTiers, readTickers, readTickersStream } from "./markets.ts";
import { stream } from "./stream.ts";
import { perpetual } from "./symbol.ts";
import { readTrades, readTradesStream } from "./trades.ts";

export const { parse, parses } = parserOf(
  "dydx",
  {
    tickers: readTickers,
    "tickers-stream": readTickersStream,
    klines: readKlines,
    "funding-history": readFundingHistory,
    "order-book": readOrderBook,
    trades: readTrades,
    "trades-stream": readTradesStream,
    "leverage-tiers": readLeverageTiers,
    instruments: readInstruments,
    "stream-subscribe-ack": subscriptionReader(stream.answerOf),
  },
  perpetual,
);
