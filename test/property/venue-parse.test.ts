// Parsers are total: whatever a venue sends, an answer comes back, and what it holds is sane.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Observation } from "../../src/shared/market/observation.ts";
import { VENUES } from "../../src/shared/market/symbol.ts";
import { kindNamed } from "../../src/shared/venue/payload-kind.ts";
import { ADAPTERS, adapterOf } from "../../src/shared/venue/registry.ts";
import { PAYLOAD_KINDS, type ParseContext, type ParseResult, type PayloadKind } from "../../src/shared/venue/venue.ts";
import { needsShared, sharedFolder, sharedMissing } from "../support/shared.ts";
import {
  constructed,
  contextOf,
  errorBody,
  known,
  type Recording,
  recordingContext,
  recordings,
} from "../unit/venue/support.ts";

const ROOTS = [
  null,
  undefined,
  0,
  "",
  "pong",
  "<!doctype html><title>503</title>",
  '{"code":"0","da',
  true,
  [],
  {},
  [null],
  [[]],
  [{}],
  { data: null },
  { result: [] },
  [[], []],
];
/** What a field may turn into. */
const REPLACEMENTS: unknown[] = [
  ...[null, "", "NaN", "Infinity", "-1", -1, 0, "0", 1e300, "9".repeat(60), Number.NaN, true, [], {}, [[null]]],
  ...[{ e: "forceOrder" }, "1e-300", "BTCUSDT", 1_790_000_000, "x".repeat(1_000), 10n, Symbol("s")],
];

type Mutation = (parent: object, key: string | number) => void;
const replace =
  (value: unknown): Mutation =>
  (parent, key) =>
    void Reflect.set(parent, key, value);
const drop: Mutation = (parent, key) =>
  void (Array.isArray(parent) ? parent.splice(Number(key), 1) : Reflect.deleteProperty(parent, key));
const rename: Mutation = (parent, key) => {
  if (Array.isArray(parent)) return;
  Reflect.set(parent, `${key}Renamed`, Reflect.get(parent, key));
  Reflect.deleteProperty(parent, key);
};
const truncate: Mutation = (parent, key) => {
  const value: unknown = Reflect.get(parent, key);
  if (Array.isArray(value)) value.length = Math.floor(value.length / 2);
  else if (typeof value === "string") Reflect.set(parent, key, value.slice(0, value.length / 2));
};
const duplicate: Mutation = (parent, key) => {
  if (Array.isArray(parent)) parent.push(structuredClone(parent[Number(key)]));
};
const MUTATIONS: Mutation[] = [...REPLACEMENTS.map(replace), drop, rename, truncate, duplicate];

/** Places in a JSON value, spread evenly: all of a small one, fewer the larger it is, since each costs a whole parse. */
function places(value: unknown): (string | number)[][] {
  const found: (string | number)[][] = [];
  const walk = (at: unknown, path: (string | number)[]) => {
    if (typeof at !== "object" || at === null) return;
    for (const key of Object.keys(at)) {
      const step = Array.isArray(at) ? Number(key) : key;
      found.push([...path, step]);
      walk(Reflect.get(at, key), [...path, step]);
    }
  };
  walk(value, []);
  const wanted = Math.min(100, Math.max(5, 30_000 / found.length));
  const stride = Math.max(1, Math.floor(found.length / wanted));
  return found.filter((_, i) => i % stride === 0);
}

function mutated(payload: unknown, path: readonly (string | number)[], mutation: Mutation): unknown {
  const copy: unknown = structuredClone(payload);
  let parent: unknown = copy;
  for (const key of path.slice(0, -1)) parent = Reflect.get(parent as object, key);
  const last = path.at(-1);
  if (last !== undefined) mutation(parent as object, last);
  return copy;
}

function checkAll(venue: Recording["venue"], kind: PayloadKind, payload: unknown, contexts: ParseContext[]): void {
  for (const context of contexts) checkResult(adapterOf(venue).parse(kind, payload, context));
}

function checkResult(result: ParseResult): void {
  for (const observation of result.observations) checkObservation(observation);
  for (const instrument of result.instruments) {
    const { priceMultiplier, baseUnitsPerContract: base, symbol, venueSymbol } = instrument;
    check(
      positive(base ?? instrument.quoteUnitsPerContract) && (base !== null) === (instrument.contractKind === "linear"),
      "contract size",
    );
    check(priceMultiplier > 0 && symbol !== "" && venueSymbol !== "", "instrument");
  }
  for (const one of result.positions ?? []) {
    check(
      [one.sizeBase, one.entryPrice, one.leverage].every(positive) && [one.notionalUsd, one.marginUsd].every(sane),
      "position",
    );
    check(one.liquidationPrice === null || positive(one.liquidationPrice), "position");
  }
  for (const { floor, cap, maintenanceMarginRate: rate, maintenanceAmount, maxLeverage } of result.brackets) {
    check(floor >= 0 && (cap === null || cap >= floor) && rate > 0 && rate < 1, "bracket");
    check(maintenanceAmount >= 0 && Number.isFinite(maintenanceAmount) && maxLeverage >= 1, "bracket");
  }
  for (const reject of result.rejects) check(reject.sample.length <= 120 && reject.path.startsWith("$"), reject.path);
  const times = result.observations.map((one) => one.exchangeTime);
  check(
    times.every((time, i) => i === 0 || time >= (times[i - 1] ?? 0)),
    "order of time",
  );
}

