// One exchange refuses this place, another answers nothing, the others stay: on a real local run with constructed tapes.
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MINUTE_MS } from "../../src/shared/time/clock.ts";
import { constructTapes, TAPE_START_MS, TAPE_VENUES } from "../support/constructed-tape.ts";
import { endAll, type LocalRun, startLocal, temporaryFolder, until } from "../support/local-run.ts";
import {
  addFault,
  type BarsAnswer,
  clearFaults,
  getJson,
  getStatus,
  hasHistory,
  type Status,
  untilStatus,
} from "../support/local-run-api.ts";

const SPEED = 60;
/** Minutes of the history that the recording of OKX lacks. */
const HOLE = { fromMinute: 120, toMinute: 135 };

const OTHERS = TAPE_VENUES.filter((venue) => venue !== "binance" && venue !== "okx");

const folder = temporaryFolder();
let run: LocalRun;

beforeAll(async () => {
  const tapes = constructTapes(join(folder.path, "tapes"), { holes: { okx: HOLE } });
  const flags = ["--tape", tapes.map(({ file }) => file).join(","), "--speed", String(SPEED)];
  run = await startLocal(flags, join(folder.path, "state"));
  await untilStatus(run, "history is filled", hasHistory);
});

afterAll(() => {
  endAll();
  folder.remove();
});

const exchange = (status: Status, id: string) => status.coverage.exchanges.find((each) => each.id === id);

async function bars(query: string): Promise<BarsAnswer["bars"]> {
  return (await getJson<BarsAnswer>(run, `/v1/bars/BTC?interval=1m&${query}`)).bars;
}

describe("two of the exchanges fail for many minutes", () => {
  let brokenAtMs: number;
  let outage: Status;

  test("minutes an exchange cannot serve are marked with a reason, not invented", async () => {
    const fromMs = TAPE_START_MS + HOLE.fromMinute * MINUTE_MS;
    const toMs = TAPE_START_MS + HOLE.toMinute * MINUTE_MS;
    const rows = await until("the history is in the database", async () => {
      const found = await bars(`exchange=okx&from=${fromMs - MINUTE_MS}&to=${toMs + MINUTE_MS}`);
      return found.length >= HOLE.toMinute - HOLE.fromMinute + 2 ? found : null;
    });
    const hole = rows.filter(({ startMs }) => startMs >= fromMs && startMs < toMs);
    expect(hole).toHaveLength(HOLE.toMinute - HOLE.fromMinute);
    for (const row of hole) expect(row).toMatchObject({ close: null, missingReason: expect.stringContaining("OKX") });
    const around = rows.filter((row) => !hole.includes(row));
    expect(around.map(({ close }) => typeof close)).toEqual(["number", "number"]);
  });

  test("each is shown with its state and reason, coverage drops to the others' share, and those stay live", async () => {
    const before = await getStatus(run);
    brokenAtMs = before.marketTime;
    await addFault(run, "binance", "451");
    await addFault(run, "okx", "timeout");
    outage = await untilStatus(run, "both leave the map", (status) => {
      const [binance, okx] = [exchange(status, "binance"), exchange(status, "okx")];
      const isOut = binance?.state === "blocked" && okx?.state === "stale";
      return isOut && !binance.modelled && !okx.modelled;
    });
    expect(exchange(outage, "binance")?.reason).toContain("restricted location");
    expect(exchange(outage, "okx")?.reason).toContain("timed-out");
    expect(outage.status).toBe("degraded");
    for (const id of OTHERS) {
      expect(exchange(outage, id)).toMatchObject({ state: "live", modelled: true });
    }
    const usd = (id: string) => exchange(outage, id)?.openInterestUsd ?? Number.NaN;
    const sum = (ids: readonly string[]) => ids.reduce((total, id) => total + usd(id), 0);
    const share = sum(OTHERS) / sum(TAPE_VENUES);
    // the largest exchange is among the missing
    expect(share).toBeLessThan(0.7);
    expect(outage.coverage.ratio).toBeCloseTo(share, 6);
    console.info(`coverage during the outage: ${outage.coverage.ratio?.toFixed(3)}`);
  });

  test("the map goes on with the others", async () => {
    const later = await untilStatus(run, "fifteen more minutes close", ({ symbols }) => {
      return (symbols[0]?.closedToMs ?? 0) >= (outage.symbols[0]?.closedToMs ?? 0) + 15 * MINUTE_MS;
    });
    expect(later.asOf).toBeGreaterThan(outage.asOf);
    expect(later.conservation.ok).toBe(true);
    const map = await getJson<{ levels: { byExchange: Record<string, number> }[] }>(run, "/v1/map/BTC");
    const inMap = new Set(map.levels.flatMap(({ byExchange }) => Object.keys(byExchange)));
    expect([...inMap].sort()).toEqual([...OTHERS].sort());
  });

  test("both come back by themselves, and the gap is filled or marked", async () => {
    await clearFaults(run);
    const healedAtMs = (await getStatus(run)).marketTime;
    const healed = await untilStatus(run, "all are live again", (status) => {
      return hasHistory(status) && status.coverage.ratio === 1 && status.status === "ok";
    });
    expect(healed.conservation.ok).toBe(true);
    const fromMs = Math.ceil(brokenAtMs / MINUTE_MS) * MINUTE_MS;
    const toMs = Math.floor(healedAtMs / MINUTE_MS) * MINUTE_MS;
    const wanted = Math.round((toMs - fromMs) / MINUTE_MS);
    expect(wanted).toBeGreaterThan(10);
    for (const id of TAPE_VENUES) {
      const rows = await until(`the gap of ${id} is in the database`, async () => {
        const found = await bars(`exchange=${id}&from=${fromMs}&to=${toMs}`);
        return found.length >= wanted ? found : null;
      });
      const missing = rows.filter(({ close }) => close === null);
      expect(missing.filter(({ missingReason }) => missingReason === undefined)).toEqual([]);
      // the simulated exchanges serve every minute of this tape
      expect(missing).toEqual([]);
      console.info(
        `${id}: ${rows.length} minutes of the outage, ${rows.filter((row) => row.fromHistory).length} from history`,
      );
    }
  });
});
