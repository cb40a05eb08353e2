// Bybit's newest trades as taker volume: only minutes that the list covers whole are told as minutes.
import { expect, test } from "vitest";
import { MINUTE_MS } from "../../../src/shared/time/clock.ts";
import { bybit } from "../../../src/shared/venue/bybit/index.ts";

const T0 = 1_767_225_600_000;

function taker(trades: [atMs: number, side: "Buy" | "Sell", size: string][]) {
  const list = trades.map(([atMs, side, size], i) => ({
    execId: String(i),
    symbol: "BTCUSDT",
    price: "60000",
    size,
    side,
    time: String(T0 + atMs),
    isBlockTrade: false,
  }));
  const instrument = bybit.defaultInstrument("BTC");
  if (instrument === null) throw new Error("Bybit's BTC contract is known");
  const context = {
    receivedAt: T0 + 30 * MINUTE_MS,
    venueSymbol: "BTCUSDT",
    instruments: new Map([["BTCUSDT", instrument]]),
  };
  const payload = { retCode: 0, retMsg: "OK", result: { category: "linear", list }, time: T0 };
  return bybit
    .parse("trades", payload, context)
    .observations.flatMap((one) =>
      one.kind === "takerVolume"
        ? [[(one.openTime - T0) / MINUTE_MS, one.intervalMs / MINUTE_MS, one.takerBuyBase, one.takerSellBase]]
        : [],
    );
}

test("the minutes between the oldest and the newest trade's are whole, those two are not", () => {
  const volumes = taker([
    [200_000, "Buy", "4"],
    [170_000, "Sell", "3"],
    [130_000, "Buy", "2"],
    [70_000, "Sell", "1"],
    [50_000, "Buy", "9"],
  ]);
  const whole = volumes.filter(([, minutes]) => minutes === 1);
  expect(whole.sort()).toEqual([
    [1, 1, 0, 1],
    [2, 1, 2, 3],
  ]);
  expect(volumes).toHaveLength(4);
});

test("a list that does not reach back a minute tells none as whole", () => {
  const volumes = taker([
    [65_000, "Buy", "1"],
    [59_000, "Sell", "1"],
  ]);
  expect(volumes.filter(([, minutes]) => minutes === 1)).toEqual([]);
});

test("in a quiet market only the last ten minutes are told again", () => {
  const volumes = taker([
    [20 * MINUTE_MS + 1_000, "Buy", "1"],
    [12 * MINUTE_MS + 1_000, "Buy", "1"],
    [5 * MINUTE_MS, "Buy", "1"],
  ]);
  expect(volumes.map(([minute]) => Math.floor(minute ?? 0)).sort((a, b) => a - b)).toEqual([12, 20]);
});
