// Columns and context in D1 are rows without names of fields; what was stored with names is carried over.
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { emptyContext } from "../../durable-objects/hub/context-state.ts";
import type { ClosedColumn, ColumnVenue } from "../../src/shared/market/closed-column.ts";
import type { ContextColumn, VenueContext } from "../../src/shared/market/context.ts";
import { MINUTE_MS } from "../../src/shared/time/clock.ts";
import { loadColumns, saveColumns } from "../../workers/store/columns.ts";
import { loadContext, saveContext } from "../../workers/store/context.ts";

const SPAN = { symbol: "BTC", intervalMs: 5 * MINUTE_MS, fromMs: 0, toMs: 1e12 };
const prices = { open: 97_000.1, high: 97_001, low: 96_990.25, close: 97_000 };
const flows = { volumeBase: 12.5, openInterestUsd: 1e9, takerBuyBase: 7, takerSellBase: 5.5, fundingRate: -0.0001 };
const venues: ColumnVenue[] = [
  { id: "okx", ...prices, ...flows },
  {
    id: "gmx",
    ...prices,
    volumeBase: null,
    openInterestUsd: 0,
    takerBuyBase: null,
    takerSellBase: null,
    fundingRate: null,
  },
];
const column = (startMs: number): ClosedColumn => ({
  ...{ symbol: "BTC", intervalMs: SPAN.intervalMs, startMs, modelVersion: "m", price: 97_000 },
  ...{ openInterestUsd: 1e9, knownOpenInterestUsd: 2e9, backfilled: true, venues },
});
const full: VenueContext = {
  ...{ markPrice: 97_000, indexPrice: 96_999.5, fundingRate: 1e-5, fundingIntervalMs: 28_800_000 },
  ...{ takerBuyBase: 1, takerSellBase: 2, takerMinutes: 5, depthSamples: 3, listenedMinutes: 4 },
  depth: { bidUsd: [1, 2, 3, 4], askUsd: [5, 6, 7, 8], bidReach: 0.01, askReach: 0.02 },
  ...{ observedLongUsd: 10, observedShortUsd: 0, observedCount: 2 },
};
const context = (startMs: number): ContextColumn => ({
  ...{ symbol: "BTC", intervalMs: SPAN.intervalMs, startMs },
  venues: { binance: full, dydx: emptyContext() },
});

const columns = () => loadColumns(env.DB, SPAN);
const contexts = () => loadContext(env.DB, { ...SPAN, limit: 10 });

test("what is saved comes back the same, null and nought apart", async () => {
  await saveColumns(env.DB, [column(0)]);
  await saveContext(env.DB, [context(0)]);
  expect(await columns()).toEqual([column(0)]);
  expect(await contexts()).toEqual([context(0)]);
});

test("rows stored with names of fields are carried over", async () => {
  const migration = (name: string) => env.TEST_MIGRATIONS.find((one) => one.name.startsWith(name))?.queries ?? [];
  await env.DB.batch(["columns", "context_columns"].map((table) => env.DB.prepare(`DROP TABLE ${table}`)));
  const before = [...migration("0001"), ...migration("0004")];
  const old = before.filter((query) => /CREATE TABLE (columns|context_columns) /.test(query));
  expect(old).toHaveLength(2);
  for (const query of old) await env.DB.prepare(query).run();
  const { id: _, ...withoutId } = venues[0] as ColumnVenue;
  const early = { id: "okx", ...withoutId, takerBuyBase: undefined };
  await env.DB.batch([
    env.DB.prepare("INSERT INTO columns VALUES ('BTC', 300000, 0, 'm', 97000, 1e9, 2e9, 1, ?1)").bind(
      JSON.stringify([early, venues[1]]),
    ),
    env.DB.prepare("INSERT INTO context_columns VALUES ('BTC', 300000, 0, ?1)").bind(JSON.stringify(context(0).venues)),
  ]);
  for (const query of migration("0008")) await env.DB.prepare(query).run();
  expect(await columns()).toEqual([{ ...column(0), venues: [{ ...venues[0], takerBuyBase: null }, venues[1]] }]);
  expect(await contexts()).toEqual([context(0)]);
  await saveContext(env.DB, [context(0), context(SPAN.intervalMs)]);
  expect(await contexts()).toHaveLength(2);
});
