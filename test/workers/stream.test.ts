// From a batch to the sockets of clients: hub, relay, hibernation, resumption.
import { evictDurableObject } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { FrameReader } from "../../src/client/frames.ts";
import type { DeltaMessage, SnapshotMessage } from "../../src/shared/protocol/messages.ts";
import { MINUTE_MS } from "../../src/shared/time/clock.ts";
import { batch, closedMinute, DAY0, historyAnswer } from "../support/batches.ts";

vi.setConfig({ testTimeout: 30_000 });

type Message = SnapshotMessage | DeltaMessage;

let minute = 0;
const hub = () => env.SYMBOL_HUB.getByName("BTC");
const relay = () => env.FANOUT_RELAY.getByName("BTC");

/** The next minute of the only exchange: one frame. */
async function tick(): Promise<void> {
  const sent = closedMinute("okx", DAY0 + minute * MINUTE_MS);
  minute += 1;
  const { needs } = await hub().ingest(sent);
  if (needs !== null) await hub().ingest(historyAnswer("okx", sent.sentAt, needs));
}

interface Client {
  socket: WebSocket;
  texts: string[];
  /** The i-th message, waited for. */
  message(i: number): Promise<Message>;
  closed: Promise<number>;
}

const open: WebSocket[] = [];

async function connect(query = "symbol=BTC&format=json"): Promise<Client> {
  const response = await exports.default.fetch(`http://faultline/v1/stream?${query}`, {
    headers: { upgrade: "websocket" },
  });
  expect(response.status).toBe(101);
  const socket = response.webSocket as WebSocket;
  const texts: string[] = [];
  socket.addEventListener("message", (event) => {
    texts.push(String(event.data));
  });
  const closed = new Promise<number>((resolve) => {
    socket.addEventListener("close", (event) => {
      resolve(event.code);
    });
  });
  socket.accept();
  open.push(socket);
  const message = (i: number) =>
    vi.waitFor(() => {
      expect(texts.length).toBeGreaterThan(i);
      return JSON.parse(texts[i] ?? "") as Message;
    });
  return { socket, texts, message, closed };
}

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

afterEach(() => {
  for (const socket of open.splice(0)) socket.close(1000);
});

const held = (message: Message) =>
  new Map([
    ...message.longs.map(([b, usd]) => [`L${b}`, usd] as const),
    ...message.shorts.map(([b, usd]) => [`S${b}`, usd] as const),
  ]);

describe("a client", () => {
  test("gets the whole column first, then what changes, numbered without a gap", async () => {
    const client = await connect();
    const snapshot = await client.message(0);
    expect(snapshot).toMatchObject({
      type: "snapshot",
      v: 1,
      symbol: "BTC",
      dataSource: "replay",
      intervalMs: 300_000,
    });
    expect(snapshot.coverage.exchanges).toMatchObject([{ id: "okx", openInterestUsd: expect.any(Number) }]);
    expect(snapshot.longs.length + snapshot.shorts.length).toBeGreaterThan(100);
    for (const i of [1, 2, 3]) {
      await tick();
      const delta = await client.message(i);
      expect([delta.type, delta.seq]).toEqual(["delta", snapshot.seq + i]);
      expect(delta.asOf).toBeGreaterThan(snapshot.asOf);
    }
  });

  test("that adds the deltas up holds exactly what one that connects later is given", async () => {
    const early = await connect();
    const map = held(await early.message(0));
    for (const i of [1, 2, 3, 4]) {
      await tick();
      for (const [level, usd] of held(await early.message(i))) map.set(level, usd);
    }
    const late = held(await (await connect()).message(0));
    // empty levels are not listed in a snapshot
    const full = new Map([...map].filter(([, usd]) => usd !== 0));
    expect(late).toEqual(full);
    expect(full.size).toBeGreaterThan(100);
  });

  test("shares its frames with all who asked for the same, and with nobody else", async () => {
    const [one, two, longs] = [await connect(), await connect(), await connect("symbol=btcusdt&side=long")];
    await Promise.all([one.message(0), two.message(0), longs.message(0)]);
    await tick();
    await Promise.all([one.message(1), two.message(1), longs.message(1)]);
    expect(one.texts[1]).toBe(two.texts[1]);
    const other = await longs.message(1);
    expect(other.longs.length).toBeGreaterThan(0);
    expect(other.shorts).toEqual([]);
    expect((await longs.message(0)).shorts).toEqual([]);
  });

  test("that was away for a moment resumes where it was; one that was away too long starts over", async () => {
    const client = await connect();
    const { seq } = await client.message(0);
    await tick();
    await tick();
    await client.message(2);
    const back = await connect(`symbol=BTC&since=${seq}`);
    await back.message(1);
    expect(back.texts).toEqual(client.texts.slice(1, 3));
    expect(await (await connect("symbol=BTC&since=1")).message(0)).toMatchObject({ type: "snapshot", seq: seq + 2 });
    const uptodate = await connect(`symbol=BTC&since=${seq + 2}`);
    await tick();
    expect(await uptodate.message(0)).toMatchObject({ type: "delta", seq: seq + 3 });
  });

  test("is answered pong to ping, and sent away when it sends anything else", async () => {
    const client = await connect();
    await client.message(0);
    client.socket.send("ping");
    await vi.waitFor(() => expect(client.texts[1]).toBe("pong"));
    client.socket.send("subscribe everything");
    expect(await client.closed).toBe(4400);
  });
});

