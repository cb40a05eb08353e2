// An exchange that goes on with one kind of data while another is gone is degraded, and says which and why.
import { describe, expect, test } from "vitest";
import type { PlanEntry } from "../../../src/shared/venue/venue.ts";
import { type Answering, bench, candle, fakeAdapter, healthy, json, START } from "./fake-venue.ts";

type Bench = ReturnType<typeof bench>;

/** State and reason of a symbol after so many seconds of ticks. */
async function after(seconds: number, { tick, feed, market }: Bench, symbol = "BTC") {
  const end = market.now() + seconds * 1_000;
  while (market.now() < end) await tick();
  const status = feed.report().symbols.find((one) => one.symbol === symbol)?.status;
  return { state: status?.state, reason: status?.reason };
}

/** Healthy but for one kind of payload, and that only for one symbol where one is named. */
function but(kind: string, answer: Answering, venueSymbol?: string): Answering {
  return (call, now) => {
    const hit = call.kind === kind && (venueSymbol === undefined || call.venueSymbol === venueSymbol);
    return hit ? answer(call, now) : healthy(call, now);
  };
}
const unreadable: Answering = () => json([{ renamed: 5 }]);

describe("open interest is gone while prices and candles go on", () => {
  test("rows that cannot be read: degraded after two minutes, with how many and why; live again with the next good one", async () => {
    const venue = bench({ symbols: ["BTC"] });
    expect(await after(30, venue)).toEqual({ state: "live", reason: null });
    venue.world.answer = but("open-interest", unreadable);
    expect(await after(120, venue)).toEqual({ state: "live", reason: null });
    expect(await after(60, venue)).toEqual({
      state: "degraded",
      reason: "no open interest for 3 min: 36 rows could not be read, last: 0 no kind",
    });
    venue.world.answer = healthy;
    expect(await after(5, venue)).toEqual({ state: "live", reason: null });
  });

  test("an empty answer, and one that repeats an old time", async () => {
    for (const answer of [
      () => json([]),
      () =>
        json([
          { kind: "openInterest", symbol: "BTC", openInterestBase: 5, openInterestUsd: null, exchangeTime: START },
        ]),
    ]) {
      const venue = bench({ symbols: ["BTC"] });
      await after(30, venue);
      venue.world.answer = but("open-interest", answer);
      expect(await after(180, venue)).toEqual({
        state: "degraded",
        reason: "no open interest for 3 min: the exchange sends no newer one",
      });
    }
  });

  test("figures that are not believed do not count as heard", async () => {
    const venue = bench({ symbols: ["BTC"] });
    await after(30, venue);
    let base = 0;
    venue.world.answer = but("open-interest", () => {
      base = base === 5_000 ? 9_000 : 5_000;
      return json([{ kind: "openInterest", symbol: "BTC", openInterestBase: base, openInterestUsd: null }]);
    });
    const { state, reason } = await after(180, venue);
    expect(state).toBe("degraded");
    expect(reason).toMatch(/^no open interest for 3 min: open interest went from 5 to (5|9)000 within 3 min$/);
  });

  test("a request that fails is the reason", async () => {
    const venue = bench({ symbols: ["BTC"] });
    await after(30, venue);
    venue.world.answer = but("open-interest", () => json({}, 500));
    expect((await after(200, venue)).reason).toMatch(/^no open interest for 3 min: open-interest: /);
  });

  test("another coin's rows are its own", async () => {
    const venue = bench({ symbols: ["BTC", "ETH"] });
    venue.world.answer = but("open-interest", unreadable, "ETHUSDT");
    expect(await after(240, venue, "BTC")).toEqual({ state: "live", reason: null });
    expect(await after(0, venue, "ETH")).toMatchObject({ state: "degraded" });
  });

  test("an exchange that is asked for it once a minute is given three minutes", async () => {
    const plan: PlanEntry[] = fakeAdapter.plan.map((entry) =>
      entry.kind === "open-interest" ? { ...entry, cadence: "minute" } : entry,
    );
    const venue = bench({ symbols: ["BTC"], adapter: { plan } });
    await after(60, venue);
    venue.world.answer = but("open-interest", () => json([]));
    expect(await after(115, venue)).toEqual({ state: "live", reason: null });
    expect(await after(60, venue)).toMatchObject({ state: "degraded" });
  });
});

test("candles are gone while prices and open interest go on", async () => {
  const venue = bench({ symbols: ["BTC"] });
  await after(60, venue);
  venue.world.answer = but("klines", () => json([{ renamed: 1 }]));
  const { state, reason } = await after(240, venue);
  expect(state).toBe("degraded");
  expect(reason).toMatch(/^no candle for \d min: \d+ rows could not be read, last: 0 no kind$/);
  venue.world.answer = healthy;
  expect(await after(65, venue)).toEqual({ state: "live", reason: null });
});

describe("the exchange's clock", () => {
  const depth = (exchangeTime: number) => [
    { kind: "depth", symbol: "BTC", bids: [], asks: [], exchangeTime },
    candle("BTC", START),
  ];

  test("is measured by what carries its time, and unknown before", async () => {
    const { tick, world, feed } = bench({ symbols: ["BTC"], adapter: { tellsTime: ["depth"] } });
    await tick();
    expect(feed.report().skewMs).toBeNull();
    world.answer = but("klines", (_, now) => json(depth(now - 7_000)));
    await tick(60_000);
    await tick();
    expect(feed.report().skewMs).toBe(-7_000);
  });
});
