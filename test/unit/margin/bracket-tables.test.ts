// The built-in bracket tables: figures typed in by hand must at least agree with themselves, and with what was published.
import { describe, expect, test } from "vitest";
import { bracketTable } from "../../../src/shared/margin/brackets/table.ts";
import { VENUES } from "../../../src/shared/market/symbol.ts";

const COINS = ["BTC", "ETH", "SOL", "XRP", "DOGE", "BNB", "NOSUCHCOIN"];
const TABLES = VENUES.flatMap((venue) => COINS.map((coin) => [venue, coin] as const));

describe.each(TABLES)("%s %s", (venue, coin) => {
  const { brackets, source } = bracketTable(venue, coin);

  test("each bracket begins where the one below ends, requires more and allows less", () => {
    expect(brackets[0]?.floor).toBe(0);
    brackets.slice(1).forEach((bracket, i) => {
      const below = brackets[i];
      expect(bracket.floor).toBe(below?.cap);
      expect(bracket.maintenanceMarginRate).toBeGreaterThan(below?.maintenanceMarginRate ?? 1);
      expect(bracket.maxLeverage).toBeLessThan(below?.maxLeverage ?? 0);
      expect(bracket.maintenanceAmount).toBeGreaterThanOrEqual(below?.maintenanceAmount ?? 0);
    });
  });

  test("a position at the highest leverage survives its opening", () => {
    for (const { maintenanceMarginRate, maxLeverage } of brackets) {
      expect(maintenanceMarginRate * maxLeverage).toBeLessThan(1);
    }
  });

  test("has a source", () => {
    expect(source.length).toBeGreaterThan(10);
  });
});

test("Bybit's deductions are the published ones, after the bracket that was put before them (510)", () => {
  const published = [
    ...[0, 1_200, 3_020, 4_300, 5_820, 8_460, 15_460, 20_500, 46_000, 66_000, 80_000, 160_000, 300_000, 452_000],
    ...[502_000, 777_000, 837_000, 967_000, 1_107_000, 1_482_000],
  ];
  const deductions = bracketTable("bybit", "BTC").brackets.map(({ maintenanceAmount }) => maintenanceAmount);
  expect(deductions[0]).toBe(0);
  published.forEach((amount, i) => {
    expect(deductions[i + 1]).toBeCloseTo(amount + 510, 4);
  });
});
