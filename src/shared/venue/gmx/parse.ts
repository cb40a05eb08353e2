// Which reader understands which payload of GMX.
import { parserOf } from "../parser.ts";
import { readLiquidationOrders } from "./liquidations.ts";
import { readKlines, readMarkPrice, readOpenInterest, readTickers } from "./market.ts";
import { readInstruments, readTokens } from "./reference.ts";
import { perpetual } from "./symbol.ts";

export const { parse, parses } = parserOf(
  "gmx",
  {
    tickers: readTickers,
    // one payload under two names: what it says, and what the exchange calls it
    "open-interest": readOpenInterest,
    "markets-info": readOpenInterest,
    "mark-price": readMarkPrice,
    klines: readKlines,
    "liquidation-orders": readLiquidationOrders,
    instruments: readInstruments,
    tokens: readTokens,
  },
  perpetual,
);