describe("objects that slept", () => {
  test("a relay that hibernated answers pings and passes the next frame on", async () => {
    const client = await connect();
    const { seq } = await client.message(0);
    await evictDurableObject(relay(), { webSockets: "hibernate" });
    client.socket.send("ping");
    await vi.waitFor(() => expect(client.texts[1]).toBe("pong"));
    await tick();
    expect(await client.message(2)).toMatchObject({ type: "delta", seq: seq + 1 });
  });

  test("a hub that was restarted sends its clients the whole column, and the numbers go on", async () => {
    const client = await connect();
    const { seq } = await client.message(0);
    await evictDurableObject(hub());
    await tick();
    expect(await client.message(1)).toMatchObject({ type: "snapshot", seq: seq + 1 });
    await tick();
    expect(await client.message(2)).toMatchObject({ type: "delta", seq: seq + 2 });
  });

  test("a hub whose last client has left sends nothing, and takes up again with the next one", async () => {
    const gone = await connect("symbol=BTC&side=short");
    const { seq } = await gone.message(0);
    gone.socket.close(1000);
    for (let i = 0; i < 3; i++) await tick();
    const next = await connect("symbol=BTC&side=short");
    expect(await next.message(0)).toMatchObject({ type: "snapshot", seq: seq + 3 });
    await tick();
    expect(await next.message(1)).toMatchObject({ seq: seq + 4 });
  });
});

describe("frames that cross a client's connecting", () => {
  test("a client never gets a change before the column it changes", async () => {
    const first = await connect();
    await first.message(0);
    for (let round = 0; round < 6; round++) {
      const [client] = await Promise.all([connect(), tick(), tick()]);
      await tick();
      await vi.waitFor(() => expect(client.texts.length).toBeGreaterThan(1));
      const messages = client.texts.map((text) => JSON.parse(text) as Message);
      expect(messages[0]?.type).toBe("snapshot");
      for (const [i, message] of messages.entries()) expect(message.seq).toBe((messages[0]?.seq ?? 0) + i);
    }
  });
});

test("after a hole that history has filled, clients are told to read it again, once", async () => {
  const client = await connect();
  await client.message(0);
  minute += 20;
  await tick();
  await tick();
  await tick();
  const resyncs = () => client.texts.filter((text) => (JSON.parse(text) as { type: string }).type === "resync");
  await vi.waitFor(() => expect(resyncs()).toHaveLength(1));
  await tick();
  await tick();
  const newest = (await hub().report()).asOf;
  await vi.waitFor(() => expect(client.texts.some((text) => text.includes(`"asOf":${newest}`))).toBe(true));
  expect(resyncs()).toHaveLength(1);
});

