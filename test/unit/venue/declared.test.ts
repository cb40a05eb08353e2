// Each exchange either serves a kind of data or says that it lacks it: nothing is left open, nothing is declared twice.
import { describe, expect, test } from "vitest";
import { bracketTable } from "../../../src/shared/margin/brackets/table.ts";
import type { Observation } from "../../../src/shared/market/observation.ts";
import { ADAPTERS } from "../../../src/shared/venue/registry.ts";
import type { PayloadKind, VenueAdapter } from "../../../src/shared/venue/venue.ts";
import { parseConstructed, recordingContext } from "./support.ts";

/** What is wanted of every exchange, the payloads that bring it, and how a lack of it is worded. */
const WANTED: readonly [what: string, kinds: readonly PayloadKind[], lack: RegExp][] = [
  ["open interest", ["open-interest", "tickers", "meta-and-asset-contexts"], /^open interest$/],
  ["candles", ["klines"], /^candles$/],
  ["mark price", ["premium-index", "mark-price", "tickers", "meta-and-asset-contexts"], /^mark price$/],
  ["funding", ["premium-index", "funding-rate", "tickers", "meta-and-asset-contexts"], /^funding$/],
  ["funding history", ["funding-history"], /^funding history$/],
  ["depth", ["order-book"], /^order book$/],
  ["liquidations", ["liquidation-stream", "liquidation-orders", "trades-stream"], /^liquidations$/],
  ["margin", ["leverage-tiers"], /^(leverage tiers|margin)/],
  ["listing", ["instruments"], /^instruments$/],
];

/** What is wanted of what the polls and candles say, whatever payload says it, and how a lack of it is worded. */
const WANTED_FIGURES: readonly [what: string, has: (observation: Observation) => boolean, lack: RegExp][] = [
  ["the taker side of each minute", (one) => one.kind === "candle" && one.takerBuyBase !== null, /taker side/],
  ["volume of each minute", (one) => one.kind === "candle" && one.volumeBase !== null, /^volume/],
  [
    "an index price",
    (one) => (one.kind === "markPrice" || one.kind === "indexPrice") && one.indexPrice !== null,
    /^index price/,
  ],
];

/** Everything that an exchange's polls and candles say of payloads of ours. */
function said(adapter: VenueAdapter): Observation[] {
  const kinds = new Set([
    ...adapter.plan.filter(({ cadence }) => cadence !== "hour").map(({ kind }) => kind),
    adapter.history.candles.kind,
  ]);
  return [...kinds].flatMap(
    (kind) => parseConstructed(adapter.id, kind, recordingContext(adapter.id, kind)).observations,
  );
}

function declared(adapter: VenueAdapter, lack: RegExp): boolean {
  return adapter.lacks.some(({ what }) => lack.test(what));
}

describe.each(ADAPTERS.map((adapter) => [adapter.id, adapter] as const))("%s", (id, adapter) => {
  test.each(WANTED)("serves %s or declares that it lacks it", (what, kinds, lack) => {
    const isServed = kinds.some((kind) => adapter.parses.includes(kind));
    const isLacking = declared(adapter, lack);
    expect(isServed || isLacking, `${id} neither serves nor lacks ${what}`).toBe(true);
  });

  test.each(WANTED_FIGURES)("says %s or declares that it lacks it, not both", (_what, has, lack) => {
    expect(said(adapter).some(has)).toBe(!declared(adapter, lack));
  });

  test("open interest history and stream: had, or declared", () => {
    const { history, stream, lacks } = adapter;
    const named = (pattern: RegExp) => lacks.some(({ what }) => pattern.test(what));
    expect(history.openInterest !== null || named(/open interest history/)).toBe(true);
    expect(stream !== null || named(/stream|liquidations/)).toBe(true);
    expect(stream === null || adapter.streamBase !== null).toBe(true);
  });

  test("every payload its stream brings can be read", () => {
    const pushed: readonly PayloadKind[] = [
      "liquidation-stream",
      "mark-price-stream",
      "trades-stream",
      "tickers-stream",
    ];
    if (adapter.stream !== null) expect(pushed.some((kind) => adapter.parses.includes(kind))).toBe(true);
  });

  test("coins whose margin is assumed are declared", () => {
    if (bracketTable(id, "NOSUCHCOIN").provenance !== "assumed") return;
    expect(declared(adapter, /^(margin (tiers in the model|factors)|leverage tiers)$/)).toBe(true);
  });

  test("an exchange with coin-margined contracts says whether they count", () => {
    const isDecentralised = ["hyperliquid", "dydx", "gmx"].includes(id);
    expect(declared(adapter, /^coin-margined contracts$/)).toBe(!isDecentralised);
  });

  test("each lack is named once, with a reason", () => {
    const names = adapter.lacks.map(({ what }) => what);
    expect(new Set(names).size).toBe(names.length);
    for (const { note } of adapter.lacks) expect(note.length).toBeGreaterThan(10);
  });
});
