// GMX v2 on Arbitrum: pools are the counterparty of every position, priced by an oracle.
import { MINUTE_MS } from "../../time/clock.ts";
import type { VenueAdapter } from "../venue.ts";
import { judge } from "./judge.ts";
import { parse, parses } from "./parse.ts";
import { MAX_CANDLES, request } from "./requests.ts";
import { defaultInstrument, defaultVenueSymbol } from "./symbol.ts";

export const gmx: VenueAdapter = {
  id: "gmx",
  name: "GMX",
  restBase: "https://arbitrum-api.gmxinfra.io",
  streamBase: null,
  locationHint: "weur",
  budget: {
    weight: 60,
    windowMs: MINUTE_MS,
    source: "no limit is published (https://docs.gmx.io/docs/api/rest/, read 2026-10); one a second is our own",
  },
  // no answer carries a time of its own
  tellsTime: [],
  plan: [
    { kind: "tickers", scope: "venue", cadence: "poll" },
    { kind: "klines", scope: "symbol", cadence: "minute" },
    { kind: "liquidation-orders", scope: "venue", cadence: "minute" },
  ],
  history: {
    candles: { kind: "klines", stepMs: MINUTE_MS, maxRows: MAX_CANDLES, reachMs: MAX_CANDLES * MINUTE_MS },
    openInterest: null,
  },
  lacks: [
    { what: "volume and its taker side", note: "candles are of the oracle price; every minute's volume is unknown" },
    { what: "index price", note: "the oracle price triggers liquidation; where an index is served it is that price" },
    { what: "order book", note: "the pool trades at the oracle's price" },
    { what: "open interest history", note: "only polls give it, from when they began" },
    { what: "funding history", note: "funding runs continuously; the running rate is taken as charged at the hour" },
    { what: "proof of the liquidation list", note: "its fields follow the SDK; no live answer has been recorded yet" },
    { what: "stream", note: "none is published; everything is polled" },
    { what: "margin factors", note: "not among the interfaces read here; the built-in ones are used" },
  ],
  stream: null,
  defaultVenueSymbol,
  defaultInstrument,
  request,
  judge,
  parse,
  parses,
};
