import { describe, expect, test } from "vitest";
import { VENUES } from "../../../src/shared/market/symbol.ts";
import { ADAPTERS, adapterOf } from "../../../src/shared/venue/registry.ts";
import { PAYLOAD_KINDS, type VenueAdapter } from "../../../src/shared/venue/venue.ts";
import { contextOf } from "./support.ts";

test("the registry has every venue, in order", () => {
  expect(ADAPTERS.map((adapter) => adapter.id)).toEqual([...VENUES]);
  for (const id of VENUES) expect(adapterOf(id).id).toBe(id);
});

describe.each(ADAPTERS.map((adapter) => [adapter.id, adapter] as const))("%s", (_id, adapter) => {
  test("can request and parse every kind of its plan and history, and its instruments", () => {
    for (const { kind, scope } of adapter.plan) expectUsable(adapter, kind, scope === "symbol");
    expectUsable(adapter, adapter.history.candles.kind, true);
    if (adapter.history.openInterest !== null) expectUsable(adapter, adapter.history.openInterest.kind, true);
    expectUsable(adapter, "instruments", false);
  });

  test("declares exactly the kinds it parses", () => {
    for (const kind of PAYLOAD_KINDS) {
      const [reject] = adapter.parse(kind, null, contextOf()).rejects;
      expect(reject, kind).toBeDefined();
      expect(reject?.reason.includes("is understood"), kind).toBe(!adapter.parses.includes(kind));
    }
  });

  test("refuses to build a request it has no address for", () => {
    expect(() => adapter.request("trades-stream", { venueSymbol: "BTCUSDT" })).toThrow("no request for trades-stream");
  });

  test("knows the well-known coins and no made-up one", () => {
    // what one contract of PEPE counts at Gate is published by its list alone
    const coins = ["BTC", "ETH", "SOL", "XRP", "DOGE", "BNB", "SHIB", ...(adapter.id === "gate" ? [] : ["PEPE"])];
    for (const coin of coins) {
      const instrument = adapter.defaultInstrument(coin);
      expect(instrument, coin).toMatchObject({ venue: adapter.id, symbol: coin, contractKind: "linear", listed: true });
      expect(instrument?.venueSymbol).toBe(adapter.defaultVenueSymbol(coin));
    }
    expect(adapter.defaultInstrument("NOSUCHCOIN")).toBeNull();
    expect(adapter.defaultInstrument("constructor")).toBeNull();
  });

  test("its stream recognises nothing that is not a message of it", () => {
    for (const other of [null, "pong", 1, [], {}, { op: "pong" }, { success: true }, { event: "subscribe", arg: {} }]) {
      expect(adapter.stream?.kindOf(other) ?? null).toBeNull();
    }
  });
});

function expectUsable(adapter: VenueAdapter, kind: (typeof PAYLOAD_KINDS)[number], isPerSymbol: boolean): void {
  const venueSymbol = isPerSymbol ? adapter.defaultVenueSymbol("BTC") : null;
  const request = adapter.request(kind, { venueSymbol });
  expect(request).toMatchObject({ kind, venueSymbol });
  expect(request.path).toMatch(/^\//);
  expect(adapter.parses).toContain(kind);
}
