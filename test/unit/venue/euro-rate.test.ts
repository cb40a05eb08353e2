import { expect, test } from "vitest";
import { fetchEuroRate } from "../../../durable-objects/feed/euro-rate.ts";
import { parseEuroRate } from "../../../src/shared/venue/euro-rate.ts";

const AT = 1_768_092_600_000;

test("a ticker of 1.25 USDT per euro is 0.8 euros per dollar, at the exchange's time", () => {
  expect(parseEuroRate({ symbol: "EURUSDT", lastPrice: "1.25", closeTime: AT, extra: 1 })).toEqual({
    currency: "EUR",
    value: 0.8,
    source: "binance spot EURUSDT",
    at: AT,
  });
});

test.each([
  ["nothing", null],
  ["another pair", { symbol: "BTCUSDT", lastPrice: "1.1", closeTime: AT }],
  ["an empty price", { symbol: "EURUSDT", lastPrice: "", closeTime: AT }],
  ["an absurd price", { symbol: "EURUSDT", lastPrice: "97000", closeTime: AT }],
  ["a time in seconds", { symbol: "EURUSDT", lastPrice: "1.1", closeTime: AT / 1000 }],
])("%s is no rate, with the reason", (_, payload) => {
  expect(parseEuroRate(payload)).toEqual({ error: expect.stringMatching(/./) });
});

test("a page where JSON was due, a refusal and a failed request are reasons, never exceptions", async () => {
  const answer = (status: number, text: string) => ({
    type: "answer" as const,
    answer: { status, contentType: "text/html", retryAfterMs: null, text },
  });
  expect(await fetchEuroRate(async () => answer(200, "<html>"))).toEqual({ error: "the answer is no JSON" });
  expect(await fetchEuroRate(async () => answer(451, "{}"))).toEqual({ error: "status 451" });
  const failed = { type: "failed" as const, failure: "timed-out" as const, reason: "no answer within 3000 ms" };
  expect(await fetchEuroRate(async () => failed)).toEqual({ error: failed.reason });
});
