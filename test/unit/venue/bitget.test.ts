// Bitget on payloads of our own making: what each rule keeps, and what it refuses.
import { describe, expect, test } from "vitest";
import { sizeOf } from "../../../src/shared/venue/bitget/amount.ts";
import { adapterOf } from "../../../src/shared/venue/registry.ts";
import { known, nth, parseConstructed } from "./support.ts";

test("tickers: open interest under either name, each figure on its own, multiples as coins", () => {
  const result = parseConstructed("bitget", "tickers");
  expect(nth(result, "openInterest")).toMatchObject({ symbol: "BTC", openInterestBase: 27_000.5 });
  expect(nth(result, "openInterest", 1)).toMatchObject({ symbol: "ETH", openInterestBase: 310_000 });
  expect(nth(result, "openInterest", 2)).toMatchObject({ symbol: "BONK", openInterestBase: 5_000_000 });
  expect(nth(result, "markPrice")).toMatchObject({ symbol: "BTC", markPrice: 76_100.5, indexPrice: 76_110.2 });
  expect(nth(result, "markPrice", 1)).toMatchObject({ symbol: "BONK", markPrice: 0.00002, indexPrice: null });
  // the coin-margined row is another contract and says nothing here
  expect(result.rejects.map(({ path }) => path)).toEqual(["$.data[1].markPrice"]);
});

test("liquidations: side of the position, amount in USDT; an amount that can only be coins is refused", () => {
  const result = parseConstructed("bitget", "liquidation-stream", { instruments: known("bitget", "BTC", "ETH") });
  expect(nth(result, "liquidation")).toMatchObject({ symbol: "ETH", side: "short", sizeBase: 0.5, notionalUsd: 1_300 });
  const long = nth(result, "liquidation", 1);
  expect(long).toMatchObject({ symbol: "BTC", side: "long", price: 75_400, priceKind: "bankruptcy" });
  expect(long.sizeBase).toBeCloseTo(0.013, 12);
  expect(result.rejects.map(({ path }) => path)).toEqual(["$.data[1].amount", "$.data[2].side"]);
});

describe("the unit of an amount", () => {
  test("a BTC row read in the wrong unit is off by the price and falls out, whichever way", () => {
    expect(sizeOf(980.2, 75_400, "usdt")).toEqual({ units: 980.2 / 75_400 });
    expect(sizeOf(0.013, 75_400, "base")).toEqual({ units: 0.013 });
    expect(sizeOf(0.013, 75_400, "usdt")).toHaveProperty("reason");
    expect(sizeOf(10_000, 75_400, "base")).toHaveProperty("reason");
  });
});

test("tiers are sorted; what is deducted keeps the requirement continuous", () => {
  const { brackets, rejects } = parseConstructed("bitget", "leverage-tiers");
  expect(brackets).toMatchObject([
    { venueSymbol: "BTCUSDT", floor: 0, cap: 150_000, unit: "usd", maintenanceAmount: 0, maxLeverage: 125 },
    { floor: 150_000, cap: 600_000, maintenanceMarginRate: 0.005, maintenanceAmount: 150, maxLeverage: 100 },
  ]);
  expect(rejects.map(({ path }) => path)).toEqual(["$.data[2]"]);
});

test("instruments: perpetuals on coins only; one that is offline is not listed", () => {
  const { instruments, rejects } = parseConstructed("bitget", "instruments");
  expect(instruments).toMatchObject([
    { venueSymbol: "BTCUSDT", maxLeverage: 150, fundingIntervalMs: 28_800_000, listed: true },
    { venueSymbol: "OLDUSDT", maxLeverage: 20, fundingIntervalMs: 14_400_000, listed: false },
  ]);
  expect(rejects).toEqual([]);
});

test("the edge in front of the exchange is told apart from the exchange", () => {
  const text = JSON.stringify({ message: "Forbidden", cloudflare: "block" });
  const answer = { status: 403, contentType: "application/json", retryAfterMs: null, text };
  expect(adapterOf("bitget").judge(answer)).toMatchObject({ type: "blocked", reason: expect.stringContaining("edge") });
});
