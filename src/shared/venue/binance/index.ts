// Binance USD-M futures.
import { DAY_MS, MINUTE_MS } from "../../time/clock.ts";
import type { VenueAdapter } from "../venue.ts";
import { judge } from "./judge.ts";
import { parse, parses } from "./parse.ts";
import { request } from "./requests.ts";
import { stream } from "./stream.ts";
import { defaultInstrument, defaultVenueSymbol } from "./symbol.ts";

export const binance: VenueAdapter = {
  id: "binance",
  name: "Binance",
  restBase: "https://fapi.binance.com",
  streamBase: "wss://fstream.binance.com",
  locationHint: "apac",
  budget: {
    weight: 2_400,
    windowMs: MINUTE_MS,
    source: "https://developers.binance.com/docs/derivatives/usds-margined-futures/general-info (read 2026-10)",
  },
  tellsTime: ["openInterest", "markPrice"],
  plan: [
    { kind: "open-interest", scope: "symbol", cadence: "poll" },
    { kind: "klines", scope: "symbol", cadence: "poll" },
    { kind: "premium-index", scope: "venue", cadence: "poll" },
    { kind: "order-book", scope: "symbol", cadence: "minute" },
    // which symbols do not charge every 8 hours
    { kind: "funding-info", scope: "venue", cadence: "hour" },
  ],
  history: {
    candles: { kind: "klines", stepMs: MINUTE_MS, maxRows: 1_500, reachMs: null },
    // "the latest month": a start just outside is an error, so stay a day inside
    openInterest: { kind: "open-interest-history", stepMs: 5 * MINUTE_MS, maxRows: 500, reachMs: 29 * DAY_MS },
  },
  lacks: [
    { what: "leverage tiers", note: "need a signed request; a dated table of our own is used" },
    { what: "complete liquidations", note: "the stream sends one order per symbol and second: sums are lower bounds" },
    { what: "liquidation history", note: "no public list since 2021: what is missed while disconnected stays missing" },
    { what: "open interest finer than 5 minutes in the past", note: "only polls give it, from when they began" },
    { what: "coin-margined contracts", note: "another interface of the exchange; the maps count USDT contracts" },
  ],
  stream,
  defaultVenueSymbol,
  defaultInstrument,
  request,
  judge,
  parse,
  parses,
};
