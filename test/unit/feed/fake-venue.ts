// A venue of our own for feed tests: a tiny wire format, programmable answers, clocks moved by hand.

import { exchangeHttp } from "../../../durable-objects/feed/exchange-http.ts";
import { Feed, type FeedMemory, type FeedOptions } from "../../../durable-objects/feed/feed.ts";
import { paceOf } from "../../../durable-objects/feed/pace.ts";
import type { IngestReply, ObservationBatch } from "../../../src/shared/market/batch.ts";
import type { Instrument, Liquidation, Observation, Reject } from "../../../src/shared/market/observation.ts";
import { MINUTE_MS } from "../../../src/shared/time/clock.ts";
import type { Answer, ParseContext, VenueAdapter, Verdict } from "../../../src/shared/venue/venue.ts";

/** 2026-01-01T00:00:00Z: a whole minute, hour and day. */
export const START = 1_767_225_600_000;

export const instrumentOf = (symbol: string, listed = true): Instrument => ({
  venue: "binance",
  venueSymbol: `${symbol}USDT`,
  symbol,
  quote: "USDT",
  contractKind: "linear",
  priceMultiplier: 1,
  baseUnitsPerContract: 1,
  maxLeverage: 100,
  listed,
});

function judge({ status, contentType, retryAfterMs, text }: Answer): Verdict {
  if (status === 451) return { type: "blocked", reason: "451 for this place" };
  if (status === 429) return { type: "rate-limited", reason: "429", retryAfterMs };
  if (status === 418) return { type: "banned", reason: "418", untilMs: Number(text) || null };
  if (status === 503) return { type: "maintenance", reason: "503", retryAfterMs };
  if (status === 400) return { type: "bad-symbol", reason: `unknown: ${text}` };
  if (status !== 200) return { type: "malformed", reason: `status ${status}` };
  if (!contentType.includes("json")) return { type: "malformed", reason: `content type ${contentType}` };
  return { type: "ok" };
}

/** The wire is a list of half-filled observations; a row without `kind` is a reject. */
function parse(kind: string, payload: unknown, context: ParseContext) {
  const observations: Observation[] = [];
  const instruments: Instrument[] = [];
  const rejects: Reject[] = [];
  for (const row of payload as Record<string, unknown>[]) {
    if (row["venueSymbol"] !== undefined) instruments.push(row as unknown as Instrument);
    else if (row["kind"] === undefined) {
      rejects.push({ venue: "binance", kind, path: "0", reason: "no kind", sample: JSON.stringify(row) });
    } else {
      const stamps = { venue: "binance", exchangeTime: context.receivedAt, receivedAt: context.receivedAt };
      observations.push({ ...stamps, ...row } as unknown as Observation);
    }
  }
  return { observations, instruments, brackets: [], rejects };
}

export const fakeAdapter: VenueAdapter = {
  id: "binance",
  name: "Fake",
  restBase: "https://fake.example",
  streamBase: null,
  locationHint: "apac",
  budget: { weight: 1_000, windowMs: 60_000, source: "made up" },
  tellsTime: ["openInterest", "markPrice"],
  plan: [
    { kind: "premium-index", scope: "venue", cadence: "poll" },
    { kind: "open-interest", scope: "symbol", cadence: "poll" },
    { kind: "klines", scope: "symbol", cadence: "minute" },
  ],
  history: {
    candles: { kind: "klines", stepMs: MINUTE_MS, maxRows: 100, reachMs: null },
    openInterest: { kind: "open-interest-history", stepMs: 5 * MINUTE_MS, maxRows: 21, reachMs: null },
  },
  lacks: [],
  stream: null,
  defaultVenueSymbol: (symbol) => `${symbol}USDT`,
  defaultInstrument: (symbol) => instrumentOf(symbol),
  request(kind, args) {
    const query = Object.entries(args).map(([name, value]) => `${name}=${value}`);
    const path = `/${kind}?${query.join("&")}`;
    return { kind, method: "GET", path, body: null, venueSymbol: args.venueSymbol, weight: 1 };
  },
  judge,
  parse,
  parses: ["premium-index", "open-interest", "klines", "open-interest-history", "liquidation-orders"],
};

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json", ...headers } });

export function candle(symbol: string, openTime: number, closed = true) {
  const prices = { open: 1, high: 2, low: 1, close: 2, volumeBase: 10, takerBuyBase: 5 };
  return { kind: "candle", symbol, openTime, intervalMs: MINUTE_MS, closed, ...prices };
}

