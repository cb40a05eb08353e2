// What the exchanges answer to subscriptions: only a stream that was accepted listens, and a refusal is told.
import { describe, expect, test } from "vitest";
import { Stream, type StreamSocket } from "../../../durable-objects/feed/stream.ts";
import type { VenueId } from "../../../src/shared/market/symbol.ts";
import { SECOND_MS } from "../../../src/shared/time/clock.ts";
import { ADAPTERS, adapterOf } from "../../../src/shared/venue/registry.ts";
import { bench, fakeAdapter, START } from "./fake-venue.ts";

const TICK_MS = 5 * SECOND_MS;

const REFUSALS: [VenueId, object, string][] = [
  ["bybit", { success: false, ret_msg: "Invalid topic: x", conn_id: "c", op: "subscribe" }, "Invalid topic: x"],
  ["okx", { event: "error", code: "60012", msg: "Invalid request", connId: "c" }, "60012: Invalid request"],
  ["bitget", { event: "error", code: 30_001, msg: "no such topic" }, "30001: no such topic"],
  [
    "gate",
    { channel: "futures.public_liquidates", event: "subscribe", error: { code: 2, message: "unknown contract" } },
    "2: unknown contract",
  ],
  ["dydx", { type: "error", message: "channel 'x' not found", connection_id: "c" }, "channel 'x' not found"],
  ["binance", { error: { code: 2, msg: "Invalid request" }, id: 1 }, "2: Invalid request"],
];

const ACCEPTANCES: [VenueId, object[]][] = [
  ["bybit", [{ success: true, ret_msg: "", conn_id: "c", op: "subscribe" }]],
  ["okx", [{ event: "subscribe", arg: { channel: "liquidation-orders", instType: "SWAP" }, connId: "c" }]],
  ["bitget", [{ event: "subscribe", arg: { instType: "usdt-futures", topic: "liquidation" } }]],
  ["gate", [{ channel: "futures.public_liquidates", event: "subscribe", error: null, result: { status: "success" } }]],
  [
    "dydx",
    [
      { type: "subscribed", channel: "v4_markets", contents: { markets: {} } },
      { type: "subscribed", channel: "v4_trades", id: "BTC-USD", contents: { trades: [] } },
    ],
  ],
];

const PONGS: Partial<Record<VenueId, object>> = {
  bybit: { success: true, ret_msg: "pong", conn_id: "c", op: "ping" },
  gate: { time: 0, channel: "futures.pong", event: "", result: null },
  dydx: { type: "connected", connection_id: "c" },
};

/** A stream of a real adapter whose socket says only what the test has it say. */
function streamOf(id: VenueId) {
  const plan = adapterOf(id).stream!;
  const world = { wallMs: START };
  const payloads: [string, unknown][] = [];
  const sockets: { say(message: object | string): void; open(): void; closed: boolean }[] = [];
  const open = (): StreamSocket => {
    const listeners = new Map<string, (event: object) => void>();
    const socket = {
      say: (message: object | string) =>
        listeners.get("message")?.({ data: typeof message === "string" ? message : JSON.stringify(message) }),
      open: () => listeners.get("open")?.({}),
      closed: false,
    };
    sockets.push(socket);
    return {
      binaryType: "blob",
      send: () => {},
      close() {
        socket.closed = true;
      },
      addEventListener: (type, listener) => void listeners.set(type, listener),
    };
  };
  const stream = new Stream({
    ...{ plan, base: "wss://fake.example", open, tickMs: TICK_MS, wall: () => world.wallMs, random: () => 1 },
    onPayload: (kind, payload) => payloads.push([kind, payload]),
    onBug: (error) => {
      throw error;
    },
  });
  const tend = (afterMs = 0) => {
    world.wallMs += afterMs;
    stream.tend([adapterOf(id).defaultVenueSymbol("BTC")], true);
  };
  tend();
  sockets[0]!.open();
  return { stream, sockets, payloads, tend, plan };
}

