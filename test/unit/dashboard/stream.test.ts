import { describe, expect, test } from "vitest";
import { applyMessage, emptyColumn } from "../../../src/dashboard/stream/apply.ts";
import { parseMessage } from "../../../src/dashboard/stream/parse.ts";
import { backOffMs, type Connection, nextConnection } from "../../../src/dashboard/stream/reconnect.ts";
import { buildGrid, cellUsd, type Grid } from "../../../src/shared/display/grid.ts";
import { CLOSE_CODES, type DeltaMessage, type SnapshotMessage } from "../../../src/shared/protocol/messages.ts";

const INTERVAL = 300_000;
const FIRST_BUCKET = 22_900;

function grid(): Grid {
  const made = buildGrid({
    intervalMs: INTERVAL,
    firstBucket: FIRST_BUCKET,
    bucketsPerLevel: 2,
    columns: [0, INTERVAL],
    rows: 20,
    cells: [[1, 0, 5]],
    candles: [],
    signed: false,
  });
  if (made === null) throw new Error("the grid was empty");
  return made;
}

const head = {
  v: 1 as const,
  asOf: INTERVAL + 1,
  modelVersion: "test",
  dataSource: "simulated" as const,
  coverage: { ratio: null, exchanges: [] },
  symbol: "BTC",
  price: Math.exp((FIRST_BUCKET + 20) * 0.0005),
  intervalMs: INTERVAL,
  columnStartMs: INTERVAL,
  candle: { startMs: INTERVAL, open: 1, high: 2, low: 1, close: 2, volumeBase: null },
};

function snapshot(change: Partial<SnapshotMessage> = {}): SnapshotMessage {
  return { ...head, type: "snapshot", seq: 10, bucketRatio: 0.0005, longs: [], shorts: [], ...change };
}

function delta(change: Partial<DeltaMessage> = {}): DeltaMessage {
  return { ...head, type: "delta", seq: 11, longs: [], shorts: [], closedColumnStartMs: null, ...change };
}

describe("applyMessage", () => {
  test("a snapshot replaces the open column; buckets of one row add up", () => {
    const map = grid();
    const longs: [number, number][] = [
      [FIRST_BUCKET + 6, 10],
      [FIRST_BUCKET + 7, 5],
    ];
    expect(applyMessage(map, emptyColumn(), snapshot({ longs }))).toEqual({ type: "column", slot: 1 });
    expect(cellUsd(map, 1, 3)).toBe(15);
    expect(cellUsd(map, 1, 0)).toBe(0);
    expect(map.candles[1]?.close).toBe(2);
  });

  test("a delta changes single buckets, 0 removes one", () => {
    const map = grid();
    const column = emptyColumn();
    applyMessage(
      map,
      column,
      snapshot({
        longs: [
          [FIRST_BUCKET, 10],
          [FIRST_BUCKET + 1, 5],
        ],
      }),
    );
    applyMessage(map, column, delta({ longs: [[FIRST_BUCKET, 0]], shorts: [[FIRST_BUCKET + 30, 8]] }));
    expect(cellUsd(map, 1, 0)).toBe(5);
    expect(cellUsd(map, 1, 15)).toBe(8);
  });

  test("a new column starts from the state before it, the closed one stays", () => {
    const map = grid();
    const column = emptyColumn();
    applyMessage(map, column, snapshot({ longs: [[FIRST_BUCKET, 10]] }));
    const next = { columnStartMs: 2 * INTERVAL, closedColumnStartMs: INTERVAL };
    expect(applyMessage(map, column, delta({ ...next, shorts: [[FIRST_BUCKET + 30, 8]] }))).toEqual({
      type: "appended",
      slot: 2,
    });
    expect([cellUsd(map, 2, 0), cellUsd(map, 2, 15)]).toEqual([10, 8]);
    expect([cellUsd(map, 1, 0), cellUsd(map, 1, 15)]).toEqual([10, 0]);
  });

  test("a missing message is a gap, an old one is ignored", () => {
    const map = grid();
    const column = emptyColumn();
    expect(applyMessage(map, column, delta()).type).toBe("gap");
    applyMessage(map, column, snapshot());
    expect(applyMessage(map, column, delta({ seq: 12 }))).toEqual({ type: "gap", expected: 11, seq: 12 });
    expect(applyMessage(map, column, delta({ seq: 10 }))).toEqual({ type: "none" });
  });

  test("what the grid cannot show asks for the heatmap again", () => {
    const map = grid();
    const column = emptyColumn();
    expect(applyMessage(map, column, { v: 1, type: "resync", seq: 1, reason: "history corrected" }).type).toBe(
      "refetch",
    );
    expect(applyMessage(map, column, snapshot({ columnStartMs: 9 * INTERVAL })).type).toBe("refetch");
    expect(applyMessage(map, column, snapshot({ price: 1 })).type).toBe("refetch");
    expect(applyMessage(map, column, snapshot({ intervalMs: 60_000 })).type).toBe("refetch");
  });

  test("levels outside the rows are kept for later but not drawn", () => {
    const map = grid();
    const column = emptyColumn();
    applyMessage(map, column, snapshot({ longs: [[0, 10]] }));
    expect(column.longs.get(0)).toBe(10);
    expect(map.usd.reduce((sum, usd) => sum + usd, 0)).toBe(0);
  });
});

