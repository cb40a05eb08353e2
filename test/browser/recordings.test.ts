// Real recordings through everything: wire format, adapter, feed, hub, database and API.
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { endAll, type LocalRun, startLocal, temporaryFolder, until } from "../support/local-run.ts";
import { getJson, type HeatmapAnswer, type Status, untilStatus, worstImbalance } from "../support/local-run-api.ts";
import { needsShared, sharedFolder } from "../support/shared.ts";

const SPEED = 600;
const LIMIT = 1e-6;

const folder = temporaryFolder();
let runs = 0;

afterEach(() => endAll());
afterAll(() => folder.remove());

const RECORDINGS = [
  { name: "Binance, five-minute bars", tapes: ["binance-btc-5m-2024-09.csv"], symbols: ["BTC"] },
  {
    name: "Hyperliquid, minute bars of two coins",
    tapes: ["hyperliquid-btc-1m-2026-06.csv", "hyperliquid-eth-1m-2026-06.csv"],
    symbols: ["BTC", "ETH"],
  },
];

describe.skipIf(needsShared().skip)(`recordings, played at ${SPEED} market seconds per second`, () => {
  test.each(RECORDINGS)(
    "$name: the map is filled, moves on and adds up to open interest",
    async ({ tapes, symbols }) => {
      const files = tapes.map((tape) => join(sharedFolder(), "data/tapes", tape));
      const flags = ["--tape", files.join(","), "--speed", String(SPEED)];
      const run = await startLocal(flags, join(folder.path, `state-${runs++}`));
      const filled = await untilStatus(run, "history is filled", (status) => {
        return status.symbols.length === symbols.length && status.symbols.every((one) => one.historyProgress > 0.99);
      });
      const later = await untilStatus(run, "an hour of market passes", (status) =>
        status.symbols.every((one, i) => (one.closedToMs ?? 0) >= (filled.symbols[i]?.closedToMs ?? 0) + 3_600_000),
      );
      expect(later).toMatchObject({ dataSource: "replay", conservation: { ok: true }, unreachable: [] });
      expect(later.conservation.worst).toBeLessThanOrEqual(LIMIT);
      expect(worstImbalance(later)).toBeLessThanOrEqual(LIMIT);
      for (const symbol of symbols) await look(run, later, symbol);
      expect(await run.end("SIGINT")).toBe(0);
    },
  );
});

/** The day's heatmap has columns and cells, and the map lies within what the exchange's open interest allows. */
async function look(run: LocalRun, status: Status, symbol: string): Promise<void> {
  const map = await until(`${symbol} has a day of columns`, async () => {
    const answer = await getJson<HeatmapAnswer>(run, `/v1/heatmap/${symbol}?range=24h`);
    return answer.columns.length >= 280 ? answer : null;
  });
  expect(map.dataSource).toBe("replay");
  expect(map.candles).toHaveLength(map.columns.length);
  const filledColumns = new Set(map.cells.map(([column]) => column)).size;
  expect(filledColumns).toBeGreaterThan(250);
  const own = status.symbols.find((one) => one.symbol === symbol);
  const [venue] = own?.exchanges ?? [];
  const base = venue?.openInterestBase ?? Number.NaN;
  const drawn = (venue?.long?.drawnBase ?? Number.NaN) + (venue?.short?.drawnBase ?? Number.NaN);
  expect(drawn).toBeGreaterThan(0);
  expect(drawn).toBeLessThanOrEqual(2 * base * (1 + LIMIT));
  console.info(
    `${symbol}: ${map.columns.length} columns (${filledColumns} with cells), ${map.cells.length} cells, ` +
      `${map.prices.length} levels; open interest ${base.toFixed(3)}, ` +
      `long ${sides(venue?.long)}, short ${sides(venue?.short)}, worst imbalance ${worstImbalance(status).toExponential(1)}`,
  );
}

function sides(side: { drawnBase: number; reservoirBase: number } | null | undefined): string {
  if (side === null || side === undefined) return "none";
  const { drawnBase, reservoirBase } = side;
  return `${drawnBase.toFixed(3)} drawn + ${reservoirBase.toFixed(3)} reservoir = ${(drawnBase + reservoirBase).toFixed(3)}`;
}
