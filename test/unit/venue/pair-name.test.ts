import { describe, expect, test } from "vitest";
import { VENUES } from "../../../src/shared/market/symbol.ts";
import { coinMarginedCoin } from "../../../src/shared/venue/pair-name.ts";
import { adapterOf } from "../../../src/shared/venue/registry.ts";

describe("the name of a coin-margined contract", () => {
  test.each([
    ["BTCUSD_PERP", null],
    ["BTCUSD_260626", null],
    ["BTCUSD_DMCBL", null],
    ["BTC-USD-SWAP", null],
    ["BTC-USD-260626", null],
    ["BTCUSD.P", null],
    ["BTCUSD_PERP", "binance"],
    ["BTCUSD", "bybit"],
    ["BTC_USD", "gate"],
    ["BTC-USD", "okx"],
  ] as const)("%s (%s) is one of BTC", (pair, venue) => expect(coinMarginedCoin(pair, venue)).toBe("BTC"));

  test.each([
    ["BTC", null],
    ["BTCUSDT", "bybit"],
    ["BTC-USDT-SWAP", "okx"],
    ["BTCUSDT.P", "binance"],
    ["BTC-PERP", null],
    ["BTCUSDC", "binance"],
    // a coin's price in dollars, as people write it
    ["BTCUSD", null],
    ["BTC-USD", null],
    ["BTC/USD", null],
    ["USD", "bybit"],
    ["", null],
  ] as const)("%s (%s) is none", (pair, venue) => expect(coinMarginedCoin(pair, venue)).toBeNull());

  test.each(VENUES)("no linear contract of %s is taken for one", (venue) => {
    for (const coin of ["BTC", "1000PEPE", "USUAL"]) {
      expect(coinMarginedCoin(adapterOf(venue).defaultVenueSymbol(coin).toUpperCase(), venue)).toBeNull();
    }
  });
});