test("minutes that are not served are a gap; when they come after all, clients are told to read again", async () => {
  const client = await connect();
  await client.message(0);
  const told = (type: string) =>
    client.texts.map((text) => JSON.parse(text) as { type: string }).filter((message) => message.type === type);
  const from = DAY0 + minute * MINUTE_MS;
  const range = { fromMs: from, toMs: from + 3 * MINUTE_MS };
  const venue = "okx" as const;
  minute += 3;
  const missing = [{ ...range, reason: "not served" }];
  await hub().ingest(batch(venue, range.toMs + 1_000, [], { history: { range, missing } }));
  await vi.waitFor(() => expect(told("gap")).toHaveLength(1));
  expect(told("gap")[0]).toMatchObject({ v: 1, exchange: venue, fromMs: range.fromMs, reason: "not served" });
  const openGap = async () => (await hub().report()).venues.find(({ id }) => id === venue)?.gap;
  expect(await openGap()).toEqual({ fromMs: range.fromMs, reason: "not served" });
  await hub().ingest(historyAnswer(venue, range.toMs + 2_000, range));
  expect(await openGap()).toBeNull();
  await tick();
  await tick();
  await vi.waitFor(() => expect(told("resync").length).toBeGreaterThan(0));
  expect(told("gap")).toHaveLength(1);
});

describe("frames of bytes", () => {
  const connectBinary = async (query: string) => {
    const response = await exports.default.fetch(`http://faultline/v1/stream?${query}&format=bin`, {
      headers: { upgrade: "websocket" },
    });
    const socket = response.webSocket as WebSocket;
    socket.binaryType = "arraybuffer";
    const frames: Uint8Array[] = [];
    socket.addEventListener("message", ({ data }) => {
      if (data instanceof ArrayBuffer) frames.push(new Uint8Array(data));
    });
    socket.accept();
    open.push(socket);
    return frames;
  };

  test("say what the texts say, in a fraction of the bytes, and are the same for all who have them", async () => {
    const text = await connect("symbol=BTC&side=short");
    const one = await connectBinary("symbol=BTC&side=short");
    const two = await connectBinary("symbol=BTC&side=short");
    for (let i = 1; i <= 3; i++) await tick();
    await text.message(3);
    await vi.waitFor(() => expect([one.length, two.length]).toEqual([4, 4]));
    expect(one).toEqual(two);
    const reader = new FrameReader();
    const shorts = new Map<number, number>();
    const expected = new Map<number, number>();
    for (const [i, frame] of one.entries()) {
      const read = reader.read(frame);
      const said = await text.message(i);
      const ignored = { longs: 0, shorts: 0, coverage: 0 };
      expect({ ...read, ...ignored, candle: 0 }).toEqual({ ...said, ...ignored, candle: 0 });
      expect(said.candle).toMatchObject(read.candle as object);
      expect(read.coverage.exchanges).toMatchObject([{ id: "okx", state: said.coverage.exchanges[0]?.state }]);
      for (const [bucket, usd] of read.shorts) shorts.set(bucket, usd);
      for (const [bucket, usd] of said.shorts) expected.set(bucket, usd);
    }
    expect([...shorts.keys()].sort()).toEqual([...expected.keys()].sort());
    for (const [bucket, usd] of expected) {
      expect(Math.abs((shorts.get(bucket) ?? 0) - usd)).toBeLessThanOrEqual(0.033 * usd);
    }
    expect((one[0]?.length ?? 0) * 5).toBeLessThan(text.texts[0]?.length ?? 0);
  });

  test("resume like texts, under their own numbers", async () => {
    const first = await connectBinary("symbol=BTC");
    await vi.waitFor(() => expect(first).toHaveLength(1));
    const reader = new FrameReader();
    const { seq } = reader.read(first[0] as Uint8Array);
    await tick();
    await tick();
    await vi.waitFor(() => expect(first).toHaveLength(3));
    const back = await connectBinary(`symbol=BTC&since=${seq}`);
    await vi.waitFor(() => expect(back).toEqual(first.slice(1)));
    expect(reader.read(back[0] as Uint8Array)).toMatchObject({ type: "delta", seq: seq + 1 });
  });
});
