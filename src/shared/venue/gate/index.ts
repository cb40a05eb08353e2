// Gate, USDT futures.
import { MINUTE_MS, SECOND_MS } from "../../time/clock.ts";
import type { VenueAdapter } from "../venue.ts";
import { judge } from "./judge.ts";
import { parse, parses } from "./parse.ts";
import { request } from "./requests.ts";
import { stream } from "./stream.ts";
import { defaultInstrument, defaultVenueSymbol } from "./symbol.ts";

export const gate: VenueAdapter = {
  id: "gate",
  name: "Gate",
  restBase: "https://api.gateio.ws",
  streamBase: "wss://fx-ws.gateio.ws",
  locationHint: "apac",
  budget: {
    weight: 200,
    windowMs: 10 * SECOND_MS,
    source: "https://www.gate.io/docs/developers/apiv4/en/#frequency-limit-rule (read 2026-10)",
  },
  // its other answers carry no time
  tellsTime: ["depth"],
  plan: [
    { kind: "tickers", scope: "venue", cadence: "poll" },
    { kind: "klines", scope: "symbol", cadence: "poll" },
    { kind: "order-book", scope: "symbol", cadence: "minute" },
    { kind: "funding-rate", scope: "symbol", cadence: "hour" },
  ],
  history: {
    // the exchange refuses bars older than its latest 10,000
    candles: { kind: "klines", stepMs: MINUTE_MS, maxRows: 1_000, reachMs: 9_900 * MINUTE_MS },
    openInterest: { kind: "contract-stats", stepMs: 5 * MINUTE_MS, maxRows: 100, reachMs: null },
  },
  lacks: [
    { what: "taker side of volume", note: "candles do not split it; the statistics give only a ratio" },
    { what: "time of the tickers", note: "their rows carry none: they are stamped when received" },
    { what: "open interest finer than 5 minutes in the past", note: "only polls give it, from when they began" },
    {
      what: "liquidation totals beside the stream",
      note: "its list and 5-minute statistics repeat the events with other times and prices: the stream alone is counted",
    },
    { what: "fractions of contracts in the liquidation stream", note: "sizes are whole contracts without a header" },
    {
      what: "coin-margined contracts",
      note: "another settlement currency of the interface; the maps count USDT contracts",
    },
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
