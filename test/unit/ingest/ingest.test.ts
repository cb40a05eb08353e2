import { describe, expect, test } from "vitest";
import { MINUTE_MS } from "../../../src/shared/time/clock.ts";
import { dueJobs } from "../../../workers/ingest/due.ts";
import { watchFeeds } from "../../../workers/ingest/watchdog.ts";

/** 2026-01-01T00:00:00Z. */
const MIDNIGHT = 1_767_225_600_000;

test("the watchdog runs every minute, pruning once an hour away from its start", () => {
  const hour = Array.from({ length: 60 }, (_, i) => dueJobs(MIDNIGHT + i * MINUTE_MS + 400));
  expect(hour.every((jobs) => jobs.includes("watchdog") && jobs.includes("rates"))).toBe(true);
  expect(hour.flatMap((jobs, i) => (jobs.includes("prune") ? [i] : []))).toEqual([17]);
});

describe("watchdog", () => {
  test("starts every venue by its name and near its exchange", async () => {
    const seen: unknown[] = [];
    const feeds = {
      getByName(name: string, options: object) {
        seen.push([name, options]);
        return { ensureRunning: async () => ({}) };
      },
    };
    const vars = { OKX_GENERATION: "2" };
    expect(await watchFeeds(vars, feeds, ["binance", "okx"], () => "apac")).toEqual([]);
    expect(seen).toEqual([
      ["binance#1", { locationHint: "apac" }],
      ["okx#2", { locationHint: "apac" }],
    ]);
  });

  test("one venue that cannot be reached does not keep the others from starting", async () => {
    const started: string[] = [];
    const feeds = {
      getByName(name: string) {
        if (name === "binance#1") throw new Error("no such place");
        return {
          async ensureRunning() {
            if (name === "bybit#1") throw new Error("overloaded");
            started.push(name);
          },
        };
      },
    };
    expect(await watchFeeds({}, feeds, ["binance", "bybit", "okx"], () => "apac")).toEqual([
      "binance: feed not reached: Error: no such place",
      "bybit: feed not reached: Error: overloaded",
    ]);
    expect(started).toEqual(["okx#1"]);
  });
});
