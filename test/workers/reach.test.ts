// Spans that begin, or end, before there is data, and answers that would weigh too much: told, and read page by page.
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, test, vi } from "vitest";
import type { VenueContext } from "../../src/shared/market/context.ts";
import { VENUES } from "../../src/shared/market/symbol.ts";
import { MINUTE_MS } from "../../src/shared/time/clock.ts";
import { saveContext } from "../../workers/store/context.ts";
import { saveMinutes } from "../../workers/store/minute-bars.ts";
import { DAY0 } from "../support/batches.ts";
import { type Bars, refused } from "./answers.ts";
import { endOf, request, startMarketOf } from "./market.ts";

vi.setConfig({ testTimeout: 60_000 });

const MINUTES = 700;
const NOW = endOf(MINUTES);
/** Before everything. */
const [EARLY, EARLY_END] = [1_600_000_000_000, 1_600_000_600_000];
const MAX_BYTES = 2_000_000;

/** A figure of as many digits as real ones have. */
const long = (at: number) => 12_345.678901234567 * (1 + at / 1e6);

const FULL: VenueContext = {
  takerBuyBase: long(1),
  takerSellBase: long(2),
  fundingRate: 0.0001234567890123,
  fundingIntervalMs: 28_800_000,
  markPrice: long(3),
  indexPrice: long(4),
  depth: {
    bidUsd: [1, 2, 3, 4, 5].map((at) => Math.round(long(at) * 1e4)),
    askUsd: [1, 2, 3, 4, 5].map((at) => Math.round(long(at) * 1e4)),
    bidReach: 0.012345678901234,
    askReach: 0.012345678901234,
  },
  observedLongUsd: long(5),
  observedShortUsd: long(6),
  observedCount: 12,
  listenedMinutes: 1,
} as VenueContext;

/** ETH as eight exchanges report it, every field given. */
async function saveEight(): Promise<void> {
  const minutes = Array.from({ length: MINUTES }, (_, i) => DAY0 + i * MINUTE_MS);
  for (const venue of VENUES) {
    await saveMinutes(
      env.DB,
      minutes.map((minuteMs, i) => ({
        venue,
        symbol: "ETH",
        minute: {
          type: "bar",
          minuteMs,
          bar: {
            ...{
              openTime: minuteMs,
              intervalMs: MINUTE_MS,
              open: long(i),
              high: long(i),
              low: long(i),
              close: long(i),
            },
            ...{
              volumeBase: long(i),
              takerBuyBase: long(i) / 3,
              openInterestBase: long(i) * 7,
              fundingRate: 0.000123456,
            },
            ...{ shortOpenInterestBase: long(i) * 7.1, markHigh: long(i), markLow: long(i) },
            ...{ observedLongUsd: long(i) / 9, observedShortUsd: long(i) / 7 },
          },
          quality: { openInterestCarried: false, fromHistory: false },
          startOpenInterestBase: null,
        },
      })),
    );
  }
  await saveContext(
    env.DB,
    minutes.map((startMs) => ({
      symbol: "ETH",
      intervalMs: MINUTE_MS,
      startMs,
      venues: Object.fromEntries(VENUES.map((venue) => [venue, FULL])),
    })),
  );
}

beforeAll(async () => {
  await startMarketOf({
    minutes: 60,
    venues: ["okx"],
    vars: {
      SYMBOLS: "BTC,ETH,SOL",
      VENUES: VENUES.join(","),
      CLOCK_MARKET_ORIGIN_MS: String(NOW),
      CLOCK_END_MS: String(NOW),
    },
  });
  await saveEight();
}, 90_000);

const nextOf = (response: Response) => /^<([^>]+)>; rel="next"$/.exec(response.headers.get("link") ?? "")?.[1] ?? null;

