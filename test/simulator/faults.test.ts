import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { VENUES, type VenueId } from "../../src/shared/market/symbol.ts";
import { MINUTE_MS } from "../../src/shared/time/clock.ts";
import { adapterOf } from "../../src/shared/venue/registry.ts";
import { FAULT_KINDS, type FaultKind } from "../../src/simulator/server/faults.ts";
import { marketsOf, minuteBars, START, simulate, type TestSimulator } from "./support.ts";

const NOW = START + 300 * MINUTE_MS + 30_000;
const POLL: Record<VenueId, string> = {
  binance: "/fapi/v1/openInterest?symbol=BTCUSDT",
  bybit: "/v5/market/tickers?category=linear",
  okx: "/api/v5/public/open-interest?instType=SWAP",
  hyperliquid: "/info",
  bitget: "/api/v2/mix/market/tickers?productType=usdt-futures",
  gate: "/api/v4/futures/usdt/tickers",
  dydx: "/v4/perpetualMarkets",
  gmx: "/v1/markets/tickers",
};

let simulator: TestSimulator;
beforeAll(async () => {
  simulator = await simulate(marketsOf(minuteBars(400)), NOW);
});
afterEach(() => {
  simulator.faults.clear();
  simulator.setNow(NOW);
});
afterAll(() => simulator.close());

async function poll(venue: VenueId, signal: AbortSignal | null = null) {
  const body = venue === "hyperliquid" ? { method: "POST", body: '{"type":"metaAndAssetCtxs"}' } : {};
  const response = await fetch(simulator.base(venue).rest + POLL[venue], { ...body, signal });
  const retryAfter = response.headers.get("retry-after");
  return {
    status: response.status,
    contentType: response.headers.get("content-type") ?? "",
    retryAfterMs: retryAfter === null ? null : Number(retryAfter) * 1000,
    text: await response.text(),
  };
}

/** What an adapter must conclude from each refusal. */
const VERDICTS: Partial<Record<FaultKind, Record<VenueId, string>>> = {
  "429": {
    binance: "rate-limited",
    bybit: "rate-limited",
    okx: "rate-limited",
    hyperliquid: "rate-limited",
    bitget: "rate-limited",
    gate: "rate-limited",
    dydx: "rate-limited",
    gmx: "rate-limited",
  },
  "418": {
    binance: "banned",
    bybit: "banned",
    okx: "rate-limited",
    hyperliquid: "rate-limited",
    bitget: "rate-limited",
    gate: "rate-limited",
    dydx: "rate-limited",
    gmx: "rate-limited",
  },
  "451": {
    binance: "blocked",
    bybit: "blocked",
    okx: "blocked",
    hyperliquid: "blocked",
    bitget: "blocked",
    gate: "blocked",
    dydx: "blocked",
    gmx: "blocked",
  },
  "403-html": {
    binance: "blocked",
    bybit: "blocked",
    okx: "blocked",
    hyperliquid: "blocked",
    bitget: "blocked",
    gate: "blocked",
    dydx: "blocked",
    gmx: "blocked",
  },
  "5xx": {
    binance: "maintenance",
    bybit: "maintenance",
    okx: "maintenance",
    hyperliquid: "maintenance",
    bitget: "maintenance",
    gate: "maintenance",
    dydx: "maintenance",
    gmx: "maintenance",
  },
};

describe.each(Object.keys(VERDICTS) as FaultKind[])("fault %s", (fault) => {
  test.each(VENUES)("%s: the adapter understands the refusal", async (venue) => {
    simulator.faults.add({ exchange: venue, fault });
    expect(adapterOf(venue).judge(await poll(venue)).type).toBe(VERDICTS[fault]?.[venue]);
    simulator.faults.clear(venue);
    expect(adapterOf(venue).judge(await poll(venue)).type).toBe("ok");
  });
});

test("a ban states its end, a rate limit its wait", async () => {
  simulator.faults.add({ exchange: "binance", fault: "429" });
  expect((await poll("binance")).retryAfterMs).toBeGreaterThan(0);
  simulator.faults.clear();
  simulator.faults.add({ exchange: "binance", fault: "418" });
  const banned = adapterOf("binance").judge(await poll("binance"));
  expect(banned).toMatchObject({ type: "banned", untilMs: NOW + 2 * MINUTE_MS });
});

describe.each(VENUES)("distortions at %s", (venue) => {
  test("truncated: the body is no JSON", async () => {
    simulator.faults.add({ exchange: venue, fault: "truncated" });
    const { text, status } = await poll(venue);
    expect(status).toBe(200);
    expect(() => JSON.parse(text)).toThrow();
  });
  test("changed fields: nothing usable is left, nothing throws", async () => {
    const context = { receivedAt: NOW, venueSymbol: null, instruments: new Map() };
    const kind = (
      {
        binance: "open-interest",
        bybit: "tickers",
        okx: "open-interest",
        hyperliquid: "meta-and-asset-contexts",
        bitget: "tickers",
        gate: "tickers",
        dydx: "tickers",
        gmx: "tickers",
      } as const
    )[venue];
    const before = adapterOf(venue).parse(kind, JSON.parse((await poll(venue)).text), context);
    simulator.faults.add({ exchange: venue, fault: "changed-fields" });
    const after = adapterOf(venue).parse(kind, JSON.parse((await poll(venue)).text), context);
    const openInterests = (result: typeof after) => result.observations.filter((o) => o.kind === "openInterest").length;
    expect(openInterests(before)).toBe(1);
    expect(openInterests(after)).toBe(0);
  });
  test("empty: success without rows", async () => {
    simulator.faults.add({ exchange: venue, fault: "empty" });
    const { status, text } = await poll(venue);
    expect(status).toBe(200);
    expect(text).toMatch(/\[\]|\{\}/);
    expect(text).not.toContain("BTC");
  });
});

