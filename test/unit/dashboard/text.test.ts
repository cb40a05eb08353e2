import { describe, expect, test } from "vitest";
import { announce, newAnnouncer } from "../../../src/dashboard/text/announce.ts";
import { ageOf, clockOffset, freshnessOf } from "../../../src/dashboard/text/freshness.ts";
import {
  formatAge,
  formatDistance,
  formatMoney,
  formatPrice,
  formatShare,
  formatTime,
  formatUsd,
} from "../../../src/shared/display/format.ts";

describe("format", () => {
  test.each([
    [1_240_000, false, "$1.24M"],
    [1_240_000, true, "+$1.24M"],
    [-850_000, true, "-$850K"],
    [0, true, "$0"],
  ])("formatUsd(%d, %s) is %s", (usd, signed, text) => expect(formatUsd(usd, signed)).toBe(text));

  test("other money has its own sign", () => {
    expect([formatMoney(1_240_000, "EUR"), formatMoney(850_000, "EUR", true)]).toEqual(["€1.24M", "+€850K"]);
  });

  test.each([
    [97_412.4, "97,412"],
    [3_412.53, "3,412.5"],
    [187.42, "187.42"],
    [0.14237, "0.14237"],
    [0.00001234, "0.00001234"],
  ])("formatPrice(%d) is %s", (price, text) => expect(formatPrice(price)).toBe(text));

  test.each([
    [-500, "0 s"],
    [4_900, "4 s"],
    [180_000, "3 min"],
    [7_200_000, "2 h"],
    [5 * 86_400_000, "5 d"],
  ])("formatAge(%d) is %s", (ms, text) => expect(formatAge(ms)).toBe(text));

  test("distances carry their sign, shares are whole, unknown is a dash", () => {
    expect(formatDistance(0.0124)).toBe("+1.24 %");
    expect(formatDistance(-0.0124)).toBe("−1.24 %");
    expect(formatShare(0.869)).toBe("87 %");
    expect(formatShare(null)).toBe("–");
  });

  test("times name their zone", () => expect(formatTime(1_763_822_100_000, "UTC")).toBe("22 Nov, 14:35 UTC"));
});

describe("freshness", () => {
  const live = { asOf: 1_000_000, dataSource: "live" as const };

  test("a device clock that is an hour fast does not age the data", () => {
    const receivedAt = 4_602_000;
    const offset = clockOffset({ ...live, serverDateMs: 1_002_000, receivedAt });
    expect(ageOf(live.asOf, offset, receivedAt)).toBe(2_000);
    expect(ageOf(live.asOf, offset, receivedAt + 5_000)).toBe(7_000);
  });

  test("the cut seconds of the Date header are not taken for an offset", () => {
    expect(clockOffset({ ...live, serverDateMs: 1_002_000, receivedAt: 1_002_900 })).toBe(0);
  });

  test("old live data looks old at once", () => {
    const receivedAt = 1_000_000 + 120_000;
    const offset = clockOffset({ ...live, serverDateMs: receivedAt, receivedAt });
    expect(freshnessOf(ageOf(live.asOf, offset, receivedAt))).toBe("stale");
  });

  test("a replay of last year counts from its arrival", () => {
    const receivedAt = 5e11;
    const offset = clockOffset({ asOf: 1e9, dataSource: "replay", serverDateMs: receivedAt, receivedAt });
    expect(ageOf(1e9, offset, receivedAt + 3_000)).toBe(3_000);
  });
});

test("announce says at most one message in ten seconds, the newest", () => {
  const announcer = newAnnouncer();
  expect(announce(announcer, "one", 0)).toBe("one");
  expect(announce(announcer, "two", 1_000)).toBeNull();
  expect(announce(announcer, "three", 9_999)).toBeNull();
  expect(announce(announcer, null, 10_000)).toBe("three");
  expect(announce(announcer, null, 30_000)).toBeNull();
});