describe("no answer weighs more than is promised, with eight exchanges and every field given", () => {
  test.each([
    "/v1/bars/ETH",
    "/v1/bars/ETH?limit=1500",
    `/v1/bars/ETH?from=${DAY0}&limit=1500`,
    "/v1/bars/ETH?limit=1500&exchange=okx",
    "/v1/depth/ETH?interval=1m&limit=1500",
    "/v1/liquidations/ETH?as=bars&interval=1m&limit=1500",
  ])("%s", async (path) => {
    const text = await (await request(path)).text();
    expect(text.length).toBeGreaterThan(100_000);
    expect(text.length).toBeLessThan(MAX_BYTES);
  });

  test("the newest bars come without a limit; what a limit adds is read page by page", async () => {
    const first = await request("/v1/bars/ETH");
    const { bars } = (await first.json()) as Bars;
    expect(bars.at(-1)?.startMs).toBe(DAY0 + (MINUTES - 1) * MINUTE_MS);
    expect(nextOf(first)).toBeNull();
    const starts = new Set<number>();
    let pages = 0;
    for (let path: string | null = "/v1/bars/ETH?limit=1500"; path !== null; pages++) {
      const page: Response = await request(path);
      for (const { startMs } of ((await page.json()) as Bars).bars) starts.add(startMs);
      path = nextOf(page);
    }
    expect([starts.size, pages]).toEqual([MINUTES, Math.ceil(MINUTES / (bars.length / VENUES.length))]);
  });
});

describe("a span that ends before the data begins", () => {
  test.each([
    "/v1/bars/ETH?",
    "/v1/liquidations/ETH?as=bars&interval=1m&",
    "/v1/liquidations/ETH?",
    "/v1/depth/ETH?interval=1m&",
  ])("%s is refused with the reach", async (path) => {
    // single reports go by the 5-minute context as well
    await saveContext(env.DB, [{ symbol: "ETH", intervalMs: 300_000, startMs: DAY0, venues: {} }]);
    const problem = await refused(`${path}from=${EARLY}&to=${EARLY_END}`);
    expect(problem).toMatchObject({ status: 400, code: "not-enough-history", parameter: "to", accepted: [`${DAY0}`] });
    expect(problem.detail).toBe(
      `the data reaches back to ${new Date(DAY0).toISOString()} (${DAY0}), the span ended at ${EARLY_END}`,
    );
    expect(problem.title).toBe("The data does not reach that far back");
  });

  test("the compatible history says so in its envelope", async () => {
    const query = `exchange_list=Binance&symbol=ETH&interval=1m&start_time=${EARLY}&end_time=${EARLY_END}`;
    const answer = await request(`/api/futures/liquidation/aggregated-history?${query}`);
    const body = (await answer.json()) as { code: string; msg: string; error: { parameter: string } };
    expect([answer.status, body.code, body.error.parameter]).toEqual([400, "400", "end_time"]);
    expect(body.msg).toContain(String(DAY0));
  });
});

describe("a span that begins before the data", () => {
  test.each(["/v1/bars/ETH?", "/v1/liquidations/ETH?as=bars&interval=1m&", "/v1/depth/ETH?interval=1m&"])(
    "%s begins with the first there is",
    async (path) => {
      const response = await request(`${path}from=${EARLY}&limit=5`);
      const body = (await response.json()) as Record<"fromMs" | "availableFromMs" | "nextFromMs", number> & {
        bars?: { startMs: number }[];
        history?: { startMs: number }[];
      };
      expect([body.fromMs, body.availableFromMs, body.nextFromMs]).toEqual([DAY0, DAY0, DAY0 + 5 * MINUTE_MS]);
      expect((body.bars ?? body.history)?.[0]?.startMs).toBe(DAY0);
      expect(nextOf(response)).toContain(`from=${DAY0 + 5 * MINUTE_MS}`);
    },
  );

  test("the compatible history says how far it reaches", async () => {
    const query = `exchange_list=Binance&symbol=ETH&interval=1m&start_time=${EARLY}`;
    const answer = await request(`/api/futures/liquidation/aggregated-history?${query}`);
    expect(((await answer.json()) as { meta: object }).meta).toMatchObject({ available_from_ms: DAY0 });
  });

  test("where nothing is stored there is nothing to go on to", async () => {
    const response = await request(`/v1/liquidations/SOL?as=bars&from=${EARLY}&limit=5`);
    expect(await response.json()).toMatchObject({ bars: [], availableFromMs: null, nextFromMs: null });
    expect(nextOf(response)).toBeNull();
  });
});

test("an end in the future without a start is the newest there is", async () => {
  const { bars } = (await (await request(`/v1/bars/ETH?to=${NOW + 90 * 86_400_000}&limit=10`)).json()) as Bars;
  expect(bars.at(-1)?.startMs).toBe(DAY0 + (MINUTES - 1) * MINUTE_MS);
});