describe("clocks that lie", () => {
  const times = async () => (JSON.parse((await poll("binance")).text) as { time: number }).time;
  test("old timestamps: the state of ten minutes ago", async () => {
    simulator.faults.add({ exchange: "binance", fault: "old-timestamps" });
    expect(await times()).toBe(NOW - 10 * MINUTE_MS);
  });
  test("clock skew: ahead by five minutes", async () => {
    simulator.faults.add({ exchange: "binance", fault: "clock-skew" });
    expect(await times()).toBe(NOW + 5 * MINUTE_MS);
  });
  test("repeated timestamps: the time stands, the values do not", async () => {
    simulator.faults.add({ exchange: "binance", fault: "repeated-timestamps" });
    const first = (await poll("binance")).text;
    simulator.setNow(NOW + 20_000);
    const second = (await poll("binance")).text;
    expect(JSON.parse(second).time).toBe(JSON.parse(first).time);
    expect(second).not.toBe(first);
  });
});

test("withheld candles: the minutes after the fault began are served once it ends, those behind them at once", async () => {
  const firstMs = Math.ceil(NOW / MINUTE_MS) * MINUTE_MS;
  const opens = async () => {
    const response = await fetch(`${simulator.base("binance").rest}/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=4`);
    return ((await response.json()) as number[][]).map(([open]) => ((open as number) - firstMs) / MINUTE_MS);
  };
  simulator.faults.add({ exchange: "binance", fault: "withheld-candles" });
  simulator.setNow(firstMs + 3 * MINUTE_MS);
  expect(await opens()).toEqual([-2, -1, 2, 3]);
  simulator.faults.clear("binance");
  expect(await opens()).toEqual([0, 1, 2, 3]);
});

test("timeout: no answer until the client gives up", async () => {
  simulator.faults.add({ exchange: "okx", fault: "timeout" });
  await expect(poll("okx", AbortSignal.timeout(150))).rejects.toThrow();
});

test("slow body: headers at once, the end of the body not", async () => {
  simulator.faults.add({ exchange: "okx", fault: "slow-body" });
  const abort = new AbortController();
  const response = await fetch(simulator.base("okx").rest + POLL.okx, { signal: abort.signal });
  expect(response.status).toBe(200);
  const reader = response.body!.getReader();
  const { value } = await reader.read();
  expect(() => JSON.parse(new TextDecoder().decode(value))).toThrow();
  abort.abort();
});

test("drop stream: sockets are cut at the next tick", async () => {
  const socket = new WebSocket(`${simulator.base("bybit").stream}/v5/public/linear`);
  await new Promise((resolve) => socket.once("open", resolve));
  const closed = new Promise((resolve) => socket.once("close", resolve));
  simulator.faults.add({ exchange: "bybit", fault: "drop-stream" });
  simulator.tick();
  await closed;
});

test("a refusal also refuses new sockets", async () => {
  simulator.faults.add({ exchange: "binance", fault: "451" });
  const socket = new WebSocket(`${simulator.base("binance").stream}/market/ws/btcusdt@forceOrder`);
  const error = await new Promise<Error>((resolve) => socket.once("error", resolve));
  expect(error.message).toContain("451");
});

describe("control over HTTP", () => {
  const post = (body: unknown) =>
    fetch(`http://127.0.0.1:${simulator.port}/control/faults`, { method: "POST", body: JSON.stringify(body) });

  test("a fault ends by itself after forMs of wall time", async () => {
    expect((await post({ exchange: "binance", fault: "5xx", forMs: 1000 })).status).toBe(201);
    expect((await poll("binance")).status).toBe(503);
    simulator.setNow(NOW + 1000);
    expect((await poll("binance")).status).toBe(200);
  });
  test("path and probability choose requests", async () => {
    await post({ exchange: "binance", fault: "5xx", path: "/klines$" });
    expect((await poll("binance")).status).toBe(200);
    await post({ exchange: "binance", fault: "5xx", probability: 0.5 });
    const statuses = [];
    for (let i = 0; i < 40; i++) statuses.push((await poll("binance")).status);
    expect(new Set(statuses)).toEqual(new Set([200, 503]));
  });
  test("DELETE ends the faults of one exchange or all", async () => {
    await post({ exchange: "binance", fault: "451" });
    await post({ exchange: "okx", fault: "5xx" });
    await fetch(`http://127.0.0.1:${simulator.port}/control/faults?exchange=binance`, { method: "DELETE" });
    expect([(await poll("binance")).status, (await poll("okx")).status]).toEqual([200, 503]);
    await fetch(`http://127.0.0.1:${simulator.port}/control/faults`, { method: "DELETE" });
    expect((await poll("okx")).status).toBe(200);
  });
  test.each([
    [{ exchange: "nowhere", fault: "429" }, "exchange"],
    [{ exchange: "okx", fault: "explode" }, FAULT_KINDS[0]],
    [{ exchange: "okx", fault: "429", forMs: -1 }, "forMs"],
    [{ exchange: "okx", fault: "429", probability: 2 }, "probability"],
    [{ exchange: "okx", fault: "429", path: "(" }, "path"],
  ])("bad order %j is refused", async (body, named) => {
    const response = await post(body);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(named);
  });
});