function checkObservation(one: Observation): void {
  check(Number.isSafeInteger(one.exchangeTime) && one.exchangeTime > 0, "exchangeTime");
  switch (one.kind) {
    case "openInterest":
      check([one.openInterestBase, one.shortOpenInterestBase ?? 0].every(sane), one.kind);
      check(one.openInterestBase + (one.shortOpenInterestBase ?? 0) > 0 && (one.openInterestUsd ?? 0) >= 0, one.kind);
      check(one.shortOpenInterestBase !== undefined || one.openInterestBase > 0, one.kind);
      return;
    case "openInterestValue":
      check([one.longUsd, one.shortUsd].every(sane), one.kind);
      return;
    case "candle":
      check([one.open, one.high, one.low, one.close, one.intervalMs].every(positive), one.kind);
      check(one.high >= Math.max(one.open, one.close) && one.low <= Math.min(one.open, one.close), one.kind);
      check((one.volumeBase ?? 0) >= 0 && (one.takerBuyBase ?? 0) >= 0, one.kind);
      return;
    case "markPrice":
      check(positive(one.markPrice) && (one.indexPrice === null || positive(one.indexPrice)), one.kind);
      return;
    case "indexPrice":
      check(positive(one.indexPrice), one.kind);
      return;
    case "fundingRate":
      check(Math.abs(one.fundingRate) <= 1 && positive(one.intervalMs) && positive(one.fundingTime), one.kind);
      return;
    case "liquidation":
      check([one.price, one.sizeBase, one.notionalUsd].every(positive), one.kind);
      return;
    case "depth":
      check([...one.bids, ...one.asks].flat().every(positive), one.kind);
      return;
    case "takerVolume":
      check(one.takerBuyBase >= 0 && one.takerSellBase >= 0 && positive(one.intervalMs), one.kind);
      return;
  }
}

const sane = (value: number) => Number.isFinite(value) && value >= 0;
const positive = (value: number) => Number.isFinite(value) && value > 0;

// a bare throw: `expect` in a hundred thousand checks is slow
function check(condition: boolean, what: string): void {
  if (!condition) throw new Error(`not sane: ${what}`);
}

/** The recorded bodies that are no data, as JSON, with the exchange that their name begins with. */
function errorNames(): [Recording["venue"], string][] {
  const files = readdirSync(join(sharedFolder(), "fixtures/venues/errors")).filter((file) => file.endsWith(".json"));
  return files.flatMap((file) => {
    const venue = VENUES.find((id) => file.startsWith(`${id}-`));
    return venue === undefined ? [] : [[venue, file.replace(/\.json$/, "")]];
  });
}

function contextsFor(venue: Recording["venue"], kind: PayloadKind): ParseContext[] {
  const btc = adapterOf(venue).defaultVenueSymbol("BTC");
  return [recordingContext(venue, kind), contextOf({ venueSymbol: btc, instruments: known(venue, "BTC", "ETH") })];
}

function mutateEverywhere(venue: Recording["venue"], kind: PayloadKind, payload: unknown): void {
  const contexts = contextsFor(venue, kind);
  checkAll(venue, kind, payload, contexts);
  for (const path of places(payload)) {
    for (const mutation of MUTATIONS) checkAll(venue, kind, mutated(payload, path, mutation), contexts);
  }
}

describe("any field changed in any way", () => {
  const own = VENUES.flatMap((venue) =>
    readdirSync(`test/fixtures/${venue}`).map((file) => [venue, file.replace(/\.json$/, "")] as const),
  );
  test.each(own)("constructed %s %s", (venue, name) => {
    const kind = kindNamed(name);
    expect(kind).not.toBeNull();
    if (kind !== null) mutateEverywhere(venue, kind, constructed(venue, name));
  });

  describe("recorded", needsShared(), () => {
    const all = sharedMissing() ? [] : recordings();
    test.each(all.map((one) => [`${one.venue} ${one.name}`, one] as const))("%s", (_title, one) => {
      mutateEverywhere(one.venue, one.kind, one.payload);
    });
  });
});

describe("any payload at all", () => {
  test("odd roots are rejects for every kind, known or not", () => {
    for (const { id } of ADAPTERS) {
      for (const kind of PAYLOAD_KINDS) {
        for (const root of ROOTS) checkAll(id, kind, root, contextsFor(id, kind));
      }
    }
  });

  test("random values never throw", () => {
    const payload = fc.oneof(fc.jsonValue({ maxDepth: 4 }), fc.anything());
    fc.assert(
      fc.property(fc.constantFrom(...ADAPTERS), fc.constantFrom(...PAYLOAD_KINDS), payload, (adapter, kind, value) => {
        checkAll(adapter.id, kind, value, contextsFor(adapter.id, kind));
      }),
      { numRuns: 2_000, seed: 7 },
    );
  });

  test("an adapter judges any answer", () => {
    const answer = fc.record({
      status: fc.constantFrom(200, 204, 400, 403, 404, 418, 422, 429, 451, 500, 503),
      contentType: fc.constantFrom("application/json", "text/html", ""),
      retryAfterMs: fc.option(fc.nat(), { nil: null }),
      text: fc.oneof(fc.string(), fc.json()),
    });
    fc.assert(
      fc.property(fc.constantFrom(...ADAPTERS), answer, (adapter, one) => {
        const verdict = adapter.judge(one);
        expect(verdict.type === "ok" && one.status !== 200 && one.status !== 204).toBe(false);
      }),
      { numRuns: 1_000, seed: 7 },
    );
  });
});

describe("bodies that are no data bring nothing, whatever was asked for", needsShared(), () => {
  test.each(sharedMissing() ? [] : errorNames())("%s %s", (venue, name) => {
    for (const kind of adapterOf(venue).parses) {
      for (const context of contextsFor(venue, kind)) {
        const result = adapterOf(venue).parse(kind, errorBody(name), context);
        checkResult(result);
        const { observations, instruments, brackets } = result;
        check(observations.length + instruments.length + brackets.length === 0, `${name} as ${kind}`);
      }
    }
  });
});
