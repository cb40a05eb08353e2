// Market hours through real feeds and hubs over the simulated exchanges, while faults come and go.

import { exchangeHttp } from "../../durable-objects/feed/exchange-http.ts";
import { Feed } from "../../durable-objects/feed/feed.ts";
import type { FeedReport } from "../../durable-objects/feed/feed-report.ts";
import type { Deliver } from "../../durable-objects/feed/hub-link.ts";
import { paceOf } from "../../durable-objects/feed/pace.ts";
import type { HubState } from "../../durable-objects/hub/hub-state.ts";
import { JournaledHub } from "../../durable-objects/hub/journal.ts";
import { MemoryHubStore } from "../../durable-objects/hub/memory-hub-store.ts";
import type { HubSettings } from "../../durable-objects/hub/settings.ts";
import type { ObservationBatch } from "../../src/shared/market/batch.ts";
import type { VenueMinute } from "../../src/shared/market/minute.ts";
import type { SymbolId, VenueId } from "../../src/shared/market/symbol.ts";
import { createPrng } from "../../src/shared/num/prng.ts";
import { type EpochMs, HOUR_MS, MINUTE_MS } from "../../src/shared/time/clock.ts";
import { adapterOf } from "../../src/shared/venue/registry.ts";
import { generatedMarkets } from "../../src/simulator/generator/generated-market.ts";
import type { FaultOrder } from "../../src/simulator/server/faults.ts";
import { LocalExchanges } from "./local-exchanges.ts";
import { randomFaults } from "./random-faults.ts";

export interface SoakOptions {
  seed: number;
  /** Market time under faults; calm minutes follow, in which everything must be accounted for. */
  faultyMs: number;
  symbols: readonly SymbolId[];
  venues: readonly VenueId[];
  /** False plays the same market without any fault. */
  withFaults: boolean;
}

export interface SoakResult {
  fromMs: EpochMs;
  /** When the feeds began to poll. */
  liveFromMs: EpochMs;
  /** First minute that need not be there yet. */
  toMs: EpochMs;
  hubs: Map<SymbolId, HubState>;
  /** Every minute the hubs wrote down, in the order of writing. */
  minutes: VenueMinute[];
  feeds: Omit<FeedReport, "colo">[];
  faults: (FaultOrder & { atMs: EpochMs })[];
  hubRestarts: number;
  repliesLost: number;
  /** Gaps that opened, and how often late minutes or late open interest were replayed. */
  gaps: number;
  replays: number;
}

/** 2026-03-02T00:00:00Z; the markets began a day before. */
const GENESIS = 1_772_409_600_000;
const START = GENESIS + 24 * HOUR_MS;
const HISTORY_MS = 2 * HOUR_MS;
/** Without faults before: the models have a state that faults could spoil. */
const WARM_UP_MS = 5 * MINUTE_MS;
/** After the last fault: the longest back-off of history, and the fetching. */
export const CALM_MS = 20 * MINUTE_MS;
const PACE = { busySymbols: 5, busyPollMs: 5_000, tailPollMs: 15_000 };
/** Real time a request may take; in this process an answer that comes at all comes in the same turn. */
const REQUEST_LIMIT_MS = 20;
const BLOCKED_PROBE_MS = 2 * MINUTE_MS;
/** Chances per batch while faults are on: the hub is away, its reply is lost, it restarts. */
const HUB_AWAY = 0.01;
const REPLY_LOST = 0.01;
const HUB_RESTARTS = 0.002;