export function liquidation(symbol: string, exchangeTime: number, sizeBase = 1): Liquidation {
  const where = { venue: "binance", symbol, exchangeTime, receivedAt: exchangeTime } as const;
  return { kind: "liquidation", ...where, side: "long", price: 100, priceKind: "fill", sizeBase, notionalUsd: 100 };
}

export interface Call {
  kind: string;
  venueSymbol: string | null;
  fromMs: number | null;
  toMs: number | null;
  limit: number | null;
}

export type Answering = (call: Call, now: number) => Response | Promise<Response>;

/** The answers of a venue in good health. */
export const healthy: Answering = ({ kind, venueSymbol, fromMs, toMs }, now) => {
  const symbol = venueSymbol?.replace("USDT", "") ?? "";
  const minute = Math.floor(now / MINUTE_MS) * MINUTE_MS;
  if (kind === "premium-index") {
    return json(["BTC", "ETH", "SOL"].map((one) => ({ kind: "markPrice", symbol: one, markPrice: 1, indexPrice: 1 })));
  }
  if (kind === "open-interest")
    return json([{ kind: "openInterest", symbol, openInterestBase: 5, openInterestUsd: null }]);
  if (kind === "open-interest-history") {
    const rows = [];
    for (let at = fromMs ?? 0; at < (toMs ?? 0); at += 5 * MINUTE_MS) {
      rows.push({ kind: "openInterest", symbol, openInterestBase: 5, openInterestUsd: null, exchangeTime: at });
    }
    return json(rows);
  }
  if (fromMs === null) return json([candle(symbol, minute - MINUTE_MS), candle(symbol, minute, false)]);
  const rows = [];
  for (let at = fromMs; at < (toMs ?? minute); at += MINUTE_MS) rows.push(candle(symbol, at));
  return json(rows);
};

export function bench(options: {
  symbols?: string[];
  adapter?: Partial<VenueAdapter>;
  settings?: { busySymbols: number; busyPollMs: number; tailPollMs: number };
  memory?: FeedMemory | null;
  speed?: number;
  stream?: FeedOptions["stream"];
  random?: () => number;
}) {
  const speed = options.speed ?? 1;
  const world = {
    wallMs: START,
    answer: healthy,
    reply: (_batch: ObservationBatch): IngestReply | Promise<IngestReply> => ({ nextMinuteMs: null, needs: null }),
  };
  const calls: Call[] = [];
  const batches: ObservationBatch[] = [];
  const wall = () => world.wallMs;
  const market = { now: () => START + Math.floor((world.wallMs - START) * speed) };
  const adapter = { ...fakeAdapter, ...options.adapter };
  const pace = paceOf(options.settings ?? { busySymbols: 5, busyPollMs: 5_000, tailPollMs: 15_000 }, speed);
  const fetch = async (url: string) => {
    const { pathname, searchParams } = new URL(url);
    const number = (name: string) => (searchParams.has(name) ? Number(searchParams.get(name)) : null);
    const venueSymbol = searchParams.get("venueSymbol");
    const call = {
      kind: pathname.slice(1),
      venueSymbol: venueSymbol === "null" ? null : venueSymbol,
      fromMs: number("fromMs"),
      toMs: number("toMs"),
      limit: number("limit"),
    };
    calls.push(call);
    return world.answer(call, market.now());
  };
  const newFeed = (memory: FeedMemory | null) =>
    new Feed({
      name: "binance#1",
      adapter,
      symbols: options.symbols ?? ["BTC", "ETH"],
      pace,
      speed,
      market,
      wall,
      random: options.random ?? (() => 0.5),
      pause: async (ms) => {
        world.wallMs += ms;
      },
      send: exchangeHttp({ base: adapter.restBase, fetch, wall }),
      deliver: async (batch) => {
        const reply = await world.reply(batch);
        batches.push(structuredClone(batch));
        return reply;
      },
      stream: options.stream ?? null,
      memory,
    });
  const feed = newFeed(options.memory ?? null);
  return {
    world,
    calls,
    batches,
    feed,
    newFeed,
    market,
    /** Ticks once, then lets the time of one step pass; returns what that tick asked and sent. */
    async tick(waitMs = pace.stepMs) {
      const before = { calls: calls.length, batches: batches.length };
      await feed.tick();
      world.wallMs += waitMs;
      return { calls: calls.slice(before.calls), batches: batches.slice(before.batches) };
    },
  };
}
