import { describe, expect, test } from "vitest";
import { bracketTable } from "../../../src/shared/margin/brackets/table.ts";
import { type GmxPosition, gmxLiquidationPrice } from "../../../src/shared/margin/gmx-position.ts";
import { tierDistances } from "../../../src/shared/margin/tier-distance.ts";
import { accountLiquidationPrice, isolatedLiquidationPrice } from "../../../src/shared/margin/venue-rule.ts";

describe("dYdX: (e − s·p − MMR of other markets) / (|s|·MMF − s)", () => {
  const short = { side: "short", markPrice: 3_000, sizeBase: 3, maintenanceMarginRate: 0.05 } as const;
  const ownUsd = 3 * 3_000 * 0.05;

  test.each([
    [1_000, 0, 3_174.6],
    [2_000, 350, 3_380.95],
  ])("equity %i, other markets need %i: %f", (equityUsd, othersUsd, price) => {
    const found = accountLiquidationPrice({ ...short, equityUsd, maintenanceUsd: ownUsd + othersUsd });
    expect(found).toBeCloseTo(price, 2);
  });

  test("a lone isolated position gives the same as its account", () => {
    const { brackets } = bracketTable("dydx", "BTC");
    const position = { side: "long", entryPrice: 100_000, sizeBase: 1, leverage: 20, extraMarginUsd: 0 } as const;
    const isolated = isolatedLiquidationPrice("dydx", brackets, { ...position, basePerContract: 1 });
    const account = { side: "long", markPrice: 100_000, sizeBase: 1, equityUsd: 5_000 } as const;
    const asAccount = accountLiquidationPrice({ ...account, maintenanceUsd: 1_200, maintenanceMarginRate: 0.012 });
    expect(isolated).toBeCloseTo(asAccount, 6);
  });
});

describe("GMX", () => {
  const position = (side: "long" | "short", collateral: GmxPosition["collateral"], change: Partial<GmxPosition> = {}) =>
    gmxLiquidationPrice({
      side,
      sizeUsd: 10_000,
      sizeBase: 5,
      collateral,
      owedUsd: 10,
      minCollateralFactor: 0.005,
      minCollateralUsd: 1,
      ...change,
    });

  test.each([
    ["long", { usd: 1_000 }, 1_812],
    ["short", { usd: 1_000 }, 2_188],
    ["long", { base: 0.5 }, 1_829.09],
    ["short", { base: 0.5 }, 2_208.89],
  ] as const)("a %s on %o is liquidated at %f", (side, collateral, price) => {
    expect(position(side, collateral)).toBeCloseTo(price, 2);
  });

  test("a short that its own coins cover has no price", () => {
    expect(position("short", { base: 5 })).toBeNull();
  });

  test("a small position must keep the least collateral in USD", () => {
    expect(position("long", { usd: 1_000 }, { minCollateralUsd: 100 })).toBeCloseTo(1_822, 9);
  });

  test("the rule for drawn size is the form with USD as collateral", () => {
    const rate = bracketTable("gmx", "ETH").brackets[0]?.maintenanceMarginRate ?? 0;
    const drawn = isolatedLiquidationPrice("gmx", bracketTable("gmx", "ETH").brackets, {
      ...{ side: "short", entryPrice: 2_000, sizeBase: 5, leverage: 10, extraMarginUsd: 0, basePerContract: 1 },
    });
    expect(drawn).toBeCloseTo(
      position("short", { usd: 1_000 }, { minCollateralFactor: rate, owedUsd: 10_000 * 0.0006 }) ?? 0,
      9,
    );
  });
});

test("tiers above what a market allows are not drawn", () => {
  const allowed = (venue: "dydx" | "gmx", symbol: string) =>
    tierDistances(venue, symbol).flatMap(({ tier, allowed: is }) => (is ? [tier] : []));
  expect(allowed("dydx", "BTC")).toEqual([5, 10, 25, 50]);
  expect(allowed("dydx", "SOL")).toEqual([5, 10]);
  expect(allowed("gmx", "BTC")).toEqual([5, 10, 25, 50, 100]);
});
