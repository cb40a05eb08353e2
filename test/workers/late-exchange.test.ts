// An exchange that was away at the end of an interval, and whose minutes came later: its wide bars are made of them.
import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, test, vi } from "vitest";
import type { VenueId } from "../../src/shared/market/symbol.ts";
import { MINUTE_MS } from "../../src/shared/time/clock.ts";
import { loadColumns } from "../../workers/store/columns.ts";
import { BLOCKED, batch, closedMinute, DAY0, historyAnswer, noNews, openInterestAt } from "../support/batches.ts";
import { answer, endOf, startMarketOf, THREE } from "./market.ts";

vi.setConfig({ testTimeout: 60_000 });

const START = 330;
const END = 425;
const at = (minutes: number) => DAY0 + minutes * MINUTE_MS;

/** Minutes in which an exchange is away: across 06:00, and across 06:30. */
const AWAY: Partial<Record<VenueId, readonly number[]>> = { binance: [359, 360], bybit: [388, 389] };
/** What of them is recovered. */
const RECOVERED: [VenueId, number, number][] = [
  ["binance", 359, 361],
  ["bybit", 388, 389],
];
const WHY = "the exchange does not serve it";

interface Row {
  exchange: string;
  startMs: number;
  open: number | null;
  high: number | null;
  low: number | null;
  close: number | null;
  volumeBase: number | null;
  takerBuyBase: number | null;
  takerSellBase: number | null;
  openInterestBase: number | null;
  openInterestUsd: number | null;
  missingMinutes?: number;
  missingReason?: string;
}
interface Bars {
  bars: Row[];
  totals: { startMs: number; exchanges: number; takerBuyBase: number }[];
}
interface History {
  t: number[];
  o: number[];
  c: number[];
  v: number[];
}

beforeAll(async () => {
  const clock = { CLOCK_MARKET_ORIGIN_MS: String(endOf(END)), CLOCK_END_MS: String(endOf(END)) };
  await startMarketOf({ minutes: START, venues: THREE, vars: clock });
  const hub = env.SYMBOL_HUB.getByName("BTC");
  for (let minute = START; minute < END; minute++) {
    for (const venue of THREE) {
      const sent = closedMinute(venue, at(minute));
      if (AWAY[venue]?.includes(minute)) {
        await hub.ingest(noNews(venue, sent.sentAt, BLOCKED));
        continue;
      }
      const { needs } = await hub.ingest(sent);
      if (needs === null) continue;
      const missing = [{ ...needs, reason: WHY }];
      await hub.ingest(batch(venue, sent.sentAt, [], { history: { range: needs, missing } }));
    }
  }
  for (const [venue, from, to] of RECOVERED) {
    await hub.ingest(historyAnswer(venue, endOf(END), { fromMs: at(from), toMs: at(to) }));
  }
  do await runDurableObjectAlarm(hub);
  while ((await hub.report()).waitingForD1 > 0);
}, 60_000);

const minutesOf = async (exchange: VenueId, from: number, to: number) =>
  (await answer<Bars>(`/v1/bars/BTC?exchange=${exchange}&interval=1m&from=${at(from)}&to=${at(to)}`)).bars;

describe.each([
  ["5m", 5],
  ["15m", 15],
  ["30m", 30],
])("bars of %s", (interval, width) => {
  test("have the exchange that was away at their end, made of its minutes", async () => {
    const start = 360 - width;
    const [column] = await loadColumns(env.DB, {
      ...{ symbol: "BTC", intervalMs: width * MINUTE_MS },
      ...{ fromMs: at(start), toMs: at(360) },
    });
    expect(column?.venues.map(({ id }) => id)).toEqual(["bybit", "okx"]);

    const minutes = await minutesOf("binance", start, 360);
    expect(minutes).toHaveLength(width);
    const span = `from=${at(START)}&to=${at(390)}`;
    const { bars, totals } = await answer<Bars>(`/v1/bars/BTC?interval=${interval}&${span}`);
    const bar = bars.find((one) => one.exchange === "binance" && one.startMs === at(start));
    expect(bar).toMatchObject({
      open: minutes[0]?.open,
      high: Math.max(...minutes.map(({ high }) => high ?? 0)),
      low: Math.min(...minutes.map(({ low }) => low ?? Number.POSITIVE_INFINITY)),
      close: minutes.at(-1)?.close,
      volumeBase: 40 * width,
      takerBuyBase: 18 * width,
      takerSellBase: 22 * width,
      openInterestBase: openInterestAt("binance", at(360)),
    });
    expect(bar?.openInterestUsd).toBeCloseTo((bar?.openInterestBase ?? 0) * (bar?.close ?? 0), -3);
    expect(bar).not.toHaveProperty("missingReason");
    expect(totals.map(({ startMs, exchanges }) => [startMs, exchanges])).toEqual(
      Array.from({ length: 60 / width }, (_, i) => [at(START + i * width), 3]),
    );
    const total = totals.find(({ startMs }) => startMs === at(start));
    expect(total?.takerBuyBase).toBeCloseTo(3 * 18 * width, 6);
    expect(bars.filter(({ startMs }) => startMs === at(start)).map(({ exchange }) => exchange)).toEqual(THREE);
  });

  test("say which minutes are missing where not all could be had", async () => {
    const start = 390 - width;
    const span = `from=${at(start)}&to=${at(390)}`;
    const { bars } = await answer<Bars>(`/v1/bars/BTC?interval=${interval}&exchange=bybit&${span}`);
    const minutes = await minutesOf("bybit", start, 390);
    expect(bars).toHaveLength(1);
    expect(bars[0]).toMatchObject({
      close: minutes.at(-2)?.close,
      volumeBase: 40 * (width - 1),
      missingMinutes: 1,
      missingReason: WHY,
    });
  });
});

describe("a chart of the exchange", () => {
  test.each([5, 15, 30, 60])("has no hole at %i minutes, and bars of full volume", async (width) => {
    const first = Math.ceil(START / width) * width - width;
    const span = `from=${at(first) / 1_000}&to=${at(360) / 1_000}`;
    const chart = await answer<History>(`/udf/history?symbol=BINANCE:BTC&resolution=${width}&${span}`);
    expect(chart.t).toEqual(Array.from({ length: (360 - first) / width }, (_, i) => at(first + i * width) / 1_000));
    for (const volume of chart.v) expect(volume).toBeCloseTo(40 * width, 6);
    const minutes = await minutesOf("binance", 360 - width, 360);
    expect([chart.o.at(-1), chart.c.at(-1)]).toEqual([minutes[0]?.open, minutes.at(-1)?.close]);
    const all = await answer<History>(`/udf/history?symbol=BTC&resolution=${width}&${span}`);
    for (const volume of all.v) expect(volume).toBeCloseTo(3 * 40 * width, 6);
  });
});

test("a heatmap of the exchange has the candle of its minutes, not a made-up one", async () => {
  const minutes = await minutesOf("binance", 355, 360);
  const { candles } = await answer<{ candles: number[][] }>("/v1/heatmap/BTC?range=12h&exchange=binance");
  const candle = candles.find(([startMs]) => startMs === at(355));
  expect(candle).toEqual([
    at(355),
    minutes[0]?.open,
    Math.max(...minutes.map(({ high }) => high ?? 0)),
    Math.min(...minutes.map(({ low }) => low ?? Number.POSITIVE_INFINITY)),
    minutes.at(-1)?.close,
    200,
  ]);
});
