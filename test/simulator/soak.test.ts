// A short soak run: `npm run soak` plays longer ones.
import { describe, expect, test } from "vitest";
import { VENUES } from "../../src/shared/market/symbol.ts";
import { MINUTE_MS } from "../../src/shared/time/clock.ts";
import { printReport, soakReport } from "../soak/report.ts";

describe.each([5, 7])("half an hour of faults, seed %i", (seed) => {
  test("every minute is accounted for and the map is the one without faults", { timeout: 120_000 }, async () => {
    const options = { seed, faultyMs: 30 * MINUTE_MS, symbols: ["BTC"], venues: VENUES };
    const report = await soakReport(options);
    expect(report.failures).toEqual([]);
    expect(report.result.gaps).toBeGreaterThan(0);
    expect(report.accounts.reduce((sum, { late }) => sum + late, 0)).toBeGreaterThan(0);
    expect(report.result.faults.length).toBeGreaterThan(5);
    expect(report.accounts.reduce((sum, { recovered }) => sum + recovered, 0)).toBeGreaterThan(0);
    // some of them because polls of open interest, or whole minutes, came late and were replayed
    expect(report.result.replays).toBeGreaterThan(0);
    // history of before the start is no merit of a recovery
    for (const { initial } of report.accounts) {
      expect(initial).toBeGreaterThan(110);
      expect(initial).toBeLessThanOrEqual(120);
    }
    const printed = printReport(report);
    expect(printed).toContain("every minute is accounted for");
    expect(printed).toContain("tolerance 5.00 % unless the row says why not");
    const exempt = report.differences.filter((one) => one.exempt !== null);
    expect(printed.split("not held to the tolerance: ").length - 1).toBe(exempt.length);
  });
});
