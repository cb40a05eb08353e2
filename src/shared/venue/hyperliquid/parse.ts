// Which reader understands which payload of Hyperliquid.
import { parserOf } from "../parser.ts";
import * as market from "./market.ts";
import { readInstruments, readLeverageTiers } from "./reference.ts";
import { perpetual } from "./symbol.ts";

export const { parse, parses } = parserOf(
  "hyperliquid",
  {
    "meta-and-asset-contexts": market.readMetaAndAssetContexts,
    klines: market.readKlines,
    "funding-history": market.readFundingHistory,
    "order-book": market.readOrderBook,
    trades: market.readTrades,
    "trades-stream": market.readTrades,
    "leverage-tiers": readLeverageTiers,
    instruments: readInstruments,
  },
  perpetual,
);
