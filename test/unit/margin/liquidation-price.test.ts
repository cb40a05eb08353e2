import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tableFromRows } from "../../../src/shared/margin/bracket.ts";
import { bracketTable } from "../../../src/shared/margin/brackets/table.ts";
import { liquidationPrice } from "../../../src/shared/margin/liquidation-price.ts";
import { allowedWeights, tierDistances } from "../../../src/shared/margin/tier-distance.ts";
import { accountLiquidationPrice, isolatedLiquidationPrice } from "../../../src/shared/margin/venue-rule.ts";
import { type Side, VENUES, type VenueId } from "../../../src/shared/market/symbol.ts";
import { needsShared, sharedFolder } from "../../support/shared.ts";

const isolated = (side: Side, entryPrice: number, leverage: number, sizeBase = 1) => ({
  side,
  entryPrice,
  leverage,
  sizeBase,
  extraMarginUsd: 0,
  basePerContract: 0.01,
});
const flat = (rate: number) => tableFromRows([[0, null, rate, 200]], "usd", "flat");

describe("closed forms", () => {
  const terms = (rate: number, feeRate = 0, valuedAt: "price" | "entry" = "price") => ({
    maintenanceMarginRate: rate,
    feeRate,
    valuedAt,
  });
  test("60,000 long at 25x with 0.4 % is liquidated at 57,831", () => {
    const position = {
      side: "long",
      contractKind: "linear",
      entryPrice: 60_000,
      leverage: 25,
      creditPerBase: 0,
    } as const;
    expect(liquidationPrice(position, terms(0.004))).toBeCloseTo(57_831.33, 2);
  });

  test.each([
    ["long", "entry", 45_662.1],
    ["short", "entry", 55_248.62],
    ["long", "price", 45_681.82],
    ["short", "price", 55_277.78],
  ] as const)("inverse %s valued at %s: %s", (side, valuedAt, price) => {
    const position = { side, contractKind: "inverse", entryPrice: 50_000, leverage: 10, creditPerBase: 0 } as const;
    expect(liquidationPrice(position, terms(0.005, 0, valuedAt))).toBeCloseTo(price, 1);
  });

  test("added margin moves the price away from entry", () => {
    const at = (creditPerBase: number, side: Side) =>
      liquidationPrice({ side, contractKind: "linear", entryPrice: 100, leverage: 10, creditPerBase }, terms(0.01));
    expect(at(1, "long")).toBeLessThan(at(0, "long"));
    expect(at(1, "short")).toBeGreaterThan(at(0, "short"));
  });
});

