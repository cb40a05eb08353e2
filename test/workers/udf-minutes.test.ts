// A chart of minutes over eight exchanges: the newest ones come, however many rows they are made of.
import { env } from "cloudflare:workers";
import { beforeAll, expect, test, vi } from "vitest";
import { VENUES } from "../../src/shared/market/symbol.ts";
import { intervalStart, MINUTE_MS } from "../../src/shared/time/clock.ts";
import { answer, endOf, startMarketOf } from "./market.ts";

vi.setConfig({ testTimeout: 60_000 });

const NOW = endOf(20);
/** The minute that runs. */
const RUNNING = intervalStart(NOW, MINUTE_MS);
const STORED = 5_200;

interface History {
  s: string;
  t: number[];
  c: number[];
  v: number[];
}

beforeAll(async () => {
  await startMarketOf({ minutes: 20, venues: ["okx"], vars: { SYMBOLS: "BTC,ETH", VENUES: VENUES.join(",") } });
  // each exchange has a price of its own; the first lacks every tenth minute
  await env.DB.prepare(
    `WITH RECURSIVE minute(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM minute WHERE n < ?1)
     INSERT INTO minute_bars (symbol, venue, minute_ms, open, high, low, close, volume_base, quality)
     SELECT 'ETH', value, ?2 - n * 60000, price, price, price, price, 10, 0
     FROM minute, (SELECT value, 3000 + key AS price FROM json_each(?3))`,
  )
    .bind(STORED, RUNNING, JSON.stringify(VENUES))
    .run();
  await env.DB.prepare(
    `UPDATE minute_bars SET open = NULL, high = NULL, low = NULL, close = NULL, volume_base = NULL, quality = 4
     WHERE symbol = 'ETH' AND venue = ?1 AND minute_ms % 600000 = 0`,
  )
    .bind(VENUES[0])
    .run();
}, 60_000);

/** Starts of so many minutes before the running one, in seconds. */
const before = (count: number) => Array.from({ length: count }, (_, i) => (RUNNING - (count - i) * MINUTE_MS) / 1_000);

test.each([
  ["three days", `from=${RUNNING / 1_000 - 4_320 * 60}`, 4_320],
  ["countback of 3,000", "from=0&countback=3001", 3_000],
  ["countback of 4,000", "from=0&countback=4001", 4_000],
  ["more than is given", `from=${RUNNING / 1_000 - 5_200 * 60}`, 4_999],
])("%s end with the newest minute and have no hole", async (_, query, count) => {
  const bars = await answer<History>(`/udf/history?symbol=ETH&resolution=1&to=${Math.floor(NOW / 1_000)}&${query}`);
  expect(bars.t.length).toBeGreaterThanOrEqual(count);
  expect(bars.t.slice(-count)).toEqual(before(count));
  bars.t.forEach((second, i) => {
    // prices of the first exchange that has the minute, volume of all
    const isWhole = second % 600 !== 0;
    expect([second, bars.c[i], bars.v[i]]).toEqual([second, isWhole ? 3_000 : 3_001, isWhole ? 80 : 70]);
  });
});
