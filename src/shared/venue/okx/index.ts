// OKX v5, USDT swaps.
import { MINUTE_MS, SECOND_MS } from "../../time/clock.ts";
import type { VenueAdapter } from "../venue.ts";
import { judge } from "./judge.ts";
import { parse, parses } from "./parse.ts";
import { request } from "./requests.ts";
import { stream } from "./stream.ts";
import { defaultInstrument, defaultVenueSymbol } from "./symbol.ts";

export const okx: VenueAdapter = {
  id: "okx",
  name: "OKX",
  restBase: "https://www.okx.com",
  streamBase: "wss://ws.okx.com:8443",
  locationHint: "apac",
  budget: {
    // limits are per endpoint: requests weigh 40 ÷ what their endpoint allows, which keeps each within its own
    weight: 40,
    windowMs: 2 * SECOND_MS,
    source: "https://www.okx.com/docs-v5/en/#overview-rate-limits (read 2026-10)",
  },
  tellsTime: ["openInterest", "markPrice"],
  plan: [
    { kind: "open-interest", scope: "venue", cadence: "poll" },
    { kind: "mark-price", scope: "venue", cadence: "poll" },
    { kind: "klines", scope: "symbol", cadence: "poll" },
    { kind: "order-book", scope: "symbol", cadence: "minute" },
    // a fifth of a window each: five symbols a minute is what fits beside the polls
    { kind: "taker-volume", scope: "symbol", cadence: "minute", only: "busy" },
    { kind: "funding-rate", scope: "symbol", cadence: "hour" },
  ],
  history: {
    candles: { kind: "klines", stepMs: MINUTE_MS, maxRows: 100, reachMs: null },
    // the latest 1,440 rows
    openInterest: {
      kind: "open-interest-history",
      stepMs: 5 * MINUTE_MS,
      maxRows: 100,
      reachMs: 1_440 * 5 * MINUTE_MS,
    },
  },
  lacks: [
    { what: "taker side of volume", note: "candles do not split it; 5-minute totals are read for the busiest symbols" },
    {
      what: "complete liquidations",
      note: "the stream sends one order per contract and second: sums are lower bounds",
    },
    { what: "index price with the mark", note: "it is a request of its own, keyed by pair" },
    { what: "open interest finer than 5 minutes in the past", note: "only polls give it, from when they began" },
    { what: "coin-margined contracts", note: "understood, but not polled: the maps count USDT contracts" },
    { what: "margin tiers in the model", note: "the first of BTC; every other coin takes 0.5 % at up to 50x, assumed" },
  ],
  stream,
  defaultVenueSymbol,
  defaultInstrument,
  request,
  judge,
  parse,
  parses,
};
