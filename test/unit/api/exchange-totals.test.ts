// One exchange over all symbols: as good as its best symbol, and its reason is that symbol's.
import { expect, test } from "vitest";
import { createHubState } from "../../../durable-objects/hub/hub-state.ts";
import { hubReport } from "../../../durable-objects/hub/report.ts";
import type { VenueState } from "../../../src/shared/market/venue-status.ts";
import { exchangeTotals } from "../../../workers/api/http/exchange-totals.ts";

function report(symbol: string, state: VenueState, reason?: string) {
  const settings = { symbol, venues: ["binance" as const], historyMs: 60_000, speed: 1 };
  const plain = hubReport(createHubState(), settings, 0, { sequence: 0, outbox: 0, dayVolumeUsd: null });
  const figures = { id: "binance" as const, ageMs: 1_000, openInterestUsd: 5, modelled: true };
  const exchange = { ...figures, state, ...(reason === undefined ? {} : { reason }) };
  return { ...plain, coverage: { ...plain.coverage, exchanges: [exchange] } };
}
const totals = (...reports: ReturnType<typeof report>[]) => exchangeTotals(reports, "binance");

test("a live exchange gives no reason because of a coin that it does not have", () => {
  const found = totals(report("BTC", "live"), report("NOSUCH", "off", "-1121: Invalid symbol."));
  expect(found.state).toBe("live");
  expect(found.reason).toBeUndefined();
  expect(found.symbols).toMatchObject([{ symbol: "BTC" }, { symbol: "NOSUCH", reason: "-1121: Invalid symbol." }]);
});

test("the reason is that of the state", () => {
  const found = totals(report("NOSUCH", "off", "not listed"), report("BTC", "degraded", "no open interest for 5 min"));
  expect([found.state, found.reason]).toEqual(["degraded", "no open interest for 5 min"]);
});
