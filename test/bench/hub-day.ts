// A hub that lived through some days of all exchanges: input of the hub and heatmap benchmarks.
import { JournaledHub } from "../../durable-objects/hub/journal.ts";
import { MemoryHubStore } from "../../durable-objects/hub/memory-hub-store.ts";
import type { HubSettings } from "../../durable-objects/hub/settings.ts";
import { storeSink } from "../../durable-objects/hub/store-sink.ts";
import type { Bar } from "../../src/shared/market/bar.ts";
import type { Observation } from "../../src/shared/market/observation.ts";
import { VENUES, type VenueId } from "../../src/shared/market/symbol.ts";
import { MINUTE_MS } from "../../src/shared/time/clock.ts";
import { minuteMarket } from "./minute-market.ts";

/** Minutes of one piece of history. */
const PIECE = 500;

export interface HubDay {
  store: MemoryHubStore;
  hub: JournaledHub;
  settings: HubSettings;
  /** Lets each exchange report the next tick, a part of a minute; false when `later` minutes are over. */
  tick(): boolean;
}

/** Fills a new hub with `minutes` of seeded history, exchange by exchange in pieces, as the feeds do; then `ticks` a minute. */
export function fillHub(minutes: number, later = 0, ticksPerMinute = 12): HubDay {
  const store = new MemoryHubStore();
  const settings: HubSettings = { symbol: "BTC", venues: VENUES, historyMs: minutes * MINUTE_MS, speed: 1 };
  const hub = new JournaledHub(store, settings);
  const all = minuteMarket({ seed: 1, bars: minutes + later });
  const bars = all.slice(0, minutes);
  const endMs = (bars.at(-1)?.openTime ?? 0) + MINUTE_MS;
  const send = (venue: VenueId, slice: readonly Bar[], whole: boolean) =>
    hub.ingest(
      {
        venue,
        symbol: "BTC",
        sentAt: endMs + 1_000,
        status: { state: "live", reason: null, sinceMs: endMs },
        observations: slice.flatMap((bar) => observationsOf(venue, bar)),
        history: whole
          ? { range: { fromMs: slice[0]?.openTime ?? 0, toMs: (slice.at(-1)?.openTime ?? 0) + MINUTE_MS }, missing: [] }
          : null,
      },
      storeSink(store),
    );
  for (const venue of VENUES) send(venue, bars.slice(-1), false);
  for (let from = 0; from < bars.length; from += PIECE) {
    for (const venue of VENUES) send(venue, bars.slice(from, from + PIECE), true);
  }
  let ticks = 0;
  const tick = () => {
    const bar = all[minutes + Math.floor(ticks / ticksPerMinute)];
    if (bar === undefined) return false;
    const part = ((ticks % ticksPerMinute) + 1) / ticksPerMinute;
    ticks += 1;
    const sentAt = bar.openTime + part * MINUTE_MS;
    const status = { state: "live", reason: null, sinceMs: endMs } as const;
    for (const venue of VENUES) {
      const observations = part === 1 ? observationsOf(venue, bar) : running(venue, bar, part, sentAt);
      hub.ingest({ venue, symbol: "BTC", sentAt, status, observations, history: null }, storeSink(store));
    }
    return true;
  };
  return { store, hub, settings, tick };
}

/** The minute so far: its price on the straight way from open to close. */
function running(venue: VenueId, bar: Bar, part: number, at: number): Observation[] {
  const close = bar.open + (bar.close - bar.open) * part;
  const [high, low] = [Math.max(bar.open, close), Math.min(bar.open, close)];
  const so = { open: bar.open, high, low, close, volumeBase: (bar.volumeBase ?? 0) * part, takerBuyBase: null };
  const seen = { venue, symbol: "BTC", exchangeTime: at, receivedAt: at };
  return [{ kind: "candle", ...seen, openTime: bar.openTime, intervalMs: MINUTE_MS, ...so, closed: false }];
}

function observationsOf(venue: VenueId, bar: Bar): Observation[] {
  const endMs = bar.openTime + MINUTE_MS;
  const seen = { venue, symbol: "BTC", exchangeTime: endMs, receivedAt: endMs };
  const candle: Observation = {
    kind: "candle",
    ...seen,
    openTime: bar.openTime,
    intervalMs: MINUTE_MS,
    open: bar.open,
    high: bar.high,
    low: bar.low,
    close: bar.close,
    volumeBase: bar.volumeBase,
    takerBuyBase: bar.takerBuyBase,
    closed: true,
  };
  const { openInterestBase } = bar;
  return openInterestBase === null
    ? [candle]
    : [{ kind: "openInterest", ...seen, openInterestBase, openInterestUsd: null }, candle];
}
