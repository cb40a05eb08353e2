// Hyperliquid perpetuals.
import { MINUTE_MS } from "../../time/clock.ts";
import type { VenueAdapter } from "../venue.ts";
import { judge } from "./judge.ts";
import { parse, parses } from "./parse.ts";
import { request } from "./requests.ts";
import { defaultInstrument, defaultVenueSymbol } from "./symbol.ts";

export const hyperliquid: VenueAdapter = {
  id: "hyperliquid",
  name: "Hyperliquid",
  restBase: "https://api.hyperliquid.xyz",
  streamBase: null,
  locationHint: "apac",
  budget: {
    weight: 1_200,
    windowMs: MINUTE_MS,
    source:
      "https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/rate-limits-and-user-limits (read 2026-10)",
  },
  // its other answers carry no time
  tellsTime: ["depth"],
  plan: [
    { kind: "meta-and-asset-contexts", scope: "venue", cadence: "poll" },
    // 20 of 1,200 each: at every poll twenty symbols would exceed the minute's budget
    { kind: "klines", scope: "symbol", cadence: "minute" },
    { kind: "order-book", scope: "symbol", cadence: "minute" },
  ],
  history: {
    // the venue keeps the latest 5,000 candles; a day at a time keeps answers small
    candles: { kind: "klines", stepMs: MINUTE_MS, maxRows: 1_440, reachMs: 5_000 * MINUTE_MS },
    openInterest: null,
  },
  lacks: [
    { what: "liquidations", note: "no market-wide feed; fills name them per address only" },
    { what: "open interest history", note: "only polls give it, from when they began" },
    { what: "taker side of volume", note: "candles do not split it" },
    {
      what: "sides of open interest",
      note: "disputed: not documented whether one or both are counted; read as one (OPEN_INTEREST_SIDES_FACTOR = 1), though changes against volume speak for both",
    },
    {
      what: "margin tiers in the model",
      note: "of BTC, ETH, SOL and XRP; every other coin takes 5 % at up to 10x, assumed",
    },
  ],
  stream: null,
  defaultVenueSymbol,
  defaultInstrument,
  request,
  judge,
  parse,
  parses,
};
