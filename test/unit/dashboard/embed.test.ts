// What an embedded map says below itself.
import { describe, expect, test } from "vitest";
import type { Envelope } from "../../../src/dashboard/api/wire.ts";
import { parseEmbedAddress } from "../../../src/dashboard/embed/address.ts";
import { wordsOf } from "../../../src/dashboard/embed/words.ts";

const ENVELOPE: Envelope = {
  asOf: Date.UTC(2026, 10, 28, 4, 45),
  modelVersion: "flt1",
  dataSource: "simulated",
  coverage: { ratio: 0.934, exchanges: [] },
};

const firstWords = (address: string) => {
  const { pathname, search } = new URL(address, "https://map.example");
  return wordsOf(parseEmbedAddress(pathname, search).view, ENVELOPE, true).split(" · ").slice(0, 2);
};

describe("the caption of an embedded map", () => {
  test.each([
    ["/embed/BTC", "24h", "exposed"],
    ["/embed/BTC?exchange=okx", "24h", "exposed, okx"],
    ["/embed/BTC?range=7d&exchange=binance,okx&leverage=50,100", "7d", "exposed, binance+okx, 50x+100x"],
    ["/embed/BTC?side=long&mode=expected&age=24h", "24h", "expected, opened within 24h, longs only"],
    ["/embed/BTC?side=short&delta=4h", "24h", "change over 4h, shorts only"],
    ["/embed/BTC?mode=expected&delta=4h", "24h", "expected, change over 4h"],
  ])("%s", (address, range, filter) => {
    expect(firstWords(address)).toEqual([`BTC estimated liquidation levels ${range}`, filter]);
  });

  test("as of when, how much of the market, and that it is no live market", () => {
    const words = wordsOf(parseEmbedAddress("/embed/ETH", "").view, ENVELOPE, false);
    expect(words).toMatch(
      /^ETH .* · exposed · simulated data · as of 28 Nov, .*, not live · 93 % of known open interest$/,
    );
  });
});
