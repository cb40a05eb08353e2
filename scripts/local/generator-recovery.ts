// The generated market, whose positions are known: the map's profile near the price against the true one, on seeds that
// nothing was fitted to. Weights come from reported liquidations of other seeds, as for a real exchange. Liquidations alone
// give the level of what is force-sold; how much of what is crossed that is, the other seeds' known positions say.
import { fitFeeds } from "../../src/shared/evaluate/fit-feeds.ts";
import { openInterestMap, type PlainMap, volumeMap } from "../../src/shared/evaluate/naive-maps.ts";
import {
  addNear,
  addShifted,
  emptyNear,
  type NearProfile,
  type Recovery,
  type RecoveryReport,
  recovery,
} from "../../src/shared/evaluate/recovery.ts";
import type { Bar } from "../../src/shared/market/bar.ts";
import { TIERS } from "../../src/shared/market/filter.ts";
import type { Side, VenueId } from "../../src/shared/market/symbol.ts";
import { bucketIndex } from "../../src/shared/model/lattice.ts";
import { createModel, type Model, openInterestBase, stepBar } from "../../src/shared/model/model.ts";
import { type ModelParams, valuesOf, withVersion } from "../../src/shared/model/params.ts";
import { AGE_CLASSES, addProfile } from "../../src/shared/model/views.ts";
import { DAY_MS, MINUTE_MS } from "../../src/shared/time/clock.ts";
import { generatedMarket } from "../../src/simulator/generator/generated-market.ts";
import { type TruePosition, World } from "../../src/simulator/generator/world.ts";
import { slotOf } from "../../src/simulator/market/minutes.ts";

const GENESIS_MS = Date.UTC(2026, 0, 1);
const SYMBOL = "BTC";
const VENUE: VenueId = "binance";
const SIDES = ["long", "short"] as const;

export interface RecoveryOptions {
  seeds: readonly number[];
  calibrationSeeds: readonly number[];
  days: number;
  /** Times the usual number of traders. */
  crowd: number;
}

interface Generated {
  bars: Bar[];
  truth: TruePosition[];
}

function generate(seed: number, { days, crowd }: RecoveryOptions): Generated {
  const world = new World(SYMBOL, seed, GENESIS_MS, [VENUE], crowd);
  const endMs = GENESIS_MS + days * DAY_MS;
  const market = generatedMarket(world, VENUE);
  market.advance(endMs - MINUTE_MS);
  const observed = new Map<number, { long: number; short: number }>();
  for (const { time, side, sizeBase, fillPrice } of market.liquidations) {
    const minute = Math.floor(time / MINUTE_MS);
    const sum = observed.get(minute) ?? { long: 0, short: 0 };
    sum[side] += sizeBase * fillPrice;
    observed.set(minute, sum);
  }
  const bars: Bar[] = [];
  for (let minute = GENESIS_MS / MINUTE_MS; minute < endMs / MINUTE_MS; minute++) {
    const slot = slotOf(market.minutes, minute);
    const at = (column: "open" | "high" | "low" | "close" | "volumeBase" | "takerBuyBase" | "openInterestBase") =>
      market.minutes[column][slot] ?? Number.NaN;
    const seen = observed.get(minute) ?? { long: 0, short: 0 };
    bars.push({
      openTime: minute * MINUTE_MS,
      intervalMs: MINUTE_MS,
      open: at("open"),
      high: at("high"),
      low: at("low"),
      close: at("close"),
      volumeBase: at("volumeBase"),
      takerBuyBase: at("takerBuyBase"),
      openInterestBase: at("openInterestBase"),
      markHigh: null,
      markLow: null,
      fundingRate: null,
      observedLongUsd: seen.long,
      observedShortUsd: seen.short,
    });
  }
  return { bars, truth: world.truth(VENUE, endMs) };
}

/** Runs the recovery test. */
export function recoverGenerated(base: ModelParams, options: RecoveryOptions): RecoveryReport {
  const known = options.calibrationSeeds.map((seed) => generate(seed, options));
  const forceSold = calibrate(base, known);
  const forceSoldShare = meanOf(known.flatMap((market) => massRatios(forceSold.params, market)));
  const exposed = withWeights(
    forceSold.params,
    forceSold.weights.map((w) => w / forceSoldShare),
  );
  const otherTruth = SIDES.map((side) => meanProfile(known, side));
  const seeds = options.seeds.flatMap((seed) =>
    scoreSeed(seed, generate(seed, options), [exposed.params, forceSold.params, base], otherTruth),
  );
  const names = Object.keys(seeds[0]?.naive ?? {});
  const distance = (name: string) => meanOf(seeds.map(({ naive }) => naive[name]?.wassersteinPercent ?? Number.NaN));
  const bestNaive = names.reduce((best, name) => (distance(name) < distance(best) ? name : best), names[0] ?? "");
  const overNaive = (of: (one: (typeof seeds)[number]) => Recovery) =>
    meanOf(seeds.map((one) => of(one).wassersteinPercent)) / distance(bestNaive);
  return {
    crowd: options.crowd,
    days: options.days,
    calibrationSeeds: options.calibrationSeeds,
    weights: exposed.weights,
    forceSoldShare,
    seeds,
    bestNaive,
    wassersteinRatio: overNaive(({ model }) => model),
    otherTruthRatio: overNaive((one) => one.otherTruth),
    massRatio: meanOf(seeds.map(({ model }) => model.massRatio)),
    forceSoldMassRatio: meanOf(seeds.map((one) => one.forceSold.massRatio)),
  };
}

