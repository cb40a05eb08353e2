import { describe, expect, test } from "vitest";
import type { FlowsQuery } from "../../../durable-objects/hub/flow-columns.ts";
import { ALL } from "../../../src/shared/market/filter.ts";
import { createFlows } from "../../../src/shared/market/flows.ts";
import { MINUTE_MS } from "../../../src/shared/time/clock.ts";
import { askSplit } from "../../../workers/api/heatmap/delta-split.ts";
import { splitCells } from "../../../workers/api/heatmap/split-cells.ts";

const FIVE = 5 * MINUTE_MS;
const HALF_HOUR = 6 * FIVE;

/** A hub that knows something of every column, in the reach given. */
function hubOf(reach = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY }) {
  const asked: FlowsQuery[] = [];
  const ask = (wanted: FlowsQuery) => {
    asked.push(wanted);
    const flows = createFlows(wanted.axis.levels);
    flows.opened.fill(7.6);
    flows.moved.fill(-2.4);
    return Promise.resolve({ columns: wanted.columns.map(({ endMs }) => ({ endMs, reach, flows })), reason: null });
  };
  return { ask, asked };
}

const query = (count: number, intervalMs: number, levels: number) => ({
  ...{ filter: { ...ALL, delta: "1h" as const }, deltaMs: 2 * HALF_HOUR },
  axis: { firstBucket: 100, bucketsPerLevel: 10, levels },
  columns: Array.from({ length: count }, (_, index) => ({ index, endMs: (index + 1) * intervalMs })),
});

describe("the split of a heatmap's columns", () => {
  test("is asked for where a column ends with a half hour", async () => {
    const { ask, asked } = hubOf();
    const split = await askSplit(ask, query(13, FIVE, 4), []);
    expect(asked[0]?.columns.map(({ endMs }) => endMs)).toEqual([HALF_HOUR, 2 * HALF_HOUR]);
    expect(split.columns.map(({ index, fromMs }) => [index, fromMs])).toEqual([
      [5, -HALF_HOUR],
      [11, 0],
    ]);
    expect((await askSplit(ask, query(5, FIVE, 4), [])).reason).toBe("no column of a change ends with a half hour");
  });

  test("has whole levels only, those that its prices reach", async () => {
    const { columns } = await askSplit(hubOf({ low: 101, high: 139 }).ask, query(1, HALF_HOUR, 5), []);
    expect(columns).toMatchObject([{ fromLevel: 1, toLevel: 3 }]);
    expect((await askSplit(hubOf({ low: 101, high: 119 }).ask, query(1, HALF_HOUR, 5), [])).columns).toEqual([]);
  });

  test("has a size that an answer can bear: the newest columns, and says so", async () => {
    const { ask, asked } = hubOf();
    const { columns, reason } = await askSplit(ask, query(336, HALF_HOUR, 200), []);
    expect(columns).toHaveLength(125);
    expect(columns.at(-1)?.index).toBe(335);
    expect(asked[0]?.columns).toHaveLength(125);
    expect(reason).toBe("the newest 125 columns are split: take a shorter range or a larger bucket for more");
    const day = await askSplit(ask, query(48, HALF_HOUR, 400), []);
    expect([day.columns.length, day.reason]).toEqual([48, null]);
  });

  test("takes the place of stored differences, as printed in the answer's currency", async () => {
    const split = await askSplit(hubOf({ low: 110, high: 130 }).ask, query(2, HALF_HOUR, 5), []);
    split.columns.shift();
    const cells = splitCells(
      [
        [0, 1, 50],
        [1, 0, 60],
        [1, 2, 70],
        [1, 4, 80],
      ],
      split,
      10,
    );
    expect(cells.columns).toEqual([
      ...[{ column: 1, fromMs: 0, firstLevel: 1, opened: [76, 76], closed: [0, 0], swept: [0, 0], moved: [-24, -24] }],
    ]);
    expect(cells.cells).toEqual([
      [0, 1, 50],
      [1, 0, 60],
      [1, 1, 52],
      [1, 2, 52],
      [1, 4, 80],
    ]);
  });
});
