// Which reader understands which payload of Hyperliquid.
import { parserOf } from "../parser.ts";
import { readClearinghouseState, readUserFills } from "./account.ts";
import { readContextStream } from "./context-stream.ts";
import * as market from "./market.ts";
import { readAllMetas, readInstruments, readLeverageTiers } from "./reference.ts";
import { perpetual } from "./symbol.ts";

export const { parse, parses } = parserOf(
  "hyperliquid",
  {
    "meta-and-asset-contexts": market.readMetaAndAssetContexts,
    "asset-contexts-stream": readContextStream,
    klines: market.readKlines,
    "funding-history": market.readFundingHistory,
    "order-book": market.readOrderBook,
    trades: market.readTrades,
    "trades-stream": market.readTrades,
    "leverage-tiers": readLeverageTiers,
    instruments: readInstruments,
    "all-perp-metas": readAllMetas,
    "clearinghouse-state": readClearinghouseState,
    "user-fills": readUserFills,
  },
  perpetual,
);
