import { expect, test } from "vitest";
import { coinOf } from "../../../src/shared/venue/coin-name.ts";
import { adapterOf } from "../../../src/shared/venue/registry.ts";

test.each([
  ["BTC", "BTC", 1],
  ["1000SHIB", "SHIB", 1_000],
  ["SHIB1000", "SHIB", 1_000],
  ["10000LADYS", "LADYS", 10_000],
  ["1000000MOG", "MOG", 1_000_000],
  ["1MBABYDOGE", "BABYDOGE", 1_000_000],
  ["1INCH", "1INCH", 1],
  ["1000", "1000", 1],
  ["__proto__", "__proto__", 1],
])("%s is %s × %i", (name, symbol, multiple) => {
  expect(coinOf(name)).toEqual({ symbol, multiple });
});

test("a contract in multiples is divided in price and multiplied in size", () => {
  expect(adapterOf("binance").defaultInstrument("SHIB")).toMatchObject({
    venueSymbol: "1000SHIBUSDT",
    priceMultiplier: 1_000,
    baseUnitsPerContract: 1_000,
  });
  expect(adapterOf("bybit").defaultInstrument("SHIB")).toMatchObject({ venueSymbol: "SHIB1000USDT" });
  expect(adapterOf("okx").defaultInstrument("SHIB")).toMatchObject({
    venueSymbol: "SHIB-USDT-SWAP",
    priceMultiplier: 1,
    baseUnitsPerContract: 1_000_000,
  });
  expect(adapterOf("hyperliquid").defaultInstrument("PEPE")).toMatchObject({
    venueSymbol: "kPEPE",
    symbol: "PEPE",
    priceMultiplier: 1_000,
  });
});
