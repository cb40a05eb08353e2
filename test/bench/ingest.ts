// From an exchange's text to a stepped model: every exchange and symbol, eighty minutes of polls, against parsing the same JSON.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { applyBatch } from "../../durable-objects/hub/hub.ts";
import { createHubState, type HubState } from "../../durable-objects/hub/hub-state.ts";
import { type HubSink, SILENT } from "../../durable-objects/hub/write-columns.ts";
import type { Instrument, Observation } from "../../src/shared/market/observation.ts";
import { type SymbolId, VENUES, type VenueId } from "../../src/shared/market/symbol.ts";
import { TOP_COINS } from "../../src/shared/market/top-coins.ts";
import { type EpochMs, MINUTE_MS } from "../../src/shared/time/clock.ts";
import { ADAPTERS } from "../../src/shared/venue/registry.ts";
import type { PayloadKind, VenueAdapter } from "../../src/shared/venue/venue.ts";
import { generatedMarkets } from "../../src/simulator/generator/generated-market.ts";
import { GENERATED_SYMBOLS } from "../../src/simulator/generator/profile.ts";
import { contractOf } from "../../src/simulator/market/contract.ts";
import type { Market } from "../../src/simulator/market/market.ts";
import { LocalExchanges } from "../soak/local-exchanges.ts";
import type { Benchmark, BenchResult } from "./benchmark.ts";
import { cpuMs } from "./cpu-ms.ts";

const GENESIS: EpochMs = 1_772_409_600_000;
const START = GENESIS + 5 * 60 * MINUTE_MS;
const SYMBOLS = TOP_COINS;
const MINUTES = 80;
/** Every how many minutes what the hubs hold is measured. */
const MEASURED_EVERY = 20;
/** A poll is answered this long after a minute's end. */
const DELAY_MS = 5_000;

interface Answer {
  kind: PayloadKind;
  venueSymbol: string | null;
  text: string;
}

interface Poll {
  adapter: VenueAdapter;
  receivedAt: EpochMs;
  answers: Answer[];
}

async function run(): Promise<BenchResult> {
  const exchanges = new LocalExchanges(twentyMarkets(), START);
  const instruments = new Map<VenueId, Map<string, Instrument>>();
  for (const adapter of ADAPTERS) instruments.set(adapter.id, await instrumentsOf(exchanges, adapter));
  const polls: Poll[] = [];
  for (let minute = 1; minute <= MINUTES; minute++) {
    exchanges.now = START + minute * MINUTE_MS + DELAY_MS;
    for (const adapter of ADAPTERS) polls.push(await poll(exchanges, adapter, instruments.get(adapter.id)));
  }
  const texts = polls.flatMap(({ answers }) => answers.map(({ text }) => text));
  // once without counting, so that the code is warm
  ingest(polls.slice(0, 80), instruments);
  const jsonMs = cpuMs(() => {
    for (const text of texts) JSON.parse(text);
  });
  const { ms, stepped, held } = ingest(polls, instruments);
  const minutes = MINUTES * VENUES.length * SYMBOLS.length;
  return {
    name: "ingest",
    what: `${VENUES.length} exchanges × ${SYMBOLS.length} symbols, generated markets (seed 1), ${MINUTES} minutes, one poll each: parse, observations, hub`,
    baseline: { what: `JSON.parse of the same ${texts.length} answers` },
    figures: {
      ingestRatio: { value: ms / jsonMs, unit: "× baseline" },
      minutesPerCpuSecond: { value: (1_000 * minutes) / ms, unit: "exchange-symbol minutes / s" },
      steppedMinutes: { value: stepped, unit: `of ${minutes}` },
      ingestMs: { value: ms, unit: "ms CPU" },
      jsonMs: { value: jsonMs, unit: "ms CPU" },
      answerBytes: { value: texts.reduce((sum, text) => sum + text.length, 0), unit: "bytes" },
      ...Object.fromEntries(
        held.map((bytes, i) => [
          `heldAfter${(i + 1) * MEASURED_EVERY}Minutes`,
          { value: bytes, unit: "bytes, all hubs" },
        ]),
      ),
    },
  };
}

