// A hub with nine hours of a constructed market, and observed liquidations in D1, its market clock standing still.
import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { Bar } from "../../src/shared/market/bar.ts";
import type { Side, VenueId } from "../../src/shared/market/symbol.ts";
import { type EpochMs, MINUTE_MS } from "../../src/shared/time/clock.ts";
import { app } from "../../workers/api/app.ts";
import { saveLiquidations } from "../../workers/store/context.ts";
import { saveMinutes } from "../../workers/store/minute-bars.ts";
import { closedMinute, DAY0, historyAnswer } from "../support/batches.ts";

export const MINUTES = 540;
export const THREE: VenueId[] = ["binance", "bybit", "okx"];

/** Market time at which so many minutes have closed. */
export const endOf = (minutes: number): EpochMs => DAY0 + minutes * MINUTE_MS + 6_000;

export const NOW = endOf(MINUTES);

/** BTC has a map, ETH only what exchanges reported: minutes of Binance and Bybit. */
export function startMarket(): Promise<void> {
  return startMarketOf({ minutes: MINUTES, venues: THREE, vars: { SYMBOLS: "BTC,ETH" } });
}

/** A hub of BTC with minutes of some exchanges, all written to D1; the clock stands at `endOf(minutes)`. */
export async function startMarketOf(market: {
  minutes: number;
  venues: readonly VenueId[];
  /** Variables of the deployment beside, or in place of, the usual. */
  vars?: Record<string, string>;
}): Promise<void> {
  const { minutes, venues } = market;
  const vars = {
    CLOCK_MARKET_ORIGIN_MS: String(endOf(minutes)),
    CLOCK_WALL_ORIGIN_MS: "0",
    CLOCK_END_MS: String(endOf(minutes)),
    HISTORY_MS: String(minutes * MINUTE_MS),
    VENUES: venues.join(","),
    SYMBOLS: "BTC",
    DATA_SOURCE: "simulated",
    ...market.vars,
  };
  for (const [name, value] of Object.entries(vars)) Reflect.set(env, name, value);
  const stub = env.SYMBOL_HUB.getByName("BTC");
  for (const venue of venues) {
    const sent = closedMinute(venue, DAY0 + (minutes - 1) * MINUTE_MS);
    const { needs } = await stub.ingest(sent);
    if (needs !== null) await stub.ingest(historyAnswer(venue, sent.sentAt, needs));
  }
  // a hub that writes to D1 answers late
  while ((await stub.report()).waitingForD1 > 0) await runDurableObjectAlarm(stub);
  await runDurableObjectAlarm(stub);
}

/** Minutes of ETH as exchanges reported them; null = no figure. */
export async function saveObserved(
  venue: VenueId,
  minutes: readonly [minuteMs: EpochMs, longUsd: number | null, shortUsd: number | null][],
): Promise<void> {
  await saveMinutes(
    env.DB,
    minutes.map(([minuteMs, observedLongUsd, observedShortUsd]) => ({
      venue,
      symbol: "ETH",
      minute: {
        type: "bar",
        minuteMs,
        bar: { ...BAR, openTime: minuteMs, observedLongUsd, observedShortUsd },
        quality: { openInterestCarried: false, fromHistory: false },
        startOpenInterestBase: null,
      },
    })),
  );
}

/** Single liquidations of ETH as exchanges reported them. */
export async function saveReported(
  venue: VenueId,
  reports: readonly [atMs: EpochMs, side: Side, notionalUsd: number][],
): Promise<void> {
  await saveLiquidations(
    env.DB,
    reports.map(([atMs, side, notionalUsd], ordinal) => ({
      symbol: "ETH",
      venue,
      atMs,
      receivedMs: atMs + 50,
      side,
      price: 3_005,
      priceKind: "bankruptcy",
      sizeBase: notionalUsd / 3_005,
      notionalUsd,
      ordinal,
    })),
  );
}

const BAR: Bar = {
  openTime: 0,
  intervalMs: MINUTE_MS,
  open: 3_000,
  high: 3_010,
  low: 2_990,
  close: 3_005,
  volumeBase: 10,
  takerBuyBase: 5,
  openInterestBase: 1_000,
  markHigh: null,
  markLow: null,
  fundingRate: null,
  observedLongUsd: null,
  observedShortUsd: null,
};

export function request(path: string, init: RequestInit = {}): Promise<Response> {
  return Promise.resolve(app.request(path, init, env));
}

export async function answer<T>(path: string): Promise<T> {
  const response = await request(path);
  if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}