describe("venue rules, worked examples", () => {
  const binanceEdge = tableFromRows(
    [
      [0, 50_000, 0.004, 125],
      [50_000, 600_000, 0.005, 100],
    ],
    "usd",
    "continuous",
  );
  test.each([
    ["binance", binanceEdge, isolated("long", 100_000, 20), 95_427.14],
    ["binance", binanceEdge, isolated("short", 100_000, 20), 104_527.36],
    ["bybit", flat(0.005), isolated("long", 20_000, 50), 19_700],
    ["bybit", flat(0.005), isolated("short", 20_000, 50), 20_300],
    ["okx", flat(0.004), isolated("long", 100_000, 10), 90_406.83],
    ["okx", flat(0.004), isolated("short", 100_000, 10), 109_507.22],
    ["bitget", flat(0.004), isolated("long", 100_000, 10), 90_415.91],
    ["bitget", flat(0.004), isolated("short", 100_000, 10), 109_496.32],
    ["gate", flat(0.005), isolated("long", 100_000, 10), 90_520.49],
    ["gate", flat(0.005), isolated("short", 100_000, 10), 109_371.12],
    ["hyperliquid", bracketTable("hyperliquid", "BTC").brackets, isolated("long", 100_000, 20), 96_202.53],
    ["hyperliquid", bracketTable("hyperliquid", "BTC").brackets, isolated("short", 100_000, 20), 103_703.7],
    ["hyperliquid", bracketTable("hyperliquid", "BTC").brackets, isolated("long", 100_000, 20, 2_000), 96_474.36],
  ] as const)("%s %#", (venue, brackets, position, price) => {
    expect(isolatedLiquidationPrice(venue, brackets, position)).toBeCloseTo(price, 2);
  });

  test("at a bracket's edge the bracket is that of the notional at the liquidation price", () => {
    const position = isolated("long", 100_000, 20, 0.505);
    expect(isolatedLiquidationPrice("binance", binanceEdge, position)).toBeCloseTo(95_381.53, 2);
    const entryBracketOnly = liquidationPrice(
      { side: "long", contractKind: "linear", entryPrice: 100_000, leverage: 20, creditPerBase: 50 / 0.505 },
      { maintenanceMarginRate: 0.005, feeRate: 0, valuedAt: "price" },
    );
    expect(entryBracketOnly).toBeCloseTo(95_377.88, 2);
  });

  test("OKX chooses the bracket by contracts", () => {
    const brackets = tableFromRows(
      [
        [0, 1_000, 0.004, 100],
        [1_000, null, 0.01, 50],
      ],
      "contracts",
      "flat",
    );
    const small = isolatedLiquidationPrice("okx", brackets, isolated("long", 100_000, 10, 9));
    const large = isolatedLiquidationPrice("okx", brackets, isolated("long", 100_000, 10, 11));
    expect(small).toBeCloseTo(90_406.83, 2);
    expect(large).toBeGreaterThan(small);
  });

  // the two cross positions of Binance's FAQ on liquidation prices
  const cross = {
    walletUsd: 1_535_443.01,
    BTC: { sizeBase: 109.488, entryPrice: 32_481.98, markPrice: 31_967.27, rate: 0.025, deduction: 16_300 },
    ETH: { sizeBase: 3_683.979, entryPrice: 1_456.84, markPrice: 1_335.18, rate: 0.1, deduction: 135_365 },
  };
  test.each([
    ["ETH", 1_153.26],
    ["BTC", 26_316.89],
  ] as const)("Binance's documented cross account: %s %f", (coin, price) => {
    const both = [cross.BTC, cross.ETH];
    const sum = (of: (one: typeof cross.BTC) => number) => both.reduce((total, one) => total + of(one), 0);
    const { sizeBase, markPrice, rate } = cross[coin];
    const found = accountLiquidationPrice({
      side: "long",
      markPrice,
      sizeBase,
      equityUsd: cross.walletUsd + sum((one) => one.sizeBase * (one.markPrice - one.entryPrice)),
      maintenanceUsd: sum((one) => one.sizeBase * one.markPrice * one.rate - one.deduction),
      maintenanceMarginRate: rate,
    });
    expect(found).toBeCloseTo(price, 1);
  });

  test("a known Hyperliquid position: 2,866.2694", () => {
    const price = accountLiquidationPrice({
      side: "long",
      markPrice: 2_985.9,
      sizeBase: 0.0335,
      equityUsd: 4.967826,
      maintenanceUsd: 0.0335 * 2_985.9 * 0.01,
      maintenanceMarginRate: 0.01,
    });
    expect(price).toBeCloseTo(2_866.2694, 3);
  });
});

describe("bracket tables", () => {
  test("the deduction keeps the requirement continuous at every floor", () => {
    for (const venue of ["binance", "bybit", "hyperliquid"] as const) {
      const { brackets } = bracketTable(venue, "BTC");
      for (let i = 1; i < brackets.length; i++) {
        const below = brackets[i - 1]!;
        const here = brackets[i]!;
        expect(below.cap).toBe(here.floor);
        const at = (b: typeof here) => here.floor * b.maintenanceMarginRate - b.maintenanceAmount;
        expect(at(here)).toBeCloseTo(at(below), 4);
      }
    }
  });

  test("Hyperliquid's second BTC bracket deducts 1,875,000", () => {
    expect(bracketTable("hyperliquid", "BTC").brackets[1]?.maintenanceAmount).toBeCloseTo(1_875_000, 6);
  });

  test("Binance rows equal the published ones", needsShared(), () => {
    const file = join(sharedFolder(), "fixtures/venues/binance/leverage-tiers-all-usdt-2024.json");
    const published = JSON.parse(readFileSync(file, "utf8")) as Record<string, number[][]>;
    for (const symbol of ["BTC", "ETH", "SOL", "XRP", "DOGE", "BNB"]) {
      const ours = bracketTable("binance", symbol).brackets.map((b) => [
        b.floor,
        b.cap,
        b.maintenanceMarginRate,
        b.maxLeverage,
        Math.round(b.maintenanceAmount),
      ]);
      expect(ours).toEqual(published[`${symbol}USDT`]);
    }
  });
});

