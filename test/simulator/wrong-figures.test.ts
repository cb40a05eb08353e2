// One exchange says figures in a wrong unit, live or in its history: its minutes are missing, or carry what was known.
import { describe, expect, test } from "vitest";
import { coverageAt } from "../../durable-objects/hub/coverage.ts";
import { VENUES, type VenueId } from "../../src/shared/market/symbol.ts";
import { MINUTE_MS } from "../../src/shared/time/clock.ts";
import { play, type Run, START, type Tamper } from "../support/hub-with-feeds.ts";

/** Multiplies numbers in text at the given keys, or places, of every row of a list somewhere in the answer. */
function multiplied(answer: unknown, keys: readonly (string | number)[], times: number): unknown {
  if (Array.isArray(answer)) {
    return answer.map((one: unknown, i) => (keys.includes(i) ? scaled(one, times) : multiplied(one, keys, times)));
  }
  if (typeof answer !== "object" || answer === null) return answer;
  return Object.fromEntries(
    Object.entries(answer).map(([key, one]: [string, unknown]) => [
      key,
      keys.includes(key) ? scaled(one, times) : multiplied(one, keys, times),
    ]),
  );
}
const scaled = (value: unknown, times: number) => (typeof value === "string" ? String(Number(value) * times) : value);

const minutesOf = ({ minutes }: Run, venue: VenueId) =>
  minutes.filter((one) => one.venue === venue).map(({ minute }) => minute);

describe.each([1_000, 0.5])("Bybit's prices become %d times themselves", (times) => {
  const from = START + 3 * MINUTE_MS;
  const wrong: Tamper = (answer, path, now) => {
    if (now < from) return answer;
    if (path.includes("/kline")) return { ...(answer as object), result: klines(answer, times) };
    return path.includes("/tickers") ? multiplied(answer, ["markPrice", "indexPrice", "lastPrice"], times) : answer;
  };

  test("they are not believed after five minutes either", async () => {
    const run = await play(16 * MINUTE_MS, { tamper: { bybit: wrong } });
    const late = minutesOf(run, "bybit").filter(({ minuteMs }) => minuteMs > from);
    expect(late.length).toBeGreaterThan(6);
    for (const minute of late) expect(minute).toMatchObject({ type: "missing" });
    const settings = { symbol: "BTC", venues: VENUES, historyMs: 60 * MINUTE_MS, speed: 1 };
    const shown = coverageAt(run.hub.state, settings, run.hub.state.asOf).exchanges.find(({ id }) => id === "bybit");
    expect(shown).toMatchObject({ state: "degraded", modelled: false });
    expect(shown?.reason).toContain("was not believed beside");
  });
});

function klines(answer: unknown, times: number): object {
  const { result } = answer as { result: { list: string[][] } };
  const list = result.list.map((row) => row.map((one, i) => (i >= 1 && i <= 4 ? scaled(one, times) : one)));
  return { ...result, list };
}

describe.each<[VenueId, string, readonly (string | number)[]]>([
  ["binance", "openInterestHist", ["sumOpenInterest"]],
  ["bybit", "/open-interest", ["openInterest", "singleOpenInterest"]],
])("%s's history of open interest is a thousand times what it was", (venue, part, keys) => {
  const wrong: Tamper = (answer, path) => (path.includes(part) ? multiplied(answer, keys, 1_000) : answer);

  test("no minute takes it, and it is counted", async () => {
    const [plain, run] = await Promise.all([
      play(2 * MINUTE_MS, { venues: [venue] }),
      play(2 * MINUTE_MS, { venues: [venue], tamper: { [venue]: wrong } }),
    ]);
    const told = (of: Run) =>
      minutesOf(of, venue).flatMap((one) => (one.type === "bar" ? (one.bar.openInterestBase ?? []) : []));
    const largest = Math.max(...told(plain));
    expect(told(plain).length).toBeGreaterThan(10);
    expect(told(run).length).toBeGreaterThan(0);
    for (const base of told(run)) expect(base).toBeLessThan(largest * 1.5);
    expect(run.feeds.get(venue)?.report().quarantine.count).toBeGreaterThan(10);
    expect(plain.feeds.get(venue)?.report().quarantine.count).toBe(0);
  });
});
