import { describe, expect, test } from "vitest";
import { depthSums, meanDepth, midPrice } from "../../../src/shared/market/depth-profile.ts";
import { FEED_COMPLETENESS, liquidationFeedOf } from "../../../src/shared/market/liquidation-feed.ts";
import { VENUES } from "../../../src/shared/market/symbol.ts";
import { ladderOf } from "../../../src/shared/model/ladder.ts";
import { bucketIndex } from "../../../src/shared/model/lattice.ts";

type Level = [number, number];
const bids: Level[] = [
  [999, 1],
  [995, 2],
  [990, 3],
  [980, 4],
  [900, 5],
];
const asks: Level[] = [
  [1_001, 1],
  [1_010, 2],
];

describe("a book", () => {
  test("sums USD inside each band, edges included, and tells how far it was received", () => {
    expect(depthSums({ bids, asks })).toEqual({
      bidUsd: [999 + 1_990, 999 + 1_990 + 2_970, 999 + 1_990 + 2_970 + 3_920],
      askUsd: [1_001, 1_001 + 2_020, 1_001 + 2_020],
      bidReach: 0.1,
      askReach: 0.01,
    });
  });

  test("becomes a ladder on the lattice: what is nearer than 5 % is all there, in its bucket", () => {
    const ladder = ladderOf({ bids, asks });
    const at = (price: number) => bucketIndex(price) - (ladder?.first ?? 0);
    expect(ladder?.mid).toBe(1_000);
    expect(ladder?.bidUsd[at(995)]).toBe(1_990);
    expect(ladder?.askUsd[at(1_010)]).toBe(2_020);
    expect(ladder?.bidUsd.reduce((sum, usd) => sum + usd, 0)).toBe(999 + 1_990 + 2_970 + 3_920);
  });

  test("with an empty side is none", () => {
    for (const book of [
      { bids, asks: [] },
      { bids: [], asks },
    ]) {
      expect([midPrice(book), depthSums(book), ladderOf(book)]).toEqual([null, null, null]);
    }
  });

  test("averages with the books before it, reach is the shortest", () => {
    const one = { bidUsd: [10], askUsd: [1], bidReach: 0.02, askReach: 0.5 };
    const two = { bidUsd: [40], askUsd: [4], bidReach: 0.3, askReach: 0.4 };
    expect(meanDepth(one, 2, two)).toEqual({ bidUsd: [20], askUsd: [2], bidReach: 0.02, askReach: 0.4 });
  });
});

test("every exchange's liquidation feed is described", () => {
  for (const venue of VENUES) {
    const feed = liquidationFeedOf(venue);
    expect(FEED_COMPLETENESS).toContain(feed.completeness);
    expect(feed.source, venue).toMatch(/^https:/);
  }
});
