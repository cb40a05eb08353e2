import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { DAY_MS, HOUR_MS, MINUTE_MS, marketTime } from "../../src/shared/time/clock.ts";
import { loadAnchor, nextLine, type Play, parseAnchor, saveAnchor } from "../../src/simulator/anchor.ts";

const WALL = 1_790_000_030_000;
const TAPE: Play = { kind: "tape", spec: "tape a", window: { fromMs: 0, startMs: 3 * HOUR_MS, endMs: 4 * HOUR_MS } };
const GENERATED: Play = { kind: "generated", spec: "generated 1", seed: 1, historyMs: 14 * DAY_MS };

describe("the clock of a restart", () => {
  test("a tape begins at its start point, stands while stopped, and ends", () => {
    const first = nextLine(null, TAPE, WALL, 60);
    expect(marketTime(first.line, WALL)).toBe(3 * HOUR_MS);
    const stopped = { ...first.anchor, lastMarketMs: marketTime(first.line, WALL + 20_000) };
    const second = nextLine(stopped, TAPE, WALL + DAY_MS, 60);
    expect(marketTime(second.line, WALL + DAY_MS)).toBe(3 * HOUR_MS + 20 * MINUTE_MS);
    expect(marketTime(second.line, WALL + 2 * DAY_MS)).toBe(4 * HOUR_MS);
  });

  test("the generated market at speed 1 is the wall clock, and its genesis never moves", () => {
    const first = nextLine(null, GENERATED, WALL, 1);
    expect(marketTime(first.line, WALL + 5)).toBe(WALL + 5);
    expect(first.anchor.genesisMs % MINUTE_MS).toBe(0);
    expect(first.anchor.genesisMs).toBeLessThanOrEqual(WALL - 14 * DAY_MS);
    const second = nextLine({ ...first.anchor, lastMarketMs: WALL + HOUR_MS }, GENERATED, WALL + 9 * HOUR_MS, 1);
    expect(second.line).toMatchObject({ marketOriginMs: WALL + 9 * HOUR_MS, endMs: null });
    expect(second.anchor.genesisMs).toBe(first.anchor.genesisMs);
  });

  test("a market never goes back: after a fast run speed 1 continues from where it was", () => {
    const { anchor } = nextLine(null, GENERATED, WALL, 1);
    const ahead = { ...anchor, lastMarketMs: WALL + 5 * DAY_MS };
    expect(nextLine(ahead, GENERATED, WALL + DAY_MS, 1).line.marketOriginMs).toBe(WALL + 5 * DAY_MS);
    expect(nextLine(ahead, GENERATED, WALL + 9 * DAY_MS, 60).line.marketOriginMs).toBe(WALL + 5 * DAY_MS);
  });

  test("another spec starts afresh", () => {
    const { anchor } = nextLine(null, TAPE, WALL, 1);
    const other = nextLine({ ...anchor, lastMarketMs: 9 }, { ...TAPE, spec: "tape b" }, WALL, 1);
    expect(other.anchor).toMatchObject({ spec: "tape b", lastMarketMs: 3 * HOUR_MS });
  });
});

describe("the anchor's file", () => {
  test("what is saved is loaded; nothing, or nonsense, is null", () => {
    const folder = mkdtempSync(join(tmpdir(), "anchor-"));
    try {
      const inner = join(folder, "state");
      expect(loadAnchor(inner)).toBeNull();
      const { anchor } = nextLine(null, GENERATED, WALL, 1);
      saveAnchor(inner, anchor);
      saveAnchor(inner, { ...anchor, lastMarketMs: anchor.lastMarketMs + 1 });
      expect(loadAnchor(inner)).toEqual({ ...anchor, lastMarketMs: anchor.lastMarketMs + 1 });
      writeFileSync(join(inner, "market.json"), '{"spec":"x"');
      expect(loadAnchor(inner)).toBeNull();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test.each(["", "[]", "null", '{"spec":1}', '{"spec":"a","genesisMs":1,"seed":1,"marketOriginMs":1}'])(
    "%s is no anchor",
    (text) => {
      expect(parseAnchor(text)).toBeNull();
    },
  );
});
