// The euro's rate: stored when a feed has one, and what is said when it has none.
import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { EURO_RATE_KEY } from "../../src/shared/market/currency.ts";
import { storeEuroRate } from "../../workers/ingest/rates.ts";

afterEach(() => vi.restoreAllMocks());

const without = { euroRate: async () => ({ error: "status 400" }) };

test("a rate is stored for every place of the edge", async () => {
  const rate = { currency: "EUR" as const, value: 0.92, source: "binance", at: 1_768_092_600_000 };
  await storeEuroRate(env.TILES, { euroRate: async () => rate }, "live");
  expect(await env.TILES.get(EURO_RATE_KEY, "json")).toEqual(rate);
});

test("a live market without one is an error each time", async () => {
  for (let i = 0; i < 2; i++) await expect(storeEuroRate(env.TILES, without, "live")).rejects.toThrow("status 400");
});

test("a market that is played back has none: said once, and no error", async () => {
  const [info, error] = [vi.spyOn(console, "info").mockReturnValue(), vi.spyOn(console, "error").mockReturnValue()];
  for (let i = 0; i < 3; i++) await storeEuroRate(env.TILES, without, "replay");
  expect([info.mock.calls, error.mock.calls]).toEqual([
    [["rates: no euro rate (status 400); this market is a replay, and currency=EUR is refused"]],
    [],
  ]);
});
