// From a batch to server-sent events: hub, relay, the socket between them and the Worker, resumption, room and leaving.

import { runInDurableObject } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { MINUTE_MS } from "../../src/shared/time/clock.ts";
import { eventStream } from "../../workers/api/stream/event-stream.ts";
import { closedMinute, DAY0, historyAnswer } from "../support/batches.ts";

vi.setConfig({ testTimeout: 30_000 });

let minute = 0;
const hub = () => env.SYMBOL_HUB.getByName("BTC");
const relay = () => env.FANOUT_RELAY.getByName("BTC");
const ask = (path: string, init: RequestInit = {}) => exports.default.fetch(`http://faultline${path}`, init);

/** The next minute of the only exchange: one frame. */
async function tick(): Promise<void> {
  const sent = closedMinute("okx", DAY0 + minute * MINUTE_MS);
  minute += 1;
  const { needs } = await hub().ingest(sent);
  if (needs !== null) await hub().ingest(historyAnswer("okx", sent.sentAt, needs));
}

interface Event {
  event: string;
  id: number;
  data: { type: string; seq: number; symbol: string };
}

interface Client {
  response: Response;
  text: () => string;
  events: () => Event[];
  /** The i-th event, waited for. */
  event: (i: number) => Promise<Event>;
  leave: () => Promise<void>;
  ended: Promise<void>;
}

const open: Client[] = [];

async function connect(query = "symbol=BTC", headers: Record<string, string> = {}): Promise<Client> {
  const response = await ask(`/v1/events?${query}`, { headers });
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/event-stream; charset=utf-8"]);
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let text = "";
  const ended = (async () => {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      text += decoder.decode(part.value, { stream: true });
    }
  })().catch(() => undefined);
  const events = () => text.split("\n\n").slice(0, -1).flatMap(parse);
  const event = (i: number) =>
    vi.waitFor(() => {
      expect(events().length).toBeGreaterThan(i);
      return events()[i] as Event;
    });
  const client = { response, text: () => text, events, event, leave: () => reader.cancel(), ended };
  open.push(client);
  return client;
}

function parse(block: string): Event[] {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(block)?.[1];
  const data = field("data");
  if (data === undefined) return [];
  return [{ event: field("event") ?? "", id: Number(field("id")), data: JSON.parse(data) as Event["data"] }];
}

const sockets = () => runInDurableObject(relay(), (_, state) => state.getWebSockets().length);

beforeAll(async () => {
  const now = String(DAY0 + 60 * MINUTE_MS);
  const vars = {
    CLOCK_MARKET_ORIGIN_MS: now,
    CLOCK_WALL_ORIGIN_MS: "0",
    CLOCK_END_MS: now,
    HISTORY_MS: String(20 * MINUTE_MS),
    VENUES: "okx",
    SYMBOLS: "BTC",
    DATA_SOURCE: "replay",
  };
  for (const [name, value] of Object.entries(vars)) Reflect.set(env, name, value);
  await tick();
  await tick();
});

afterEach(async () => {
  for (const client of open.splice(0)) await client.leave();
});

describe("a client", () => {
  test("gets the whole column, then what changes, each event with its type and number", async () => {
    const client = await connect();
    const first = await client.event(0);
    expect(first.event).toBe("snapshot");
    for (const i of [1, 2, 3]) {
      await tick();
      expect(await client.event(i)).toMatchObject({ event: "delta", id: first.id + i });
    }
    for (const { event, id, data } of client.events())
      expect([data.type, data.seq, data.symbol]).toEqual([event, id, "BTC"]);
  });

  test("is told when to come back, and that nobody may keep or gather the answer", async () => {
    const client = await connect();
    await client.event(0);
    const retryMs = Number(/^retry: (\d+)\n\n/.exec(client.text())?.[1]);
    expect(retryMs).toBeGreaterThanOrEqual(2_000);
    expect(retryMs).toBeLessThanOrEqual(5_000);
    expect(client.response.headers.get("cache-control")).toBe("no-store, no-transform");
    expect(client.response.headers.get("access-control-allow-origin")).toBe("*");
    expect(client.response.headers.get("ratelimit")).toContain("local");
  });

  test("gets the same messages as a WebSocket with the same filter", async () => {
    const query = "symbol=BTC&side=long&range=7d";
    const client = await connect(query);
    const upgraded = await ask(`/v1/stream?${query}`, { headers: { upgrade: "websocket" } });
    const texts: string[] = [];
    upgraded.webSocket?.addEventListener("message", ({ data }) => {
      texts.push(String(data));
    });
    upgraded.webSocket?.accept();
    await tick();
    await tick();
    await client.event(2);
    await vi.waitFor(() => expect(texts).toHaveLength(3));
    expect(client.events().map(({ data }) => data)).toEqual(texts.map((text) => JSON.parse(text) as object));
    upgraded.webSocket?.close(1000);
  });

  test("resumes after the event it had last, however it says so", async () => {
    const client = await connect();
    const { id } = await client.event(0);
    await tick();
    await tick();
    await client.event(2);
    const byHeader = await connect("symbol=BTC&since=1", { "last-event-id": String(id) });
    const byParameter = await connect(`symbol=BTC&since=${id}`);
    for (const back of [byHeader, byParameter]) {
      await back.event(1);
      expect(back.events()).toEqual(client.events().slice(1, 3));
    }
    expect(await (await connect("symbol=BTC", { "last-event-id": "1" })).event(0)).toMatchObject({
      event: "snapshot",
      id: id + 2,
    });
  });

  test("that leaves leaves the relay too", async () => {
    const client = await connect();
    await client.event(0);
    const before = await sockets();
    await client.leave();
    await vi.waitFor(async () => expect(await sockets()).toBe(before - 1));
  });

  test("whose relay goes away is sent to its end, to come back", async () => {
    const client = await connect();
    await client.event(0);
    await runInDurableObject(relay(), (_, state) => {
      for (const socket of state.getWebSockets()) socket.close(4503, "restart");
    });
    await client.ended;
    expect(client.events()).toHaveLength(1);
  });
});