/** Markets of twenty coins: three are generated, the others are the same ones under other names. */
function twentyMarkets(): Market[] {
  const made = generatedMarkets({ seed: 1, genesisMs: GENESIS, venues: VENUES });
  return SYMBOLS.flatMap((symbol, index) => {
    const own = made.filter((market) => market.symbol === symbol);
    const like = GENERATED_SYMBOLS[index % GENERATED_SYMBOLS.length];
    const lent = made.filter((market) => market.symbol === like);
    return own.length > 0
      ? own
      : lent.map((market) => {
          const contract = contractOf(market.venue, symbol, market.contract.referencePrice);
          return { ...market, symbol, contract };
        });
  });
}

function ingest(polls: readonly Poll[], instruments: ReadonlyMap<VenueId, ReadonlyMap<string, Instrument>>) {
  const heapBefore = heapBytes();
  const hubs = new Map(SYMBOLS.map((symbol) => [symbol, createHubState()]));
  let stepped = 0;
  const count = (some: readonly unknown[]) => {
    stepped += some.length;
  };
  const sink = { ...SILENT, minutes: count };
  const held: number[] = [];
  let ms = 0;
  const perMinute = VENUES.length;
  for (let from = 0; from < polls.length; from += perMinute) {
    ms += cpuMs(() => {
      for (const one of polls.slice(from, from + perMinute)) take(one, instruments, hubs, sink);
    });
    if ((from / perMinute + 1) % MEASURED_EVERY === 0) held.push(Math.max(0, heapBytes() - heapBefore));
  }
  return { ms, stepped, held };
}

function take(
  { adapter, receivedAt, answers }: Poll,
  instruments: ReadonlyMap<VenueId, ReadonlyMap<string, Instrument>>,
  hubs: ReadonlyMap<SymbolId, HubState>,
  sink: HubSink,
): void {
  const known = instruments.get(adapter.id) ?? new Map<string, Instrument>();
  const observations: Observation[] = answers.flatMap(
    ({ kind, venueSymbol, text }) =>
      adapter.parse(kind, JSON.parse(text), { receivedAt, venueSymbol, instruments: known }).observations,
  );
  const bySymbol = Map.groupBy(observations, ({ symbol }) => symbol);
  for (const [symbol, state] of hubs) {
    const settings = { symbol, venues: VENUES, historyMs: MINUTE_MS, speed: 1 };
    const status = { state: "live" as const, reason: null, sinceMs: START };
    const own = bySymbol.get(symbol) ?? [];
    const batch = { venue: adapter.id, symbol, sentAt: receivedAt, status, observations: own, history: null };
    applyBatch(state, settings, batch, sink);
  }
}

async function poll(
  exchanges: LocalExchanges,
  adapter: VenueAdapter,
  instruments: ReadonlyMap<string, Instrument> = new Map(),
): Promise<Poll> {
  const receivedAt = exchanges.now;
  const names = SYMBOLS.flatMap((symbol) => [...instruments.values()].find((one) => one.symbol === symbol) ?? []);
  const answers: Answer[] = [];
  for (const { kind, scope, cadence } of adapter.plan) {
    if (cadence === "hour") continue;
    const asked = scope === "venue" ? [null] : names.map(({ venueSymbol }) => venueSymbol);
    for (const venueSymbol of asked) answers.push(await ask(exchanges, adapter, kind, venueSymbol));
  }
  return { adapter, receivedAt, answers };
}

async function instrumentsOf(exchanges: LocalExchanges, adapter: VenueAdapter): Promise<Map<string, Instrument>> {
  const { text } = await ask(exchanges, adapter, "instruments", null);
  const context = { receivedAt: exchanges.now, venueSymbol: null, instruments: new Map<string, Instrument>() };
  const { instruments } = adapter.parse("instruments", JSON.parse(text), context);
  return new Map(instruments.map((instrument) => [instrument.venueSymbol, instrument]));
}

async function ask(
  exchanges: LocalExchanges,
  adapter: VenueAdapter,
  kind: PayloadKind,
  venueSymbol: string | null,
): Promise<Answer> {
  const request = adapter.request(kind, { venueSymbol, nowMs: exchanges.now });
  const init = { method: request.method, ...(request.body === null ? {} : { body: request.body }) };
  const response = await exchanges.fetchFrom(adapter.id)(request.path, init);
  return { kind, venueSymbol: request.venueSymbol, text: await response.text() };
}

/** Bytes in use after a collection. */
function heapBytes(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

export const ingestBenchmark: Benchmark = { name: "ingest", run };