describe("parseMessage", () => {
  test("takes this version's messages and nothing else", () => {
    expect(parseMessage(JSON.stringify(snapshot()))?.type).toBe("snapshot");
    expect(parseMessage("pong")).toBeNull();
    expect(parseMessage("<html>")).toBeNull();
    expect(parseMessage("null")).toBeNull();
    expect(parseMessage('{"v":2,"type":"snapshot","seq":1}')).toBeNull();
    expect(parseMessage('{"v":1,"type":"other","seq":1}')).toBeNull();
  });
});

describe("connection", () => {
  const closed = (code: number) => ({ type: "closed" as const, code, chance: 1 });
  const run = (start: Connection, ...events: Parameters<typeof nextConnection>[1][]): Connection =>
    events.reduce(nextConnection, start);

  test("waits longer after each failed attempt and starts over after a message", () => {
    const first = run({ state: "paused" }, { type: "resume" }, closed(1006));
    expect(first).toEqual({ state: "waiting", attempt: 1, delayMs: 1_000 });
    const second = run(first, { type: "timer" }, closed(1006));
    expect(second).toEqual({ state: "waiting", attempt: 2, delayMs: 2_000 });
    const recovered = run(second, { type: "timer" }, { type: "message" }, closed(CLOSE_CODES["server-restart"]));
    expect(recovered).toEqual({ state: "waiting", attempt: 1, delayMs: 1_000 });
  });

  test("a refusal of the request ends it, also across a pause", () => {
    const refused = run({ state: "connecting", attempt: 0 }, closed(CLOSE_CODES["bad-request"]));
    expect(refused.state).toBe("refused");
    expect(run(refused, { type: "pause" }, { type: "resume" }).state).toBe("refused");
  });

  test("too many sockets waits at least a minute", () => {
    const crowded = run({ state: "open" }, closed(CLOSE_CODES["too-many-sockets"]));
    expect(crowded.state === "waiting" && crowded.delayMs >= 60_000).toBe(true);
  });

  test("a hidden page has no connection; shown again it connects at once", () => {
    expect(run({ state: "open" }, { type: "pause" })).toEqual({ state: "paused" });
    expect(run({ state: "waiting", attempt: 5, delayMs: 1 }, { type: "resume" })).toEqual({
      state: "connecting",
      attempt: 0,
    });
  });

  test("back-off stays between half and all of its ceiling, at most 30 s", () => {
    for (let attempt = 0; attempt < 40; attempt++) {
      expect(backOffMs(attempt, 0)).toBe(backOffMs(attempt, 1) / 2);
      expect(backOffMs(attempt, 1)).toBeLessThanOrEqual(30_000);
    }
  });
});