describe("before a stream begins", () => {
  test.each([
    ["symbol=BTC&range=2h", {}, 400, "invalid-parameter"],
    ["symbol=BTC&format=bin", {}, 400, "unknown-parameter"],
    ["range=24h", {}, 400, "invalid-parameter"],
    ["symbol=NOPE", {}, 404, "unknown-symbol"],
    ["symbol=BTC&since=-1", {}, 400, "invalid-parameter"],
    ["symbol=BTC", { "last-event-id": "x".repeat(100) }, 400, "invalid-parameter"],
    ["symbol=BTC&ticket=forged", {}, 401, "invalid-ticket"],
  ])("%s %o is a problem with status %i", async (query, headers, status, code) => {
    const response = await ask(`/v1/events?${query}`, { headers });
    expect([response.status, response.headers.get("content-type")]).toEqual([status, "application/problem+json"]);
    expect(await response.json()).toMatchObject({ code });
  });

  test("HEAD says what would come and opens nothing; OPTIONS names the methods; POST is refused", async () => {
    const before = await sockets();
    const head = await ask("/v1/events?symbol=BTC", { method: "HEAD" });
    expect([head.status, head.headers.get("content-type"), await head.text()]).toEqual([
      200,
      "text/event-stream; charset=utf-8",
      "",
    ]);
    expect(await sockets()).toBe(before);
    const options = await ask("/v1/events", { method: "OPTIONS", headers: { origin: "https://a.example" } });
    expect([options.status, options.headers.get("allow")]).toEqual([204, "GET, HEAD, OPTIONS"]);
    expect(options.headers.get("access-control-allow-headers")).toContain("Last-Event-ID");
    expect((await ask("/v1/events?symbol=BTC", { method: "POST" })).status).toBe(405);
  });

  test("an address has as many streams as its plan, of both kinds together", async () => {
    const from = { "cf-connecting-ip": "203.0.113.9" };
    for (let i = 0; i < 10; i++) await (await connect("symbol=BTC", from)).event(0);
    const eleventh = await ask("/v1/events?symbol=BTC", { headers: from });
    expect([eleventh.status, eleventh.headers.get("retry-after")]).toEqual([429, "10"]);
    expect(await eleventh.json()).toMatchObject({ code: "rate-limited" });
    const other = await connect("symbol=BTC", { "cf-connecting-ip": "203.0.113.10" });
    expect((await other.event(0)).event).toBe("snapshot");
  });
});

describe("the stream between relay and client", () => {
  const pair = () => {
    const { 0: own, 1: relaySide } = new WebSocketPair();
    relaySide.accept();
    const closed = new Promise<void>((resolve) => {
      relaySide.addEventListener("close", () => resolve());
    });
    return { own, relaySide, closed };
  };

  test("a client that takes less than it is sent is let go", async () => {
    const { own, relaySide, closed } = pair();
    const stream = eventStream(own, 1_000);
    const large = JSON.stringify({ v: 1, type: "resync", seq: 1, reason: "x".repeat(100_000) });
    for (let i = 0; i < 12; i++) relaySide.send(large);
    await closed;
    // held until here, as an answer holds it: what nobody holds may be collected, socket and all
    await stream.cancel();
  });

  test("a quiet one is kept open with comments, and what is no message is not passed on", async () => {
    const { own, relaySide } = pair();
    const reader = eventStream(own, 1_000, 5).getReader() as ReadableStreamDefaultReader<Uint8Array>;
    relaySide.send("pong");
    relaySide.send(new Uint8Array([1, 2, 3]));
    let text = "";
    while (!text.includes(": ping\n\n: ping\n\n")) text += new TextDecoder().decode((await reader.read()).value);
    expect(text).toMatch(/^retry: 1000\n\n(: ping\n\n)+$/);
    await reader.cancel();
  });
});
