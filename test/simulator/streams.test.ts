import { afterEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { Instrument } from "../../src/shared/market/observation.ts";
import type { VenueId } from "../../src/shared/market/symbol.ts";
import { MINUTE_MS } from "../../src/shared/time/clock.ts";
import { adapterOf } from "../../src/shared/venue/registry.ts";
import { marketsOf, minuteBars, START, simulate, type TestSimulator } from "./support.ts";

const BEGIN = START + 10 * MINUTE_MS;
const END = START + 50 * MINUTE_MS;

let simulator: TestSimulator | null = null;
afterEach(async () => {
  await simulator?.close();
  simulator = null;
});

/** A connected socket that keeps every text, and waits for the answer to a text of its own. */
async function connect(address: string) {
  const socket = new WebSocket(address);
  const texts: string[] = [];
  socket.on("message", (data) => texts.push(String(data)));
  await new Promise((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
  });
  return {
    texts,
    async ask(text: string): Promise<string> {
      const answered = new Promise<string>((resolve) => socket.once("message", (data) => resolve(String(data))));
      socket.send(text);
      return answered;
    },
    /** Waits until everything sent so far has arrived. */
    async settle() {
      const pong = new Promise((resolve) => socket.once("pong", resolve));
      socket.ping();
      await pong;
    },
  };
}

/** Plays forty minutes in uneven steps. */
async function play(sim: TestSimulator): Promise<void> {
  let step = 0;
  for (let now = BEGIN; now < END; now += 137 + ((step++ * 7919) % 9_000)) {
    sim.setNow(now);
    sim.tick();
  }
  sim.setNow(END + 1_000);
  sim.tick();
}

/** Liquidations of the tape after the socket opened. */
function expectedCount(): number {
  const markets = marketsOf(minuteBars(60), ["bybit"]);
  return markets[0]!.liquidations.filter((event) => event.time > BEGIN && event.time <= END).length;
}

test.each<[VenueId]>([["binance"], ["bybit"], ["okx"], ["dydx"]])(
  "%s: an adapter gets every liquidation once",
  async (venue) => {
    simulator = await simulate(marketsOf(minuteBars(60)), BEGIN);
    const adapter = adapterOf(venue);
    const plan = adapter.stream!;
    const venueSymbols = [adapter.defaultVenueSymbol("BTC")];
    const socket = await connect(simulator.base(venue).stream + plan.path(venueSymbols));
    for (const text of plan.subscribe(venueSymbols)) await socket.ask(text);
    await play(simulator);
    await socket.settle();

    const instrument = adapter.defaultInstrument("BTC")!;
    const instruments = new Map<string, Instrument>([[instrument.venueSymbol, instrument]]);
    const seen: string[] = [];
    for (const text of socket.texts) {
      const payload: unknown = JSON.parse(text);
      const kind = plan.kindOf(payload);
      if (kind === null) continue;
      const parsed = adapter.parse(kind, payload, { receivedAt: END, venueSymbol: null, instruments });
      expect(parsed.rejects).toEqual([]);
      for (const observation of parsed.observations) {
        if (observation.kind === "liquidation") seen.push(`${observation.exchangeTime} ${observation.side}`);
      }
    }
    expect(new Set(seen).size).toBe(seen.length);
    const truth = simulator && marketsOf(minuteBars(60), [venue])[0]!.liquidations;
    const times = truth.filter((event) => event.time > BEGIN && event.time <= END);
    expect(seen.sort()).toEqual(times.map((event) => `${event.time} ${event.side}`).sort());
    expect(seen.length).toBe(expectedCount());
  },
);

test("Binance: raw, combined, all-market and mark-price streams", async () => {
  simulator = await simulate(marketsOf(minuteBars(60), ["binance"]), BEGIN);
  const { stream } = simulator.base("binance");
  const all = await connect(`${stream}/ws/!forceOrder@arr`);
  const combined = await connect(`${stream}/market/stream?streams=btcusdt@forceOrder/btcusdt@markPrice`);
  await play(simulator);
  await all.settle();
  await combined.settle();
  expect(all.texts.length).toBe(expectedCount());
  expect(JSON.parse(all.texts[0]!)).toMatchObject({ e: "forceOrder", o: { s: "BTCUSDT", X: "FILLED" }, st: 1 });
  const streams = combined.texts.map((text) => (JSON.parse(text) as { stream: string }).stream);
  expect(streams.filter((name) => name === "btcusdt@forceOrder").length).toBe(expectedCount());
  expect(streams).toContain("btcusdt@markPrice");
});

test("Binance: SUBSCRIBE while connected", async () => {
  simulator = await simulate(marketsOf(minuteBars(60), ["binance"]), BEGIN);
  const socket = await connect(`${simulator.base("binance").stream}/ws`);
  expect(JSON.parse(await socket.ask('{"method":"SUBSCRIBE","params":["btcusdt@forceOrder"],"id":4}'))).toEqual({
    result: null,
    id: 4,
  });
  await play(simulator);
  await socket.settle();
  expect(socket.texts.length).toBe(1 + expectedCount());
});

test("one order per symbol and second at Binance and OKX, all at Bybit", async () => {
  const markets = marketsOf(minuteBars(60), ["binance", "bybit", "okx"]).map((market) => {
    const base = { side: "long" as const, bankruptcyPrice: 96_000, fillPrice: 96_500 };
    const second = BEGIN + 5_000;
    const liquidations = [0.5, 3, 1].map((sizeBase, i) => ({ ...base, sizeBase, time: second + 100 + i * 200 }));
    return { ...market, liquidations };
  });
  simulator = await simulate(markets, BEGIN);
  const binance = await connect(`${simulator.base("binance").stream}/ws/btcusdt@forceOrder`);
  const bybit = await connect(`${simulator.base("bybit").stream}/v5/public/linear`);
  const okx = await connect(`${simulator.base("okx").stream}/ws/v5/public`);
  await bybit.ask('{"op":"subscribe","args":["allLiquidation.BTCUSDT"]}');
  await okx.ask('{"op":"subscribe","args":[{"channel":"liquidation-orders","instType":"SWAP"}]}');
  await play(simulator);
  for (const socket of [binance, bybit, okx]) await socket.settle();
  expect(binance.texts.map((text) => JSON.parse(text).o.q)).toEqual(["3.000"]);
  const rows = bybit.texts.slice(1).flatMap((text) => JSON.parse(text).data);
  expect(rows.map((row: { v: string; S: string }) => [row.v, row.S])).toEqual([
    ["0.500", "Buy"],
    ["3.000", "Buy"],
    ["1.000", "Buy"],
  ]);
  const [order] = okx.texts.slice(1).map((text) => JSON.parse(text).data[0].details[0]);
  expect(order).toMatchObject({ sz: "300", side: "sell", posSide: "long", bkPx: "96000.0" });
});

test("pings and refusals of Bybit and OKX", async () => {
  simulator = await simulate(marketsOf(minuteBars(60)), BEGIN);
  const bybit = await connect(`${simulator.base("bybit").stream}/v5/public/linear`);
  expect(JSON.parse(await bybit.ask('{"op":"ping","req_id":"7"}'))).toMatchObject({
    success: true,
    ret_msg: "pong",
    req_id: "7",
  });
  expect(JSON.parse(await bybit.ask('{"op":"subscribe","args":["nothing.BTCUSDT"]}'))).toMatchObject({
    success: false,
  });
  const okx = await connect(`${simulator.base("okx").stream}/ws/v5/public`);
  expect(await okx.ask("ping")).toBe("pong");
  expect(JSON.parse(await okx.ask('{"op":"subscribe","args":[{"channel":"nothing"}]}'))).toMatchObject({
    event: "error",
  });
  await expect(connect(`${simulator.base("okx").stream}/nowhere`)).rejects.toThrow("404");
});

test("close leaves nothing open", async () => {
  const sim = await simulate(marketsOf(minuteBars(60)), BEGIN);
  const socket = new WebSocket(`${sim.base("bybit").stream}/v5/public/linear`);
  await new Promise((resolve) => socket.once("open", resolve));
  const closed = new Promise((resolve) => socket.once("close", resolve));
  sim.faults.add({ exchange: "okx", fault: "timeout" });
  sim.faults.add({ exchange: "bybit", fault: "slow-body" });
  const waiting = fetch(`${sim.base("okx").rest}/api/v5/public/time`).catch(() => "refused");
  const stalled = new WebSocket(`${sim.base("okx").stream}/ws/v5/public`);
  const gaveUp = new Promise((resolve) => stalled.once("error", resolve));
  const slow = await fetch(`${sim.base("bybit").rest}/v5/market/time`);
  await sim.close();
  await closed;
  await gaveUp;
  expect(await waiting).toBe("refused");
  await expect(slow.text()).rejects.toThrow();
  await expect(fetch(`http://127.0.0.1:${sim.port}/control`)).rejects.toThrow();
});
