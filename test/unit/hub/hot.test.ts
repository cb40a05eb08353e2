// What a hub leaves in KV: the columns that D1's open tiles may lack, when a mark has been passed, and not more often.
import { describe, expect, test } from "vitest";
import { HotColumns, hotMarks } from "../../../durable-objects/hub/hot.ts";
import { MemoryHubStore } from "../../../durable-objects/hub/memory-hub-store.ts";
import { decodeHot, encodeHot } from "../../../src/shared/tile/hot-columns.ts";
import { MINUTE_MS } from "../../../src/shared/time/clock.ts";
import { DAY0 } from "../../support/batches.ts";

const FIVE = 5 * MINUTE_MS;
const WIDTHS = [MINUTE_MS, FIVE, 15 * MINUTE_MS];

function storeOf(minutes: number): MemoryHubStore {
  const store = new MemoryHubStore();
  for (let endMs = DAY0 + MINUTE_MS; endMs <= DAY0 + minutes * MINUTE_MS; endMs += MINUTE_MS) {
    for (const intervalMs of WIDTHS.filter((width) => endMs % width === 0)) {
      const meta = JSON.stringify({ intervalMs, startMs: endMs - intervalMs });
      store.putOpenColumn(intervalMs, {
        startMs: endMs - intervalMs,
        meta,
        layers: Uint8Array.of((endMs / MINUTE_MS) % 256),
      });
    }
  }
  return store;
}
const widthsOf = (columns: Uint8Array) =>
  (JSON.parse(new TextDecoder().decode(columns)) as { intervalMs: number }[]).map(({ intervalMs }) => intervalMs);

describe("marks", () => {
  test("are the newest five, each with every width that ends there", () => {
    const marks = hotMarks(storeOf(60), DAY0 + 60 * MINUTE_MS, DAY0 + 58 * MINUTE_MS);
    expect(marks.map(({ endMs }) => (endMs - DAY0) / MINUTE_MS)).toEqual([40, 45, 50, 55, 60]);
    expect(marks.map(({ columns }) => widthsOf(columns))).toEqual([
      [MINUTE_MS, FIVE],
      WIDTHS,
      [MINUTE_MS, FIVE],
      [MINUTE_MS, FIVE],
      WIDTHS,
    ]);
  });

  test("reach back to what the open tiles have, within reason", () => {
    const store = storeOf(600);
    const newest = DAY0 + 600 * MINUTE_MS;
    expect(hotMarks(store, newest, newest - 60 * MINUTE_MS)).toHaveLength(12);
    expect(hotMarks(store, newest, DAY0)).toHaveLength(64);
  });

  test("are read back as they were written; a cut is refused", () => {
    const marks = hotMarks(storeOf(30), DAY0 + 30 * MINUTE_MS, DAY0);
    const bytes = encodeHot(marks);
    expect(decodeHot(bytes)).toEqual(marks);
    for (let length = 0; length < bytes.length; length++) {
      expect(decodeHot(bytes.subarray(0, length))).toHaveProperty("error");
    }
  });
});

describe("writing", () => {
  const kv = () => {
    const puts: string[] = [];
    let isDown = false;
    const put = (name: string) => {
      if (isDown) return Promise.reject(new Error("no KV"));
      puts.push(name);
      return Promise.resolve();
    };
    const down = (value: boolean) => {
      isDown = value;
    };
    return { puts, down, put };
  };
  const at = (minute: number, wallMs: number) => ({
    store: storeOf(60),
    cursor: DAY0 + minute * MINUTE_MS,
    tilesToMs: DAY0,
    wallMs,
  });

  test("happens once per mark, and once a minute when marks come faster", async () => {
    const { puts, put } = kv();
    const hot = new HotColumns();
    await hot.write(put, "BTC", at(30, 1e9));
    await hot.write(put, "BTC", at(34, 1e9 + 240_000));
    expect(puts).toEqual(["hot/BTC"]);
    await hot.write(put, "BTC", at(35, 1e9 + 300_000));
    await hot.write(put, "BTC", at(40, 1e9 + 310_000));
    expect(puts).toHaveLength(2);
    await hot.write(put, "BTC", at(41, 1e9 + 361_000));
    expect(puts).toHaveLength(3);
  });

  test("that failed is tried again a minute later", async () => {
    const { puts, down, put } = kv();
    const hot = new HotColumns();
    down(true);
    await expect(hot.write(put, "BTC", at(30, 1e9))).rejects.toThrow("no KV");
    down(false);
    await hot.write(put, "BTC", at(31, 1e9 + 5_000));
    expect(puts).toEqual([]);
    await hot.write(put, "BTC", at(31, 1e9 + 60_000));
    expect(puts).toEqual(["hot/BTC"]);
  });
});
