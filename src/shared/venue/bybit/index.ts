// Bybit v5, linear contracts.
import { MINUTE_MS, SECOND_MS } from "../../time/clock.ts";
import type { VenueAdapter } from "../venue.ts";
import { judge } from "./judge.ts";
import { parse, parses } from "./parse.ts";
import { request } from "./requests.ts";
import { stream } from "./stream.ts";
import { defaultInstrument, defaultVenueSymbol } from "./symbol.ts";

export const bybit: VenueAdapter = {
  id: "bybit",
  name: "Bybit",
  restBase: "https://api.bybit.com",
  streamBase: "wss://stream.bybit.com",
  locationHint: "apac",
  budget: {
    weight: 600,
    windowMs: 5 * SECOND_MS,
    source: "https://bybit-exchange.github.io/docs/v5/rate-limit (read 2026-10)",
  },
  tellsTime: ["openInterest", "markPrice"],
  plan: [
    { kind: "tickers", scope: "venue", cadence: "poll" },
    { kind: "klines", scope: "symbol", cadence: "poll" },
    { kind: "order-book", scope: "symbol", cadence: "minute" },
    // whole minutes of the newest thousand trades give the taker side
    { kind: "trades", scope: "symbol", cadence: "minute" },
  ],
  history: {
    candles: { kind: "klines", stepMs: MINUTE_MS, maxRows: 1_000, reachMs: null },
    openInterest: { kind: "open-interest-history", stepMs: 5 * MINUTE_MS, maxRows: 200, reachMs: null },
  },
  lacks: [
    {
      what: "taker side of volume",
      note: "candles do not split it; minutes that the newest 1,000 trades cover do, while they are polled",
    },
    { what: "liquidation history", note: "no public list: what is missed while disconnected stays missing" },
    { what: "open interest finer than 5 minutes in the past", note: "only polls give it, from when they began" },
    { what: "coin-margined contracts", note: "understood, but not polled: the maps count USDT contracts" },
    {
      what: "margin tiers in the model",
      note: "of BTC to 80 million, partly of an undated page; every other coin takes 0.5 % at up to 50x, assumed",
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
