// Whatever an exchange answers: a counted reject or a named state, never an exception, a stalled poll or a changed model.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exchangeHttp, type Fetch } from "../../durable-objects/feed/exchange-http.ts";
import { Feed } from "../../durable-objects/feed/feed.ts";
import { impossible } from "../../durable-objects/feed/guards/price-guard.ts";
import { paceOf } from "../../durable-objects/feed/pace.ts";
import type { Observation } from "../../src/shared/market/observation.ts";
import type { VenueId } from "../../src/shared/market/symbol.ts";
import { ADAPTERS } from "../../src/shared/venue/registry.ts";
import { marketsOf, minuteBars, START } from "../simulator/support.ts";
import { LocalExchanges } from "../soak/local-exchanges.ts";

const NOW = START + 300 * 60_000;
const TICKS = 6;
/** Prices of the test market stay within a percent of this. */
const PRICE = 97_000;

type Damage = (response: Response, at: number) => Promise<Response>;
const withBody = (body: string | null, init: ResponseInit = {}): Damage => {
  const headers = { "content-type": "application/json" };
  return async () => new Response(body, { status: 200, headers, ...init });
};

/** Replaces, drops or renames the field at a place of the JSON; rows by position are only replaced in. */
const inJson = (change: (parent: object, key: string) => void): Damage => {
  return async (response, at) => {
    const value: unknown = JSON.parse(await response.text());
    const places: [object, string][] = [];
    const walk = (node: unknown) => {
      if (typeof node !== "object" || node === null) return;
      for (const key of Object.keys(node)) {
        places.push([node, key]);
        walk(Reflect.get(node, key));
      }
    };
    walk(value);
    const place = places[at % Math.max(1, places.length)];
    if (place !== undefined) change(...place);
    return new Response(JSON.stringify(value), { headers: { "content-type": "application/json" } });
  };
};
const put = (value: unknown) => inJson((parent, key) => void Reflect.set(parent, key, value));

const DAMAGES: Record<string, Damage> = {
  dropped: inJson((parent, key) => void (Array.isArray(parent) || Reflect.deleteProperty(parent, key))),
  renamed: inJson((parent, key) => {
    if (Array.isArray(parent)) return;
    Reflect.set(parent, `${key}Renamed`, Reflect.get(parent, key));
    Reflect.deleteProperty(parent, key);
  }),
  "an object": put({}),
  null: put(null),
  empty: put(""),
  NaN: put("NaN"),
  negative: put("-1"),
  "1e308": put("1e308"),
  "1e308 as a number": put(1e308),
  "truncated JSON": async (response) => {
    const text = await response.text();
    return new Response(text.slice(0, text.length / 2), { headers: { "content-type": "application/json" } });
  },
  HTML: withBody("<html>busy</html>", { headers: { "content-type": "text/html" } }),
  "HTML called JSON": withBody("<html>busy</html>"),
  "an error with 200": withBody('{"retCode":10001,"code":"51001","msg":"no","retMsg":"no"}'),
  "an empty list": withBody("[]"),
  "an empty object": withBody("{}"),
  "nothing at all": withBody(""),
  "a redirect": withBody(null, { status: 302, headers: { location: "https://consent.example" } }),
  "50 MB announced": withBody("[]", { headers: { "content-type": "application/json", "content-length": "50000000" } }),
  "50 MB sent": async () => {
    const chunk = new Uint8Array(1_000_000).fill(32);
    let left = 50;
    const body = new ReadableStream({ pull: (to) => (left-- > 0 ? to.enqueue(chunk) : to.close()) });
    return new Response(body, { headers: { "content-type": "application/json" } });
  },
  "never ending": async () => new Response(new ReadableStream({}), { headers: { "content-type": "application/json" } }),
  "a lost connection": () => Promise.reject(new Error("connection lost")),
};
const NAMES = Object.keys(DAMAGES);

async function play(venue: VenueId, damage: (call: number) => { name: string; at: number } | null) {
  const exchanges = new LocalExchanges(marketsOf(minuteBars(400), [venue]), NOW);
  const adapter = ADAPTERS.find(({ id }) => id === venue)!;
  const honest = exchanges.fetchFrom(venue);
  let calls = 0;
  const fetch: Fetch = async (url, init) => {
    const response = await honest(url, init);
    const how = damage(calls++);
    return how === null ? response : await DAMAGES[how.name]!(response, how.at);
  };
  const wall = () => exchanges.now;
  const delivered: Observation[] = [];
  const feed = new Feed({
    name: `${venue}#1`,
    adapter,
    symbols: ["BTC"],
    pace: paceOf({ busySymbols: 5, busyPollMs: 5_000, tailPollMs: 15_000 }, 1),
    speed: 1,
    market: { now: wall },
    wall,
    random: () => 0.5,
    pause: async (ms) => {
      exchanges.now += Math.max(1, ms);
    },
    send: exchangeHttp({ base: "", fetch, wall, timeLimitMs: 15 }),
    deliver: async (batch) => {
      delivered.push(...batch.observations);
      return { nextMinuteMs: NOW - 600_000, needs: { fromMs: NOW - 600_000, toMs: NOW - 300_000 } };
    },
    stream: null,
    memory: null,
    blockedProbeMs: 10_000,
  });
  for (let i = 0; i < TICKS; i++) {
    exchanges.now = NOW + i * 15_000;
    await feed.tick();
  }
  return { delivered, report: feed.report(), calls };
}

describe.each(ADAPTERS.map(({ id }) => id))("%s", (venue) => {
  test("undamaged answers deliver prices, open interest and candles", async () => {
    const { delivered, report } = await play(venue, () => null);
    const kinds = new Set(delivered.map(({ kind }) => kind));
    for (const kind of ["markPrice", "openInterest", "candle"] as const) expect(kinds).toContain(kind);
    expect(report.quarantine.count).toBe(0);
    check(delivered);
  });

  test.each(NAMES)("every answer %s", { timeout: 30_000 }, async (name) => {
    const { report, delivered, calls } = await play(venue, (call) => ({ name, at: call * 7_919 + 3 }));
    expect(report.counters.bugs, report.counters.lastBug ?? "").toBe(0);
    expect(calls).toBeGreaterThan(0);
    check(delivered);
  });

  test("some answers damaged in some ways", { timeout: 60_000 }, async () => {
    const how = fc.record({ name: fc.constantFrom(...NAMES), at: fc.nat(100_000) });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(how), { minLength: 8, maxLength: 8 }), async (plan) => {
        const { report, delivered } = await play(venue, (call) => plan[call % plan.length] ?? null);
        expect(report.counters.bugs, report.counters.lastBug ?? "").toBe(0);
        check(delivered);
      }),
      { numRuns: 15, seed: 4 },
    );
  });
});

/** Nothing that reached a hub is impossible, and no price is another one. */
function check(delivered: readonly Observation[]): void {
  for (const one of delivered) {
    expect(impossible(one)).toBeNull();
    const price = one.kind === "markPrice" ? one.markPrice : one.kind === "candle" ? one.close : PRICE;
    expect(Math.abs(price / PRICE - 1)).toBeLessThan(0.02);
    if (one.kind === "openInterest") expect(one.openInterestBase).toBeLessThan(100_000);
  }
}
