// The generated market, whose positions are known: the map's profile near the price against the true one, on seeds that
// nothing was fitted to. Weights and level come from reported liquidations of other seeds, as for a real exchange.
import { fitFeeds } from "../../src/shared/evaluate/fit-feeds.ts";
import { openInterestMap, type PlainMap, volumeMap } from "../../src/shared/evaluate/naive-maps.ts";
import {
  addNear,
  emptyNear,
  type NearProfile,
  type Recovery,
  type RecoveryReport,
  recovery,
} from "../../src/shared/evaluate/recovery.ts";
import type { Bar } from "../../src/shared/market/bar.ts";
import { TIERS } from "../../src/shared/market/filter.ts";
import type { VenueId } from "../../src/shared/market/symbol.ts";
import { bucketIndex } from "../../src/shared/model/lattice.ts";
import { createModel, openInterestBase, stepBar } from "../../src/shared/model/model.ts";
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
}

interface Generated {
  bars: Bar[];
  truth: TruePosition[];
}

function generate(seed: number, days: number): Generated {
  const world = new World(SYMBOL, seed, GENESIS_MS, [VENUE]);
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
  const { days } = options;
  const fitMarkets = options.calibrationSeeds.map((seed) => ({
    venue: VENUE,
    symbol: SYMBOL,
    bars: generate(seed, days).bars,
  }));
  // nobody in the generated market opens and is force-closed within a minute; what is taken for that would hide the level
  const prior = withVersion(base.name, { ...valuesOf(base), diffuseDensity: 0 }, base.provenance);
  const { params: fitted, fit } = fitFeeds(VENUE, fitMarkets, prior);
  // the generated feed is complete: what is reported is what was there, so the share is a statement about the level
  const share = fit.symbols[0]?.share ?? 1;
  const total = fit.weightsAfter.reduce((a, b) => a + b, 0);
  const factor = Math.min(share, 0.97 / total);
  const weights = fit.weightsAfter.map((weight) => weight * factor);
  const feed = { share: 1, floorUsdPerMinute: null, flowWeights: weights };
  const calibrated = withVersion(
    "generator",
    { ...valuesOf(fitted), feeds: { [VENUE]: feed, [`${VENUE}:${SYMBOL}`]: feed } },
    base.provenance,
  );
  const seeds = options.seeds.flatMap((seed) => scoreSeed(seed, generate(seed, days), base, calibrated));
  const meanOf = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const names = Object.keys(seeds[0]?.naive ?? {});
  const distance = (name: string) => meanOf(seeds.map(({ naive }) => naive[name]?.wassersteinPercent ?? Number.NaN));
  const bestNaive = names.reduce((best, name) => (distance(name) < distance(best) ? name : best), names[0] ?? "");
  return {
    days,
    calibrationSeeds: options.calibrationSeeds,
    weights,
    seeds,
    bestNaive,
    wassersteinRatio: meanOf(seeds.map(({ model }) => model.wassersteinPercent)) / distance(bestNaive),
    massRatio: meanOf(seeds.map(({ model }) => model.massRatio)),
  };
}

function scoreSeed(seed: number, { bars, truth }: Generated, base: ModelParams, calibrated: ModelParams) {
  const price = bars.at(-1)?.close ?? 1;
  const models = [calibrated, base].map((params) => createModel({ venue: VENUE, symbol: SYMBOL, params }));
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
  return SIDES.map((side) => {
    const real = emptyNear(price);
    for (const position of truth) {
      if (position.side !== side || position.liquidationPrice === null || !(position.liquidationPrice > 0)) continue;
      addNear(real, bucketIndex(position.liquidationPrice), position.sizeBase);
    }
    const [model, uncalibrated] = models.map((one) => {
      const near = emptyNear(price);
      addProfile(one, { side, tiers: TIERS, ages: AGE_CLASSES }, near.sizes, near.first);
      return recovery(near, real);
    }) as [Recovery, Recovery];
    const naive = Object.fromEntries(
      Object.entries(maps).map(([name, map]) => {
        const near: NearProfile = emptyNear(price);
        for (const [bucket, size] of map.standing(side)) addNear(near, bucket, size);
        return [name, recovery(near, real)];
      }),
    );
    return { seed, side, model, uncalibrated, naive };
  });
}
