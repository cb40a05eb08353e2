import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Instrument } from "../../src/shared/market/observation.ts";
import { HOUR_MS, MINUTE_MS } from "../../src/shared/time/clock.ts";
import { ADAPTERS } from "../../src/shared/venue/registry.ts";
import type { PayloadKind, VenueAdapter } from "../../src/shared/venue/venue.ts";
import { generatedMarkets } from "../../src/simulator/generator/generated-market.ts";
import { marketsOf, minuteBars, START, simulate, type TestSimulator } from "./support.ts";

const NOW = START + 10 * HOUR_MS + 25_500;

/** Kinds without observations: adjusted intervals are none, an index price alone says nothing of a contract. */
const MAY_BE_EMPTY: readonly PayloadKind[] = ["funding-info", "index-tickers"];

/** Kinds that are pushed, or that need a signature. */
const NOT_ASKED: readonly PayloadKind[] = [
  "liquidation-stream",
  "mark-price-stream",
  "trades-stream",
  "tickers-stream",
];

const markets = {
  tape: () => marketsOf(minuteBars(700)),
  generated: () => generatedMarkets({ seed: 3, genesisMs: START, symbols: ["BTC"] }),
};

describe.each(Object.keys(markets) as (keyof typeof markets)[])("adapters read the %s market", (kind) => {
  let simulator: TestSimulator;
  beforeAll(async () => {
    simulator = await simulate(markets[kind](), NOW);
  });
  afterAll(() => simulator.close());

  test.each(ADAPTERS.map((adapter) => [adapter.id, adapter] as const))("%s: zero rejects", async (_id, adapter) => {
    const venueSymbol = adapter.defaultVenueSymbol("BTC");
    const instruments = new Map<string, Instrument>();
    const listed = await ask(adapter, "instruments", instruments);
    for (const instrument of listed.instruments) instruments.set(instrument.venueSymbol, instrument);
    expect(instruments.has(venueSymbol)).toBe(true);
    const assumed = adapter.defaultInstrument("BTC");
    if (assumed !== null) {
      expect(instruments.get(venueSymbol)?.baseUnitsPerContract).toBe(assumed.baseUnitsPerContract);
    }

    for (const payload of adapter.parses) {
      if (NOT_ASKED.includes(payload) || !canAsk(adapter, payload, venueSymbol)) continue;
      const parsed = await ask(adapter, payload, instruments);
      expect({ payload, rejects: parsed.rejects }).toEqual({ payload, rejects: [] });
      const found = parsed.observations.length + parsed.instruments.length + parsed.brackets.length;
      if (!MAY_BE_EMPTY.includes(payload))
        expect({ payload, isEmpty: found === 0 }).toEqual({ payload, isEmpty: false });
      for (const observation of parsed.observations) {
        expect(observation.exchangeTime).toBeLessThanOrEqual(
          observation.kind === "fundingRate" ? NOW + 8 * HOUR_MS : NOW + MINUTE_MS,
        );
      }
    }
  });

  async function ask(adapter: VenueAdapter, payload: PayloadKind, instruments: ReadonlyMap<string, Instrument>) {
    const request = adapter.request(payload, { venueSymbol: adapter.defaultVenueSymbol("BTC"), nowMs: NOW });
    const response = await fetch(simulator.base(adapter.id).rest + request.path, {
      method: request.method,
      ...(request.body === null ? {} : { body: request.body, headers: { "content-type": "application/json" } }),
    });
    const answer = {
      status: response.status,
      contentType: response.headers.get("content-type") ?? "",
      retryAfterMs: null,
      text: await response.text(),
    };
    expect({ payload, verdict: adapter.judge(answer) }).toEqual({ payload, verdict: { type: "ok" } });
    return adapter.parse(payload, JSON.parse(answer.text), {
      receivedAt: NOW,
      venueSymbol: request.venueSymbol,
      instruments,
    });
  }
});

/** Binance's leverage tiers need a key: the adapter reads them but has no request. */
function canAsk(adapter: VenueAdapter, payload: PayloadKind, venueSymbol: string): boolean {
  try {
    adapter.request(payload, { venueSymbol });
    return true;
  } catch {
    // no such request: nothing to ask the simulator for
    return false;
  }
}
