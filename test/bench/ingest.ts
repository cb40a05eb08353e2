// From an exchange's text to a stepped model: every exchange and symbol, an hour of polls, against parsing the same JSON.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { applyBatch } from "../../durable-objects/hub/hub.ts";
import { createHubState } from "../../durable-objects/hub/hub-state.ts";
import { SILENT } from "../../durable-objects/hub/write-columns.ts";
import type { Instrument, Observation } from "../../src/shared/market/observation.ts";
import { VENUES, type VenueId } from "../../src/shared/market/symbol.ts";
import { type EpochMs, MINUTE_MS } from "../../src/shared/time/clock.ts";
import { ADAPTERS } from "../../src/shared/venue/registry.ts";
import type { PayloadKind, VenueAdapter } from "../../src/shared/venue/venue.ts";
import { generatedMarkets } from "../../src/simulator/generator/generated-market.ts";
import { LocalExchanges } from "../soak/local-exchanges.ts";
import type { Benchmark, BenchResult } from "./benchmark.ts";

const GENESIS: EpochMs = 1_772_409_600_000;
const START = GENESIS + 5 * 60 * MINUTE_MS;
const SYMBOLS = ["BTC", "ETH", "SOL"];
const MINUTES = 60;
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
  const exchanges = new LocalExchanges(
    generatedMarkets({ seed: 1, genesisMs: GENESIS, venues: VENUES, symbols: SYMBOLS }),
    START,
  );
  const instruments = new Map<VenueId, Map<string, Instrument>>();
  for (const adapter of ADAPTERS) instruments.set(adapter.id, await instrumentsOf(exchanges, adapter));
  const polls: Poll[] = [];
  for (let minute = 1; minute <= MINUTES; minute++) {
    exchanges.now = START + minute * MINUTE_MS + DELAY_MS;
    for (const adapter of ADAPTERS) polls.push(await poll(exchanges, adapter));
  }
  const texts = polls.flatMap(({ answers }) => answers.map(({ text }) => text));
  // once without counting, so that the code is warm
  ingest(polls.slice(0, 80), instruments);
  const half = ingest(polls.slice(0, polls.length / 2), instruments);
  const whole = ingest(polls, instruments);
  const jsonMs = cpuMs(() => {
    for (const text of texts) JSON.parse(text);
  });
  const minutes = MINUTES * VENUES.length * SYMBOLS.length;
  return {
    name: "ingest",
    what: `${VENUES.length} exchanges × ${SYMBOLS.length} symbols, generated market (seed 1), ${MINUTES} minutes, one poll each: parse, observations, hub`,
    baseline: { what: `JSON.parse of the same ${texts.length} answers` },
    figures: {
      ingestRatio: { value: whole.ms / jsonMs, unit: "× baseline" },
      minutesPerCpuSecond: { value: (1_000 * minutes) / whole.ms, unit: "exchange-symbol minutes / s" },
      steppedMinutes: { value: whole.stepped, unit: `of ${minutes}` },
      ingestMs: { value: whole.ms, unit: "ms CPU" },
      jsonMs: { value: jsonMs, unit: "ms CPU" },
      answerBytes: { value: texts.reduce((sum, text) => sum + text.length, 0), unit: "bytes" },
      heapAfterHalf: { value: half.heapBytes, unit: "bytes held by the hubs" },
      heapAfterWhole: { value: whole.heapBytes, unit: "bytes held by the hubs" },
    },
  };
}

function ingest(polls: readonly Poll[], instruments: ReadonlyMap<VenueId, ReadonlyMap<string, Instrument>>) {
  const heapBefore = heapBytes();
  const hubs = new Map(SYMBOLS.map((symbol) => [symbol, createHubState()]));
  let minutes = 0;
  const count = (some: readonly unknown[]) => {
    minutes += some.length;
  };
  const sink = { ...SILENT, minutes: count };
  const ms = cpuMs(() => {
    for (const { adapter, receivedAt, answers } of polls) {
      const observations: Observation[] = answers.flatMap(({ kind, venueSymbol, text }) => {
        const known = instruments.get(adapter.id) ?? new Map<string, Instrument>();
        return adapter.parse(kind, JSON.parse(text), { receivedAt, venueSymbol, instruments: known }).observations;
      });
      for (const [symbol, state] of hubs) {
        const settings = { symbol, venues: VENUES, historyMs: MINUTE_MS, speed: 1 };
        const own = observations.filter((one) => one.symbol === symbol);
        const status = { state: "live" as const, reason: null, sinceMs: START };
        const batch = { venue: adapter.id, symbol, sentAt: receivedAt, status, observations: own, history: null };
        applyBatch(state, settings, batch, sink);
      }
    }
  });
  const after = heapBytes();
  // the hubs are alive until here: what they hold is in `after`
  return { ms, stepped: hubs.size > 0 ? minutes : 0, heapBytes: Math.max(0, after - heapBefore) };
}

async function poll(exchanges: LocalExchanges, adapter: VenueAdapter): Promise<Poll> {
  const receivedAt = exchanges.now;
  const answers: Answer[] = [];
  for (const { kind, scope, cadence } of adapter.plan) {
    if (cadence === "hour") continue;
    const asked = scope === "venue" ? [null] : SYMBOLS.map((symbol) => adapter.defaultVenueSymbol(symbol));
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

function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** Bytes in use after a collection. */
function heapBytes(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

export const ingestBenchmark: Benchmark = { name: "ingest", run };
