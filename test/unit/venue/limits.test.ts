// What each exchange allows per endpoint, and that a budget spent on nothing else stays within it.
import { describe, expect, test } from "vitest";
import type { VenueId } from "../../../src/shared/market/symbol.ts";
import { MINUTE_MS, SECOND_MS } from "../../../src/shared/time/clock.ts";
import { ADAPTERS, adapterOf } from "../../../src/shared/venue/registry.ts";
import type { PayloadKind } from "../../../src/shared/venue/venue.ts";

/** The documented allowance of an endpoint: requests in a window, at the rows we ask for when polling. */
type Limit = readonly [kind: PayloadKind, requests: number, windowMs: number];

const TWO_SECONDS_MS = 2 * SECOND_MS;
const FIVE_MINUTES_MS = 5 * MINUTE_MS;

/** Read in the exchanges' documentation (addresses in each adapter's `budget.source`), 2026-10 and 2026-11. */
const LIMITS: Partial<Record<VenueId, readonly Limit[]>> = {
  // by weight of 2,400 a minute, and two groups of their own
  binance: [
    ["open-interest", 2_400, MINUTE_MS],
    ["klines", 2_400, MINUTE_MS],
    ["premium-index", 240, MINUTE_MS],
    ["order-book", 120, MINUTE_MS],
    ["open-interest-history", 1_000, FIVE_MINUTES_MS],
    ["taker-volume", 1_000, FIVE_MINUTES_MS],
    ["funding-history", 500, FIVE_MINUTES_MS],
    ["funding-info", 500, FIVE_MINUTES_MS],
  ],
  bybit: [
    ["tickers", 600, 5 * SECOND_MS],
    ["klines", 600, 5 * SECOND_MS],
    ["leverage-tiers", 600, 5 * SECOND_MS],
  ],
  okx: [
    ["open-interest", 20, TWO_SECONDS_MS],
    ["open-interest-history", 10, TWO_SECONDS_MS],
    ["klines", 40, TWO_SECONDS_MS],
    ["mark-price", 10, TWO_SECONDS_MS],
    ["index-tickers", 20, TWO_SECONDS_MS],
    ["funding-rate", 10, TWO_SECONDS_MS],
    ["order-book", 40, TWO_SECONDS_MS],
    ["taker-volume", 5, TWO_SECONDS_MS],
    ["liquidation-orders", 40, TWO_SECONDS_MS],
    ["leverage-tiers", 10, TWO_SECONDS_MS],
    ["instruments", 20, TWO_SECONDS_MS],
  ],
  bitget: [
    ["tickers", 20, SECOND_MS],
    ["klines", 20, SECOND_MS],
    ["order-book", 20, SECOND_MS],
    ["leverage-tiers", 10, SECOND_MS],
    ["liquidation-orders", 5, SECOND_MS],
    ["taker-volume", 1, SECOND_MS],
  ],
  // by weight of 1,200 a minute
  hyperliquid: [
    ["meta-and-asset-contexts", 60, MINUTE_MS],
    ["order-book", 600, MINUTE_MS],
    ["trades", 60, MINUTE_MS],
    ["instruments", 60, MINUTE_MS],
  ],
  gate: [
    ["tickers", 200, 10 * SECOND_MS],
    ["klines", 200, 10 * SECOND_MS],
    ["contract-stats", 200, 10 * SECOND_MS],
  ],
  dydx: [
    ["tickers", 100, 10 * SECOND_MS],
    ["klines", 100, 10 * SECOND_MS],
  ],
  // none is published
  gmx: [],
};

describe.each(Object.entries(LIMITS) as [VenueId, readonly Limit[]][])("%s", (venue, limits) => {
  const { budget, plan, request, defaultVenueSymbol } = adapterOf(venue);

  test.each(limits)("%s: the whole budget asks no more than %d in %d ms", (kind, requests, windowMs) => {
    const isBulk = plan.some((entry) => entry.kind === kind && entry.scope === "venue");
    const { weight } = request(kind, { venueSymbol: isBulk ? null : defaultVenueSymbol("BTC") });
    expect(weight).toBeGreaterThan(0);
    const perWindow = (budget.weight / weight) * (windowMs / budget.windowMs);
    expect(perWindow).toBeLessThanOrEqual(requests);
  });

  test("no request is free", () => {
    for (const { kind, scope } of plan) {
      expect(
        request(kind, { venueSymbol: scope === "venue" ? null : defaultVenueSymbol("BTC") }).weight,
      ).toBeGreaterThan(0);
    }
  });
});

test("each budget has a source", () => {
  expect(Object.keys(LIMITS).sort()).toEqual(ADAPTERS.map(({ id }) => id).sort());
  for (const { budget } of ADAPTERS) expect(budget.source).toMatch(/https:\/\/.+read \d{4}-\d{2}/);
});
