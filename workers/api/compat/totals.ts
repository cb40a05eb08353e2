// coin-list and exchange-list: observed liquidations of the last hours, in totals.
import type { Context } from "hono";
import type { SymbolId, VenueId } from "../../../src/shared/market/symbol.ts";
import { HOUR_MS } from "../../../src/shared/time/clock.ts";
import { type ObservedSum, sumObserved } from "../../store/observed-liquidations.ts";
import { type ApiEnv, configOf } from "../env.ts";
import { success } from "./envelope.ts";
import { printedVenue, toCoin, toVenue } from "./names.ts";
import { oneOf, readParameters, required } from "./parameters.ts";

/** A total adds up whole steps of this, so it is at most this much older than asked. */
const STEP_MS = 60_000;
const SPANS = ["24h", "12h", "4h", "1h"] as const;
const HOURS: Record<string, number> = { "1h": 1, "4h": 4, "12h": 12, "24h": 24, "1d": 24 };

export async function coinList(context: Context<ApiEnv>): Promise<Response> {
  const config = configOf(context.env);
  const query = readParameters(context, ["exchange"]);
  const venue = toVenue(query.exchange, config);
  const now = config.clock.now();
  const perCoin = await Promise.all(
    config.symbols.map(async (symbol) => ({ symbol, sums: await minutesOf(context, symbol, [venue], 24) })),
  );
  const rows = perCoin.map(({ symbol, sums }) => {
    const figures = SPANS.flatMap((span) => {
      const fromMs = now - (HOURS[span] ?? 0) * HOUR_MS;
      const { total, long, short } = totalOf(sums.filter((sum) => sum.startMs >= fromMs));
      return [
        [`liquidation_usd_${span}`, total],
        [`long_liquidation_usd_${span}`, long],
        [`short_liquidation_usd_${span}`, short],
      ];
    });
    return { symbol, ...Object.fromEntries(figures) };
  });
  return success(context, rows, { estimated: false, as_of: now, exchanges: [venue] });
}

export async function exchangeList(context: Context<ApiEnv>): Promise<Response> {
  const config = configOf(context.env);
  const query = readParameters(context, ["range", "symbol"]);
  const range = oneOf("range", required("range", query.range, Object.keys(HOURS)), Object.keys(HOURS));
  const symbols = query.symbol === undefined ? config.symbols : [toCoin(query.symbol, config, config.venues)];
  const sums = (
    await Promise.all(symbols.map((symbol) => minutesOf(context, symbol, config.venues, HOURS[range] ?? 24)))
  ).flat();
  const rowOf = (exchange: string, some: readonly ObservedSum[]) => {
    const { total, long, short } = totalOf(some);
    return { exchange, liquidation_usd: total, long_liquidation_usd: long, short_liquidation_usd: short };
  };
  const reporting = config.venues.filter((venue) => sums.some((sum) => sum.venue === venue));
  const rows = [
    rowOf("All", sums),
    ...reporting.map((venue) =>
      rowOf(
        printedVenue(venue),
        sums.filter((sum) => sum.venue === venue),
      ),
    ),
  ];
  return success(context, rows, {
    estimated: false,
    as_of: config.clock.now(),
    symbols,
    not_reporting: config.venues.filter((venue) => !reporting.includes(venue)),
  });
}

function minutesOf(context: Context<ApiEnv>, symbol: SymbolId, venues: readonly VenueId[], hours: number) {
  const now = configOf(context.env).clock.now();
  return sumObserved(context.env.DB, {
    symbol,
    venues,
    intervalMs: STEP_MS,
    offsetMs: 0,
    fromMs: now - hours * HOUR_MS,
    toMs: now + STEP_MS,
  });
}

function totalOf(sums: readonly ObservedSum[]) {
  const long = sums.reduce((sum, one) => sum + one.longUsd, 0);
  const short = sums.reduce((sum, one) => sum + one.shortUsd, 0);
  return { total: long + short, long, short };
}