describe("distance per drawn tier", () => {
  test("Binance BTC takes the highest bracket that allows the tier, at its floor", () => {
    const rates = tierDistances("binance", "BTC").map((t) => t.maintenanceMarginRate);
    const expected = [0.1 - 14_481_450 / 230e6, 0.05 - 0.0298145, 0.02 - 131_450 / 12e6, 0.01 - 11_450 / 3e6, 0.004];
    for (const [k, rate] of rates.entries()) expect(rate).toBeCloseTo(expected[k]!, 9);
  });

  test("a tier above the maximum leverage gives its weight to the highest allowed one", () => {
    const distances = tierDistances("hyperliquid", "BTC");
    expect(distances.map((d) => d.allowed)).toEqual([true, true, true, false, false]);
    const moved = allowedWeights([0.2, 0.14, 0.06, 0.04, 0.03], distances);
    expect(moved[2]).toBeCloseTo(0.13, 12);
    expect(moved.slice(3)).toEqual([0, 0]);
    expect(moved.slice(0, 2)).toEqual([0.2, 0.14]);
  });

  test("a table that breaks off answers lower leverage with the fallback rate", () => {
    expect(tierDistances("okx", "BTC").map((t) => t.maintenanceMarginRate)).toEqual([
      0.005, 0.005, 0.005, 0.005, 0.004,
    ]);
    expect(tierDistances("bybit", "BTC")[4]?.maintenanceMarginRate).toBeCloseTo(0.005 - 510 / 300_000, 12);
  });

  test("unknown symbols take the fallback of their venue", () => {
    expect(tierDistances("bybit", "PEPE").map((t) => t.allowed)).toEqual([true, true, true, true, false]);
    expect(tierDistances("hyperliquid", "PEPE").map((t) => t.allowed)).toEqual([true, true, false, false, false]);
  });

  test("distances shrink as leverage rises, on every venue and symbol", () => {
    fc.assert(
      fc.property(
        fc.constantFrom<VenueId>(...VENUES),
        fc.constantFrom("BTC", "ETH", "SOL", "XRP", "DOGE", "BNB", "OTHER"),
        (venue, symbol) => {
          const allowed = tierDistances(venue, symbol).filter((t) => t.allowed);
          return allowed.every((t, k) => {
            const lower = allowed[k - 1];
            if (t.longDistance <= 0 || t.shortDistance <= 0) return false;
            return (
              lower === undefined || (t.longDistance < lower.longDistance && t.shortDistance < lower.shortDistance)
            );
          });
        },
      ),
    );
  });

  test("the price nears entry as leverage rises (any rate, both sides)", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1.1, max: 120, noNaN: true }),
        fc.double({ min: 1.001, max: 2, noNaN: true }),
        fc.double({ min: 0, max: 0.05, noNaN: true }),
        fc.constantFrom<Side>("long", "short"),
        fc.constantFrom<"price" | "entry">("price", "entry"),
        (leverage, factor, rate, side, valuedAt) => {
          const at = (l: number) =>
            liquidationPrice(
              { side, contractKind: "linear", entryPrice: 100, leverage: l, creditPerBase: 0 },
              { maintenanceMarginRate: rate, feeRate: 0, valuedAt },
            );
          const further = at(leverage);
          const nearer = at(leverage * factor);
          return side === "long" ? nearer > further : nearer < further;
        },
      ),
    );
  });
});