describe.each(REFUSALS)("%s refuses", (id, refusal, reason) => {
  test("the stream says why, listens to nothing and is asked again with growing waits", () => {
    const { stream, sockets, payloads, tend } = streamOf(id);
    sockets[0]!.say(refusal);
    expect(stream.report()).toMatchObject({
      state: "waiting",
      lastReason: `the exchange refused the subscription: ${reason}`,
    });
    expect([stream.heard(), sockets[0]!.closed]).toEqual([null, true]);
    expect(payloads).toEqual([["stream-subscribe-ack", refusal]]);
    const connectedAt: number[] = [];
    for (let second = 1; second <= 120; second += 1) {
      const before = sockets.length;
      tend(SECOND_MS);
      if (sockets.length === before) continue;
      connectedAt.push(second);
      sockets.at(-1)!.open();
      sockets.at(-1)!.say(refusal);
    }
    // waits of 1, 2, 4, 8, 16 and then 30 s
    expect(connectedAt).toEqual([1, 3, 7, 15, 31, 61, 91]);
    expect(stream.down(30_000)).toContain(reason);
    expect(stream.heard()).toBeNull();
  });

  test("an error on a stream that listens ends its listening", () => {
    const { stream, sockets, tend } = streamOf(id);
    for (const message of ACCEPTANCES.find(([venue]) => venue === id)?.[1] ?? ["pong"]) sockets[0]!.say(message);
    tend(SECOND_MS);
    expect(stream.heard()).not.toBeNull();
    sockets[0]!.say(refusal);
    expect(stream.heard()).toBeNull();
    expect(stream.report().state).toBe("waiting");
  });

  test("the refusal is a reject with its reason", () => {
    const context = { receivedAt: START, venueSymbol: null, instruments: new Map() };
    const { rejects } = adapterOf(id).parse("stream-subscribe-ack", refusal, context);
    expect(rejects).toMatchObject([{ venue: id, reason: `the subscription was refused: ${reason}` }]);
  });
});

describe.each(ACCEPTANCES)("%s accepts", (id, acceptances) => {
  test("listening begins with the last answer, not with the socket or a pong", () => {
    const { stream, sockets, tend, plan } = streamOf(id);
    expect(plan.acknowledges).toBe(true);
    sockets[0]!.say(PONGS[id] ?? "pong");
    expect([stream.heard(), stream.report().state]).toEqual([null, "subscribing"]);
    for (const message of acceptances) {
      tend(SECOND_MS);
      expect(stream.heard()).toBeNull();
      sockets[0]!.say(message);
    }
    const fromMs = START + acceptances.length * SECOND_MS;
    expect(stream.heard()).toEqual({ fromMs, toMs: fromMs });
    expect(stream.report().state).toBe("open");
  });

  test("a subscription that nobody answers is given up, however lively the pongs", () => {
    const { stream, sockets, tend, plan } = streamOf(id);
    for (let waitedMs = 0; waitedMs <= plan.silenceMs; waitedMs += TICK_MS) {
      expect(sockets[0]!.closed).toBe(false);
      sockets[0]!.say(PONGS[id] ?? "pong");
      tend(TICK_MS);
    }
    expect(stream.report().lastReason).toBe(`the subscription was not answered within ${plan.silenceMs} ms`);
  });

  test("its answer is no market data and no reject", () => {
    const context = { receivedAt: START, venueSymbol: null, instruments: new Map() };
    for (const message of acceptances) {
      const parsed = adapterOf(id).parse("stream-subscribe-ack", message, context);
      expect(parsed).toMatchObject({ observations: [], rejects: [] });
    }
  });
});

test("a feed counts the refusal and tells its hubs that nothing is listened to", async () => {
  const { stream, parse } = adapterOf("bybit");
  const [, refusal] = REFUSALS[0]!;
  let say: (message: object) => void = () => {};
  const open = (): StreamSocket => ({
    ...{ binaryType: "blob", send: () => {}, close: () => {} },
    addEventListener: (type, listener) => {
      if (type === "message") say = (message) => listener({ data: JSON.stringify(message) });
      if (type === "open") queueMicrotask(() => listener({}));
    },
  });
  const { feed, tick } = bench({
    symbols: ["BTC"],
    adapter: {
      stream,
      parse: (kind, payload, context) =>
        (kind === "stream-subscribe-ack" ? parse : fakeAdapter.parse)(kind, payload, context),
    },
    stream: { base: "wss://fake.example", open },
  });
  await tick();
  say({ success: true, ret_msg: "", op: "subscribe" });
  expect((await tick()).batches[0]?.listening).not.toBeNull();
  say(refusal);
  expect((await tick()).batches[0]?.listening).toBeNull();
  const { counters } = feed.report();
  expect(counters.rejects["stream-subscribe-ack"]).toMatchObject({
    ...{ count: 1, last: { reason: "the subscription was refused: Invalid topic: x" } },
  });
  expect(counters.bugs).toBe(0);
});

test("a liquidation shows that the stream runs, even if its answer was not understood", () => {
  const { stream, sockets } = streamOf("bybit");
  sockets[0]!.say({ topic: "allLiquidation.BTCUSDT", data: [] });
  expect(stream.heard()).toEqual({ fromMs: START, toMs: START });
});

test("every exchange with a stream is covered here", () => {
  const streams = ADAPTERS.filter(({ stream }) => stream !== null).map(({ id }) => id);
  expect(REFUSALS.map(([id]) => id).sort()).toEqual([...streams].sort());
});
