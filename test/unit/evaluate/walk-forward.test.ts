import { describe, expect, test } from "vitest";
import { scoringRows } from "../../../src/shared/evaluate/scoring-rows.ts";
import { splitTape, testRows } from "../../../src/shared/evaluate/split.ts";
import { walkForward } from "../../../src/shared/evaluate/walk-forward.ts";
import { DEFAULT_PARAMS } from "../../../src/shared/model/params.ts";
import { HOUR_MS } from "../../../src/shared/time/clock.ts";
import { hourlyMarket } from "../../support/evaluate-market.ts";

const market = hourlyMarket(900, 3);
const rows = scoringRows(market, DEFAULT_PARAMS)?.rows ?? [];
const split = splitTape(market.bars)!;

describe("walking forward", () => {
  const walked = walkForward("m", rows, split, 1e5);

  test("every test row is scored once, in order, by weekly fits while the test half is shorter than two months", () => {
    expect(walked.everyDays).toBe(7);
    expect(walked.fits).toBe(Math.ceil(((900 * HOUR_MS * 0.85) / 2 - 1) / (7 * 24 * HOUR_MS)));
    expect(walked.rows.map(({ hourMs }) => hourMs)).toEqual(testRows(rows, split).map(({ hourMs }) => hourMs));
  });

  test("what happens after a stretch changes nothing in it", () => {
    const laterMs = split.testStartMs + 7 * 24 * HOUR_MS;
    const altered = rows.map((row) => (row.hourMs >= laterMs ? { ...row, observedUsd: row.observedUsd * 7 } : row));
    const first = (list: typeof walked.rows) => list.filter(({ hourMs }) => hourMs < laterMs);
    expect(first(walkForward("m", altered, split, 1e5).rows)).toEqual(first(walked.rows));
    expect(walkForward("m", altered, split, 1e5).rows).not.toEqual(walked.rows);
  });
});
