import { expect, test } from "vitest";
import { dayVolumeUsd } from "../../../durable-objects/hub/day-volume.ts";
import { DAY0 } from "../../support/batches.ts";

const DAY_MS = 86_400_000;
const meta = (volumes: (number | null)[]) =>
  JSON.stringify({ venues: volumes.map((volumeBase) => ({ volumeBase, close: 100 })) });
const store = (metas: string[]) => ({
  columnMetas: (intervalMs: number, fromMs: number, toMs: number) => {
    expect([intervalMs, fromMs, toMs]).toEqual([1_800_000, DAY0, DAY0 + DAY_MS]);
    return metas;
  },
});

test.each([
  ["a day of two exchanges", Array<string>(48).fill(meta([1, 2])), 48 * 300],
  ["an exchange that tells no volume", Array<string>(48).fill(meta([null, 2])), 48 * 200],
  ["nobody tells one", Array<string>(48).fill(meta([null])), null],
  ["less than a day", Array<string>(47).fill(meta([1])), null],
])("%s", (_, metas, expected) => {
  expect(dayVolumeUsd(store(metas), DAY0 + DAY_MS + 60_000)).toBe(expected);
});

test("nothing is known before the first minute", () => {
  expect(dayVolumeUsd(store([]), null)).toBeNull();
});
