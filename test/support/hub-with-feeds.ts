// One coin on all eight exchanges: real feeds and a real hub over the simulated exchanges, on a clock moved by hand. What
// the exchanges' own clock says and what they answer can be changed.
import { exchangeHttp, type Fetch } from "../../durable-objects/feed/exchange-http.ts";
import { Feed } from "../../durable-objects/feed/feed.ts";
import { paceOf } from "../../durable-objects/feed/pace.ts";
import { JournaledHub } from "../../durable-objects/hub/journal.ts";
import { MemoryHubStore } from "../../durable-objects/hub/memory-hub-store.ts";
import type { VenueMinute } from "../../src/shared/market/minute.ts";
import { VENUES, type VenueId } from "../../src/shared/market/symbol.ts";
import { DAY_MS, type EpochMs, HOUR_MS } from "../../src/shared/time/clock.ts";
import { adapterOf } from "../../src/shared/venue/registry.ts";
import { generatedMarkets } from "../../src/simulator/generator/generated-market.ts";
import { LocalExchanges } from "../soak/local-exchanges.ts";

const GENESIS = 1_772_409_600_000;
/** 2026-03-03T00:00:00Z: the market is a day old. */
export const START = GENESIS + DAY_MS;
const POLL_MS = 5_000;

/** Changes an exchange's answer, already read, or returns it as it is. `now` is market time. */
export type Tamper = (answer: unknown, path: string, now: EpochMs) => unknown;

export interface Run {
  minutes: { venue: VenueId; at: EpochMs; minute: VenueMinute["minute"] }[];
  feeds: Map<VenueId, Feed>;
  hub: JournaledHub;
}

/** Plays until `forMs` after START. The exchanges' clock is `behindMs` behind ours. */
export async function play(
  forMs: number,
  options: { behindMs?: number; tamper?: Partial<Record<VenueId, Tamper>>; venues?: readonly VenueId[] } = {},
): Promise<Run> {
  const { behindMs = 0, tamper = {}, venues = VENUES } = options;
  const exchanges = new LocalExchanges(
    generatedMarkets({ seed: 3, genesisMs: GENESIS, venues, symbols: ["BTC"] }),
    START,
  );
  const settings = { symbol: "BTC", venues, historyMs: HOUR_MS, speed: 1 };
  const hub = new JournaledHub(new MemoryHubStore(), settings);
  const result: Run = { minutes: [], feeds: new Map(), hub };
  let now = START;
  const sink = {
    minutes: (minutes: VenueMinute[]) => {
      for (const { venue, minute } of structuredClone(minutes)) result.minutes.push({ venue, minute, at: now });
    },
    column() {},
    cross() {},
    flows() {},
    context() {},
    liquidations() {},
    gap() {},
    done() {},
  };
  for (const venue of venues) {
    const adapter = adapterOf(venue);
    const change = tamper[venue];
    const plain = exchanges.fetchFrom(venue);
    const fetch: Fetch = change === undefined ? plain : tampering(plain, change, () => now);
    const feed = new Feed({
      name: `${venue}#1`,
      adapter,
      symbols: ["BTC"],
      pace: paceOf({ busySymbols: 5, busyPollMs: POLL_MS, tailPollMs: 15_000 }, 1),
      speed: 1,
      market: { now: () => now },
      wall: () => now,
      random: () => 0.5,
      pause: async (ms) => {
        now += Math.max(1, ms);
      },
      send: exchangeHttp({ base: "", fetch, wall: () => now, timeLimitMs: 1_000 }),
      deliver: async (batch) => hub.ingest(structuredClone(batch), sink).reply,
      stream: null,
      memory: null,
    });
    result.feeds.set(venue, feed);
  }
  for (let at = START; at < START + forMs; at += POLL_MS) {
    for (const feed of result.feeds.values()) {
      // one after another, each on the same clock: a feed's own waiting moves only its own
      now = at;
      exchanges.now = at - behindMs;
      await feed.tick();
    }
  }
  return result;
}

function tampering(fetch: Fetch, change: Tamper, now: () => EpochMs): Fetch {
  return async (path, init) => {
    const response = await fetch(path, init);
    const answer = change(await response.json(), path, now());
    return new Response(JSON.stringify(answer), { status: response.status, headers: response.headers });
  };
}
