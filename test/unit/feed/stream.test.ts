import { describe, expect, test } from "vitest";
import { Stream, type StreamSocket } from "../../../durable-objects/feed/stream.ts";
import type { StreamPlan } from "../../../src/shared/venue/venue.ts";
import { bench, healthy, json, liquidation, START } from "./fake-venue.ts";

const plan: StreamPlan = {
  rules: { heardWithinMs: 30_000, messages: null, connections: null, topics: null, source: "none" },
  path: (venueSymbols) => `/ws/${venueSymbols.join("/")}`,
  subscribe: (venueSymbols) => [JSON.stringify({ op: "subscribe", args: venueSymbols })],
  ping: { message: "ping", everyMs: 20_000 },
  silenceMs: 60_000,
  acknowledges: false,
  answerOf: () => null,
  kindOf: (payload) => (Array.isArray(payload) ? "liquidation-stream" : null),
};

class FakeSocket implements StreamSocket {
  binaryType = "blob";
  sent: string[] = [];
  closed = false;
  readonly url: string;
  readonly #listeners = new Map<string, (event: object) => void>();

  constructor(url: string) {
    this.url = url;
  }
  send(text: string) {
    this.sent.push(text);
  }
  close() {
    this.closed = true;
  }
  addEventListener(type: string, listener: (event: object) => void) {
    this.#listeners.set(type, listener);
  }
  fire(type: "open" | "message" | "close" | "error", data?: unknown) {
    this.#listeners.get(type)?.({ type, data });
  }
}

function newStream() {
  const sockets: FakeSocket[] = [];
  const world = { wallMs: START };
  const payloads: unknown[] = [];
  const bugs: unknown[] = [];
  const stream = new Stream({
    plan,
    base: "wss://fake.example",
    open: (url) => {
      sockets.push(new FakeSocket(url));
      return sockets.at(-1)!;
    },
    wall: () => world.wallMs,
    random: () => 1,
    tickMs: 5_000,
    onPayload: (kind, payload) => {
      if (JSON.stringify(payload) === '["bug"]') throw new Error("bug");
      payloads.push([kind, payload]);
    },
    onBug: (error) => bugs.push(error),
  });
  const tend = (afterMs = 0, venueSymbols = ["BTCUSDT"]) => {
    world.wallMs += afterMs;
    stream.tend(venueSymbols, true);
  };
  return { stream, sockets, world, payloads, bugs, tend };
}

describe("a connection", () => {
  test("asks for array buffers before anything arrives, subscribes once open", () => {
    const { sockets, tend } = newStream();
    tend();
    expect(sockets[0]).toMatchObject({ url: "wss://fake.example/ws/BTCUSDT", binaryType: "arraybuffer", sent: [] });
    sockets[0]!.fire("open");
    expect(sockets[0]!.sent).toEqual(['{"op":"subscribe","args":["BTCUSDT"]}']);
  });

  test("text and binary messages are read, pongs and acknowledgements are not payloads", () => {
    const { sockets, tend, payloads, stream } = newStream();
    tend();
    sockets[0]!.fire("open");
    sockets[0]!.fire("message", "pong");
    sockets[0]!.fire("message", '{"success":true}');
    sockets[0]!.fire("message", "[1]");
    sockets[0]!.fire("message", new TextEncoder().encode("[2]").buffer);
    expect(payloads).toEqual([
      ["liquidation-stream", [1]],
      ["liquidation-stream", [2]],
    ]);
    expect(stream.report()).toMatchObject({ state: "open", messages: 4 });
  });

  test("is heard from its own first message to its newest; a closed one is not heard", () => {
    const { sockets, tend, stream, world } = newStream();
    tend();
    sockets[0]!.fire("open");
    expect(stream.heard()).toBeNull();
    sockets[0]!.fire("message", "pong");
    world.wallMs += 5_000;
    sockets[0]!.fire("message", "pong");
    expect(stream.heard()).toEqual({ fromMs: START, toMs: START + 5_000 });
    sockets[0]!.fire("close");
    expect(stream.heard()).toBeNull();
    tend(60_000);
    sockets[1]!.fire("open");
    sockets[1]!.fire("message", "pong");
    expect(stream.heard()).toEqual({ fromMs: START + 65_000, toMs: START + 65_000 });
  });

  test("an error of our own in one message leaves the connection standing", () => {
    const { sockets, tend, payloads, bugs } = newStream();
    tend();
    sockets[0]!.fire("open");
    sockets[0]!.fire("message", '["bug"]');
    sockets[0]!.fire("message", "[1]");
    expect([bugs.length, payloads.length]).toEqual([1, 1]);
  });

  test("pings at its period", () => {
    const { sockets, tend } = newStream();
    tend();
    sockets[0]!.fire("open");
    for (let i = 0; i < 9; i += 1) tend(5_000);
    expect(sockets[0]!.sent.filter((text) => text === "ping")).toHaveLength(2);
  });
});

