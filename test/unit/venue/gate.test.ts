// Gate on payloads of our own making: what each rule keeps, and what it refuses.
import { expect, test } from "vitest";
import { adapterOf } from "../../../src/shared/venue/registry.ts";
import { nth, parseConstructed, RECEIVED_AT } from "./support.ts";

test("tickers: contracts × value, stamped with our receive time, each figure on its own", () => {
  const result = parseConstructed("gate", "tickers");
  expect(nth(result, "openInterest")).toMatchObject({ symbol: "BTC", exchangeTime: RECEIVED_AT });
  expect(nth(result, "openInterest").openInterestBase).toBeCloseTo(56_000, 8);
  expect(nth(result, "openInterest", 1).openInterestBase).toBeCloseTo(210_000.005, 8);
  expect(nth(result, "markPrice")).toMatchObject({ symbol: "BTC", markPrice: 76_100.5, indexPrice: 76_110.2 });
  expect(result.rejects.map(({ path }) => path)).toEqual(["$[1].mark_price"]);
});

test("statistics: oldest first, in coins, and a row whose USD is another unit is refused", () => {
  const result = parseConstructed("gate", "contract-stats", { venueSymbol: "BTC_USDT" });
  expect(nth(result, "openInterest")).toMatchObject({
    exchangeTime: 1_790_000_100_000,
    openInterestUsd: 4_254_000_000,
  });
  expect(nth(result, "openInterest").openInterestBase).toBeCloseTo(55_900, 8);
  expect(nth(result, "openInterest", 1)).toMatchObject({ exchangeTime: 1_790_000_400_000 });
  expect(result.rejects.map(({ path }) => path)).toEqual(["$[2].open_interest_usd"]);
});

test("liquidations: the sign is the position's side; seconds and milliseconds, nothing beyond", () => {
  const result = parseConstructed("gate", "liquidation-stream");
  expect(nth(result, "liquidation")).toMatchObject({ side: "short", exchangeTime: 1_790_000_000_000, price: 76_800 });
  expect(nth(result, "liquidation").sizeBase).toBeCloseTo(0.01245, 12);
  expect(nth(result, "liquidation", 1)).toMatchObject({
    side: "long",
    exchangeTime: 1_790_000_001_123,
    priceKind: "order",
  });
  expect(nth(result, "liquidation", 1).sizeBase).toBeCloseTo(0.13, 12);
  expect(result.rejects.map(({ path }) => path)).toEqual(["$.result[2].size", "$.result[3].time"]);
});

test("the list: what was force-closed where the row says so, else the position, at the fill", () => {
  const result = parseConstructed("gate", "liquidation-orders");
  expect(nth(result, "liquidation")).toMatchObject({ side: "short", price: 76_800, priceKind: "fill" });
  expect(nth(result, "liquidation").sizeBase).toBeCloseTo(0.0165, 12);
  expect(nth(result, "liquidation", 1)).toMatchObject({ side: "long", price: 75_510 });
  expect(nth(result, "liquidation", 1).sizeBase).toBeCloseTo(0.07, 12);
});

test("risk limits: sorted, a repeated row counts once, each begins where the one below ends", () => {
  const { brackets, rejects } = parseConstructed("gate", "leverage-tiers");
  expect(brackets).toMatchObject([
    { venueSymbol: "BTC_USDT", floor: 0, cap: 1_000_000, maintenanceMarginRate: 0.005, maintenanceAmount: 0 },
    { floor: 1_000_000, cap: 2_000_000, maintenanceMarginRate: 0.01, maintenanceAmount: 5_000, maxLeverage: 50 },
  ]);
  expect(rejects).toEqual([]);
});

test("instruments: USDT ones with their value; one in delisting is not listed", () => {
  const { instruments, rejects } = parseConstructed("gate", "instruments");
  expect(instruments).toMatchObject([
    { venueSymbol: "BTC_USDT", symbol: "BTC", baseUnitsPerContract: 0.0001, listed: true },
    { venueSymbol: "OLD_USDT", symbol: "OLD", baseUnitsPerContract: 10, listed: false },
  ]);
  expect(rejects).toEqual([]);
});

test("an error is a label and a message, whatever the status", () => {
  const judge = (label: string, status: number) => {
    const text = JSON.stringify({ label, message: "words" });
    return adapterOf("gate").judge({ status, contentType: "application/json", retryAfterMs: 2_000, text }).type;
  };
  expect(judge("CONTRACT_NOT_FOUND", 400)).toBe("bad-symbol");
  expect(judge("TOO_MANY_REQUESTS", 429)).toBe("rate-limited");
  expect(judge("SERVER_ERROR", 500)).toBe("maintenance");
  expect(judge("INVALID_PARAM_VALUE", 400)).toBe("malformed");
  expect(judge("FORBIDDEN", 403)).toBe("blocked");
});