const meanOf = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

/** Weights and level from the liquidations of some markets: all that price crosses is taken to be force-sold and reported. */
function calibrate(base: ModelParams, known: readonly Generated[]) {
  // nobody in the generated market opens and is force-closed at once; what is taken for that would hide the level
  const prior = withVersion(base.name, { ...valuesOf(base), diffuseDensity: 0 }, base.provenance);
  const markets = known.map(({ bars }) => ({ venue: VENUE, symbol: SYMBOL, bars }));
  const { params, fit } = fitFeeds(VENUE, markets, prior);
  // the generated feed is complete: what is reported is what was there, so the share is a statement about the level
  const share = fit.symbols[0]?.share ?? 1;
  return withWeights(
    params,
    fit.weightsAfter.map((weight) => weight * share),
  );
}

function withWeights(base: ModelParams, wanted: readonly number[]) {
  const factor = Math.min(1, 0.97 / wanted.reduce((a, b) => a + b, 0));
  const weights = wanted.map((weight) => weight * factor);
  const feed = { share: 1, floorUsdPerMinute: null, flowWeights: weights };
  const feeds = { [VENUE]: feed, [`${VENUE}:${SYMBOL}`]: feed };
  return { weights, params: withVersion("generator", { ...valuesOf(base), feeds }, base.provenance) };
}

/** Size of the map over the true size, per side, at the end of a market. */
function massRatios(params: ModelParams, { bars, truth }: Generated): number[] {
  const model = createModel({ venue: VENUE, symbol: SYMBOL, params });
  for (const bar of bars) stepBar(model, bar);
  const price = lastPrice(bars);
  return SIDES.map(
    (side) => recovery(mapProfile(model, side, price), trueProfile(truth, side, price).profile).massRatio,
  );
}

function mapProfile(model: Model, side: Side, price: number): NearProfile {
  const near = emptyNear(price);
  addProfile(model, { side, tiers: TIERS, ages: AGE_CLASSES }, near.sizes, near.first);
  return near;
}

function trueProfile(truth: readonly TruePosition[], side: string, price: number) {
  const profile = emptyNear(price);
  let positions = 0;
  for (const { side: own, liquidationPrice, sizeBase } of truth) {
    if (own !== side || liquidationPrice === null || !(liquidationPrice > 0)) continue;
    const bucket = bucketIndex(liquidationPrice);
    if (addNear(profile, bucket, sizeBase)) positions += 1;
  }
  return { profile, positions };
}

const lastPrice = (bars: readonly Bar[]): number => bars.at(-1)?.close ?? 1;

/** True profiles of several markets at the same distances from each one's price. */
function meanProfile(known: readonly Generated[], side: string): NearProfile {
  const sum = emptyNear(lastPrice(known[0]?.bars ?? []));
  for (const { bars, truth } of known) addShifted(sum, trueProfile(truth, side, lastPrice(bars)).profile);
  return sum;
}

function scoreSeed(
  seed: number,
  { bars, truth }: Generated,
  params: readonly [exposed: ModelParams, forceSold: ModelParams, base: ModelParams],
  otherTruth: readonly NearProfile[],
) {
  const price = lastPrice(bars);
  const models = params.map((one) => createModel({ venue: VENUE, symbol: SYMBOL, params: one }));
  const maps: Record<string, PlainMap> = {
    naive: volumeMap(null),
    "naive 72 h": volumeMap(72),
    "naive 24 h": volumeMap(24),
    "OI-delta": openInterestMap(),
  };
  for (const bar of bars) {
    const before = models[0] === undefined ? null : openInterestBase(models[0]);
    for (const model of models) stepBar(model, bar);
    for (const map of Object.values(maps)) map.step(bar, before);
  }
  return SIDES.map((side, s) => {
    const { profile: real, positions } = trueProfile(truth, side, price);
    const others = emptyNear(price);
    const known = otherTruth[s];
    if (known !== undefined) addShifted(others, known);
    const [model, forceSold, uncalibrated] = models.map((one) => recovery(mapProfile(one, side, price), real)) as [
      Recovery,
      Recovery,
      Recovery,
    ];
    const naive = Object.fromEntries(
      Object.entries(maps).map(([name, map]) => {
        const near: NearProfile = emptyNear(price);
        for (const [bucket, size] of map.standing(side)) addNear(near, bucket, size);
        return [name, recovery(near, real)];
      }),
    );
    return { seed, side, positions, model, forceSold, uncalibrated, otherTruth: recovery(others, real), naive };
  });
}
