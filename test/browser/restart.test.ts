// A real local run on constructed tapes: refused twice, killed, started again, stopped.
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { constructTapes } from "../support/constructed-tape.ts";
import {
  endAll,
  isAlive,
  isListening,
  type LocalRun,
  startLocal,
  startToEnd,
  temporaryFolder,
  until,
} from "../support/local-run.ts";
import {
  getJson,
  getStatus,
  type HeatmapAnswer,
  hasHistory,
  type Status,
  untilStatus,
} from "../support/local-run-api.ts";

const SPEED = 60;
const HEATMAP = "/v1/heatmap/BTC?range=24h";

const folder = temporaryFolder();
const state = join(folder.path, "state");
let flags: string[];
let run: LocalRun;

beforeAll(async () => {
  const tapes = constructTapes(join(folder.path, "tapes"));
  flags = ["--tape", tapes.map(({ file }) => file).join(","), "--speed", String(SPEED)];
  run = await startLocal(flags, state);
});

afterAll(() => {
  endAll();
  folder.remove();
});

describe("a local run", () => {
  let before: Status;
  let published: Map<number, string>;
  let killed: { pid: number; descendants: number[]; asOf: number };

  test("fills its history and plays on, balanced, with its source in the answer", async () => {
    before = await untilStatus(run, "history is filled", hasHistory);
    expect(before).toMatchObject({ dataSource: "replay", conservation: { ok: true } });
    expect(before.coverage.ratio).toBeCloseTo(1, 6);
    const later = await untilStatus(run, "two more minutes close", ({ symbols }) => {
      return (symbols[0]?.closedToMs ?? 0) >= (before.symbols[0]?.closedToMs ?? 0) + 120_000;
    });
    expect(later.asOf).toBeGreaterThan(before.asOf);
  });

  test("a second start on the same state is refused and disturbs nothing", async () => {
    const { status, stderr } = startToEnd(["--port", "1", ...flags], state);
    expect(stderr).toContain("already running as process");
    expect(stderr).toContain(String(run.pid));
    expect(status).toBe(2);
    expect((await getStatus(run)).dataSource).toBe("replay");
  });

  test("killed in the middle and started again, the map continues", async () => {
    published = closedColumns(await getJson(run, HEATMAP));
    expect(published.size).toBeGreaterThan(50);
    before = await getStatus(run);
    const descendants = run.descendants();
    expect(descendants.length).toBeGreaterThan(0);
    killed = { pid: run.pid, descendants, asOf: before.asOf };
    await run.end("SIGKILL");

    run = await startLocal(flags, state);
    const orphans = killed.descendants.filter(isAlive);
    expect(orphans, "processes left behind by the killed run").toEqual([]);
    const first = await getStatus(run);
    const [was, is] = [before.symbols[0], first.symbols[0]];
    expect(is?.journalSequence).toBeGreaterThanOrEqual(was?.journalSequence ?? Number.NaN);
    expect(first.symbols[0]?.closedToMs).toBeGreaterThanOrEqual(was?.closedToMs ?? Number.NaN);
    expect(first.asOf).toBeGreaterThanOrEqual(before.asOf);
    // the anchor is saved every second of wall time
    expect(first.marketTime).toBeGreaterThan(before.marketTime - 2_000 * SPEED);

    const after = await untilStatus(run, "the market goes on", (status) => {
      const all = status.coverage.exchanges.every(({ state }) => state === "live");
      return all && (status.symbols[0]?.closedToMs ?? 0) >= (was?.closedToMs ?? 0) + 300_000;
    });
    expect(after.symbols[0]?.journalSequence).toBeGreaterThan(was?.journalSequence ?? Number.NaN);
    expect(after.conservation.ok).toBe(true);
  });

  test("columns that were published before stay as they were", async () => {
    const now = await until("a new column is published", async () => {
      const columns = closedColumns(await getJson(run, HEATMAP));
      return columns.size > published.size ? columns : null;
    });
    const kept = [...published.keys()].filter((startMs) => now.has(startMs));
    expect(kept.length).toBe(published.size);
    expect(kept.filter((startMs) => now.get(startMs) !== published.get(startMs))).toEqual([]);
  });

  test("Ctrl-C ends it with 0 and leaves no process and no listener", async () => {
    const descendants = run.descendants();
    expect(descendants.length).toBeGreaterThan(0);
    expect(await run.end("SIGINT")).toBe(0);
    await until("every process has ended", () => (descendants.some(isAlive) ? null : true), { limitMs: 5_000 });
    expect(await isListening(run.port)).toBe(false);
    expect(await isListening(Number(new URL(run.control).port))).toBe(false);
  });
});

/** Closed columns by start: their candle, and their cells by bucket and size. */
function closedColumns(answer: HeatmapAnswer): Map<number, string> {
  const { columns, cells, candles, firstBucket, bucketsPerLevel, live } = answer;
  const closed = live ? columns.slice(0, -1) : columns;
  const levels = columns.map(() => [] as string[]);
  for (const [column, level, usd] of cells) levels[column]?.push(`${firstBucket + level * bucketsPerLevel}:${usd}`);
  return new Map(closed.map((startMs, index) => [startMs, JSON.stringify([candles[index], levels[index]])]));
}