describe("losing it", () => {
  test("silence is noticed by the tick and leads to a new connection with a growing wait", () => {
    const { sockets, tend, stream } = newStream();
    tend();
    sockets[0]!.fire("open");
    sockets[0]!.fire("message", "pong");
    tend(60_001);
    expect(sockets[0]!.closed).toBe(true);
    expect(stream.report()).toMatchObject({ state: "waiting", lastReason: "silent for more than 60000 ms" });
    tend(999);
    expect(sockets).toHaveLength(1);
    tend(1);
    expect(sockets).toHaveLength(2);
    sockets[1]!.fire("close");
    tend(1_999);
    expect(sockets).toHaveLength(2);
    tend(1);
    expect(sockets).toHaveLength(3);
  });

  test("the gap runs from the last message to the first after it", () => {
    const { sockets, tend, stream } = newStream();
    tend();
    sockets[0]!.fire("open");
    sockets[0]!.fire("message", "pong");
    tend(10_000);
    sockets[0]!.fire("close");
    tend(5_000);
    sockets[1]!.fire("open");
    sockets[1]!.fire("message", "pong");
    expect(stream.report().lastGap).toEqual({ fromMs: START, toMs: START + 15_000 });
  });

  test("an event of a socket that was given up changes nothing", () => {
    const { sockets, tend, stream, payloads } = newStream();
    tend();
    tend(10_001);
    expect(stream.report().state).toBe("waiting");
    sockets[0]!.fire("open");
    sockets[0]!.fire("message", "[1]");
    sockets[0]!.fire("close");
    expect(payloads).toEqual([]);
    expect(stream.report()).toMatchObject({ state: "waiting", reconnects: 1 });
  });

  test("another set of contracts means another connection", () => {
    const { sockets, tend } = newStream();
    tend();
    sockets[0]!.fire("open");
    tend(0, ["BTCUSDT", "ETHUSDT"]);
    tend(2_000, ["BTCUSDT", "ETHUSDT"]);
    expect(sockets[1]!.url).toBe("wss://fake.example/ws/BTCUSDT/ETHUSDT");
  });

  test("a stream that is only briefly away is not called down", () => {
    const { sockets, tend, stream } = newStream();
    tend();
    expect(stream.down(30_000)).toBeNull();
    sockets[0]!.fire("error");
    tend(30_000);
    expect(stream.down(30_000)).toBe("liquidation stream down: connection failed");
  });
});

describe("in a feed", () => {
  function streaming() {
    const sockets: FakeSocket[] = [];
    const open = (url: string) => {
      sockets.push(new FakeSocket(url));
      return sockets.at(-1)!;
    };
    return {
      sockets,
      ...bench({ symbols: ["BTC"], adapter: { stream: plan }, stream: { base: "wss://fake.example", open } }),
    };
  }

  test("streamed liquidations travel with the next tick, each once", async () => {
    const { sockets, tick } = streaming();
    await tick();
    sockets[0]!.fire("open");
    const message = JSON.stringify([
      liquidation("BTC", START + 1),
      liquidation("BTC", START + 1),
      liquidation("DOGE", START),
    ]);
    sockets[0]!.fire("message", message);
    sockets[0]!.fire("message", message);
    const kinds = (await tick()).batches.flatMap(({ observations }) => observations.map(({ kind }) => kind));
    expect(kinds.filter((kind) => kind === "liquidation")).toHaveLength(2);
  });

  test("beside answers that cannot be read it is not the reason: that names what is missing and the last reject", async () => {
    const { feed, sockets, tick, world } = streaming();
    const after = async (ticks: number) => {
      for (let i = 0; i < ticks; i += 1) {
        await tick();
        sockets.at(-1)?.fire("error");
      }
      return feed.report().symbols[0]?.status;
    };
    const unreadable = ({ kind }: { kind: string }) => json(kind === "open-interest" ? [{ renamed: 5 }] : []);
    world.answer = unreadable;
    expect(await after(12)).toMatchObject({
      state: "stale",
      reason: "no open interest yet: rows cannot be read, last: 0 no kind",
    });
    world.answer = healthy;
    expect(await after(12)).toMatchObject({ state: "degraded", reason: expect.stringContaining("stream down") });
    world.answer = unreadable;
    expect(await after(12)).toMatchObject({
      state: "stale",
      reason: "no open interest: rows cannot be read, last: 0 no kind",
    });
    expect(await after(24)).toMatchObject({
      state: "stale",
      reason: "no open interest for 3 min: 36 rows could not be read, last: 0 no kind",
    });
  });

  test("a dead stream degrades and never stops polling", async () => {
    const { sockets, tick } = streaming();
    const seen: string[] = [];
    for (let i = 0; i < 9; i += 1) {
      const { batches, calls } = await tick();
      sockets.at(-1)?.fire("error");
      expect(calls.length).toBeGreaterThan(0);
      seen.push(batches[0]!.status.state);
    }
    expect(seen.slice(0, 6)).toEqual(Array(6).fill("live"));
    expect(seen.at(-1)).toBe("degraded");
  });

  test("a blocked venue is not connected to", async () => {
    const { sockets, tick, world } = streaming();
    world.answer = () => json({}, 451);
    await tick();
    sockets[0]!.fire("error");
    for (let i = 0; i < 20; i += 1) await tick();
    expect(sockets).toHaveLength(1);
  });

  test("every batch says when the stream was heard, in market time", async () => {
    const { sockets, tick } = streaming();
    const first = await tick();
    expect(first.batches[0]?.listening).toBeNull();
    sockets[0]!.fire("open");
    sockets[0]!.fire("message", "pong");
    const second = await tick();
    const heard = second.batches[0]?.listening;
    expect(heard?.fromMs).toBeGreaterThanOrEqual(START);
    expect(heard?.toMs).toBe(heard?.fromMs);
    sockets[0]!.fire("close");
    expect((await tick()).batches[0]?.listening).toBeNull();
  });
});
