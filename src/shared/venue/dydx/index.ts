// dYdX v4: a chain with an order book, read through its indexer.
import { MINUTE_MS, SECOND_MS } from "../../time/clock.ts";
import type { VenueAdapter } from "../venue.ts";
import { judge } from "./judge.ts";
import { parse, parses } from "./parse.ts";
import { MAX_ROWS, request } from "./requests.ts";
import { stream } from "./stream.ts";
import { defaultInstrument, defaultVenueSymbol } from "./symbol.ts";

export const dydx: VenueAdapter = {
  id: "dydx",
  name: "dYdX",
  restBase: "https://indexer.dydx.trade",
  streamBase: "wss://indexer.dydx.trade",
  locationHint: "weur",
  budget: {
    weight: 100,
    windowMs: 10 * SECOND_MS,
    source: "https://docs.dydx.exchange/api_integration-indexer/indexer_api (read 2026-10)",
  },
  // no answer carries a time of its own
  tellsTime: [],
  plan: [
    { kind: "tickers", scope: "venue", cadence: "poll" },
    { kind: "klines", scope: "symbol", cadence: "minute" },
    { kind: "order-book", scope: "symbol", cadence: "minute" },
    // a liquidation that the stream missed is still among the newest trades; whole minutes of them give the taker side
    { kind: "trades", scope: "symbol", cadence: "minute" },
  ],
  history: {
    candles: { kind: "klines", stepMs: MINUTE_MS, maxRows: MAX_ROWS, reachMs: null },
    // each candle carries the open interest it began with
    openInterest: { kind: "klines", stepMs: MINUTE_MS, maxRows: MAX_ROWS, reachMs: null },
  },
  lacks: [
    { what: "mark price", note: "the oracle price triggers liquidation and is served as both" },
    {
      what: "taker side of volume",
      note: "candles do not split it; minutes that the newest trades cover do, while they are polled",
    },
    { what: "open interest in USD", note: "counted in coins only: its unit has no second figure to check it" },
    {
      what: "open interest that two counts agree on",
      note: "baseOpenInterest should be the same and was twice as high in late 2025; openInterest, the sum of longs, is used",
    },
    { what: "minutes without trades", note: "may have no candle; they are marked missing" },
    {
      what: "margin tiers in the model",
      note: "rates of BTC, ETH and SOL of December 2025; every other coin takes 5 % at up to 10x, assumed",
    },
  ],
  stream,
  defaultVenueSymbol,
  defaultInstrument,
  request,
  judge,
  parse,
  parses,
};