export async function runSoak(options: SoakOptions): Promise<SoakResult> {
  const { seed, symbols, venues, withFaults } = options;
  const markets = generatedMarkets({ seed, genesisMs: GENESIS, venues, symbols });
  const exchanges = new LocalExchanges(markets, START);
  const nextFaults = randomFaults(seed, venues);
  const hubChance = createPrng(seed + 1);
  const result: SoakResult = {
    fromMs: START - HISTORY_MS,
    liveFromMs: START,
    toMs: 0,
    hubs: new Map(),
    minutes: [],
    feeds: [],
    faults: [],
    hubRestarts: 0,
    repliesLost: 0,
    gaps: 0,
    replays: 0,
  };
  const stores = new Map(symbols.map((symbol) => [symbol, new MemoryHubStore()]));
  const settingsOf = (symbol: SymbolId): HubSettings => ({ symbol, venues, historyMs: HISTORY_MS, speed: 1 });
  const open = (symbol: SymbolId) => new JournaledHub(stores.get(symbol) as MemoryHubStore, settingsOf(symbol));
  const hubs = new Map(symbols.map((symbol) => [symbol, open(symbol)]));
  const sink = {
    minutes: (minutes: VenueMinute[]) => void result.minutes.push(...structuredClone(minutes)),
    column() {},
    cross() {},
    flows() {},
    context() {},
    liquidations() {},
    gap() {},
    done() {},
  };
  let faulty = false;

  async function deliver(batch: ObservationBatch) {
    if (faulty && hubChance.uniform() < HUB_RESTARTS) {
      hubs.set(batch.symbol, open(batch.symbol));
      result.hubRestarts += 1;
    }
    if (faulty && hubChance.uniform() < HUB_AWAY) throw new Error("hub away");
    const hub = hubs.get(batch.symbol) as JournaledHub;
    const { reply, gaps, replayed } = hub.ingest(structuredClone(batch), sink);
    result.gaps += gaps.length;
    if (replayed) result.replays += 1;
    if (faulty && hubChance.uniform() < REPLY_LOST) {
      result.repliesLost += 1;
      throw new Error("reply lost");
    }
    return reply;
  }

  const feeds = venues.map((venue, index) => newFeed(venue, index, exchanges, options, deliver));
  const faultsFrom = START + WARM_UP_MS;
  const faultsTo = faultsFrom + options.faultyMs;
  const endMs = faultsTo + CALM_MS;
  for (let at = START; at < endMs; at += PACE.busyPollMs) {
    faulty = withFaults && at >= faultsFrom && at < faultsTo;
    exchanges.now = at;
    if (faulty && at % MINUTE_MS === 0) {
      for (const order of nextFaults()) {
        // no fault outlasts its time: afterwards everything must recover
        const forMs = Math.min(order.forMs ?? 0, faultsTo - at);
        exchanges.faults.add({ ...order, forMs }, at, at);
        result.faults.push({ ...order, forMs, atMs: at });
      }
    }
    exchanges.push();
    for (const feed of feeds) {
      // one after another, each on the same clock: a feed's own waiting moves only its own
      exchanges.now = at;
      await feed.tick();
    }
  }
  result.toMs = endMs - 2 * MINUTE_MS;
  for (const [symbol, hub] of hubs) result.hubs.set(symbol, hub.state);
  result.feeds = feeds.map((feed) => feed.report());
  return result;
}

function newFeed(
  venue: VenueId,
  index: number,
  exchanges: LocalExchanges,
  { seed, symbols }: SoakOptions,
  deliver: Deliver,
): Feed {
  const adapter = adapterOf(venue);
  const chance = createPrng(seed + 100 + index);
  const wall = () => exchanges.now;
  return new Feed({
    name: `${venue}#1`,
    adapter,
    symbols,
    pace: paceOf(PACE, 1),
    speed: 1,
    market: { now: wall },
    wall,
    random: () => chance.uniform(),
    pause: async (ms) => {
      exchanges.now += Math.max(1, ms);
    },
    send: exchangeHttp({ base: "", fetch: exchanges.fetchFrom(venue), wall, timeLimitMs: REQUEST_LIMIT_MS }),
    deliver,
    stream: adapter.stream === null ? null : { base: "", open: (path) => exchanges.openStream(venue, path) },
    memory: null,
    blockedProbeMs: BLOCKED_PROBE_MS,
  });
}
