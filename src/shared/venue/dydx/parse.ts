// Which reader understands which payload of dYdX.
import { parserOf } from "../parser.ts";
import { readFundingHistory, readKlines, readOrderBook } from "./market.ts";
import { readInstruments, readLeverageTiers, readTickers, readTickersStream } from "./markets.ts";
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
  },
  perpetual,
);
