// Bitget, USDT futures.
import { DAY_MS, MINUTE_MS, SECOND_MS } from "../../time/clock.ts";
import type { VenueAdapter } from "../venue.ts";
import { judge } from "./judge.ts";
import { parse, parses } from "./parse.ts";
import { request } from "./requests.ts";
import { stream } from "./stream.ts";
import { defaultInstrument, defaultVenueSymbol } from "./symbol.ts";

export const bitget: VenueAdapter = {
  id: "bitget",
  name: "Bitget",
  restBase: "https://api.bitget.com",
  streamBase: "wss://ws.bitget.com",
  locationHint: "apac",
  budget: {
    // limits are per endpoint: requests weigh 20 ÷ what their endpoint allows a second
    weight: 20,
    windowMs: SECOND_MS,
    source: "https://www.bitget.com/api-doc/common/intro (read 2026-10)",
  },
  tellsTime: ["openInterest", "markPrice"],
  plan: [
    { kind: "tickers", scope: "venue", cadence: "poll" },
    { kind: "klines", scope: "symbol", cadence: "poll" },
    { kind: "order-book", scope: "symbol", cadence: "minute" },
    // the same rows as in the stream, behind the market: what was missed while it was down comes this way
    { kind: "liquidation-orders", scope: "venue", cadence: "minute" },
    { kind: "funding-rate", scope: "symbol", cadence: "hour" },
  ],
  history: {
    // one-minute bars go back about a month
    candles: { kind: "klines", stepMs: MINUTE_MS, maxRows: 1_000, reachMs: 30 * DAY_MS },
    openInterest: null,
  },
  lacks: [
    { what: "open interest history", note: "none is published: only polls give it, from when they began" },
    { what: "taker side of volume", note: "candles do not split it; 5-minute totals exist, one request a second" },
    {
      what: "prompt liquidations with a stated unit",
      note: "published with delay, three days back; the unit of their amount is not documented and read as USDT",
    },
    { what: "coin-margined contracts", note: "another product type of the exchange; the maps count USDT contracts" },
    {
      what: "margin tiers in the model",
      note: "of BTC, ETH and SOL as announced in 2025; every other coin takes 0.5 % at up to 50x, assumed",
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
