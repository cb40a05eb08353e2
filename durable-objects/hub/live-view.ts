// The running minute: a copy of each model takes the minutes that wait and the price and flow so far, and is thrown away.
// Price sweeps at once, flows count as far as they have come, and the closed minute replaces it all.
import type { Bar } from "../../src/shared/market/bar.ts";
import { type MapFilter, TIERS } from "../../src/shared/market/filter.ts";
import type { Side, VenueId } from "../../src/shared/market/symbol.ts";
import { expectedShares } from "../../src/shared/model/expected-share.ts";
import {
  addProfile,
  copyModel,
  copyPeriod,
  createModel,
  type FlowPeriod,
  type Model,
  occupiedRange,
  periodFlows,
  type SideFlows,
  stepBar,
  toUsd,
} from "../../src/shared/model/model.ts";
import { weightFactors } from "../../src/shared/model/reweight.ts";
import { AGES_OF } from "../../src/shared/tile/filter-layers.ts";
import { MINUTE_MS } from "../../src/shared/time/clock.ts";
import { addBar, type RunningCandles } from "./candles.ts";
import { type HubState, type HubVenue, modelledVenues } from "./hub-state.ts";
import { type HubSettings, paramsOf } from "./settings.ts";

/** USD per bucket of both sides; index 0 is bucket `first`. */
export interface Levels {
  first: number;
  long: Float64Array;
  short: Float64Array;
}

export interface LiveVenue {
  venue: HubVenue;
  model: Model;
  candles: RunningCandles;
  /** Newest price of this exchange. */
  price: number;
}

/** What happened on one exchange since the half hour began; null flows where that is not known. */
export interface LiveFlows {
  venue: VenueId;
  flows: readonly [long: SideFlows, short: SideFlows] | null;
}

export function idsOf(live: readonly LiveVenue[]): VenueId[] {
  return live.map(({ venue }) => venue.track.venue);
}

export class LiveView {
  readonly #scratch = new Map<string, Model>();
  #sequence = -1;
  #venues: LiveVenue[] = [];
  #flowsSequence = -1;
  #flows: LiveFlows[] = [];

  /** The exchanges in the map with their running minute in; computed once per batch number. */
  at(state: HubState, settings: HubSettings, sequence: number): LiveVenue[] {
    if (this.#sequence === sequence) return this.#venues;
    this.#sequence = sequence;
    this.#venues = modelledVenues(state, settings, state.cursor ?? 0).map((venue) => this.#advance(venue, settings));
    return this.#venues;
  }

  /** What the same exchanges' positions have done up to the same moment; the steps are taken again, this time on record. */
  flows(state: HubState, settings: HubSettings, sequence: number): LiveFlows[] {
    if (this.#flowsSequence === sequence) return this.#flows;
    this.#flows = this.at(state, settings, sequence).map(({ venue }) => {
      if (venue.flows === null) return { venue: venue.track.venue, flows: null };
      const period = copyPeriod(venue.flows.period);
      const { model } = this.#advance(venue, settings, period);
      return { venue: venue.track.venue, flows: periodFlows(model, period) };
    });
    this.#flowsSequence = sequence;
    return this.#flows;
  }

  #advance(venue: HubVenue, settings: HubSettings, period: FlowPeriod | null = null): LiveVenue {
    const id = venue.track.venue;
    const model =
      this.#scratch.get(id) ?? createModel({ venue: id, symbol: settings.symbol, params: paramsOf(settings) });
    this.#scratch.set(id, model);
    copyModel(venue.model, model);
    const candles = [...venue.candles];
    let price = venue.lastClose ?? 0;
    const waiting = venue.track.ready.flatMap((minute) => (minute.type === "bar" ? minute.bar : []));
    const running = runningBar(venue);
    for (const bar of running === null ? waiting : [...waiting, running]) {
      stepBar(model, bar, period?.record ?? null);
      addBar(candles, bar);
      price = bar.close;
    }
    return { venue, model, candles, price };
  }
}

/** Newest price of the first exchange that a filter leaves in the map; null when it leaves none. */
export function priceUnder(live: readonly LiveVenue[], filter: MapFilter): number | null {
  return chosenVenues(live, filter)[0]?.price ?? null;
}

/** The exchanges that a filter leaves in the map, in their order. */
export function chosenVenues(live: readonly LiveVenue[], { venues }: MapFilter): LiveVenue[] {
  return live.filter(({ venue }) => venues === null || venues.includes(venue.track.venue));
}

/** What is known of the running minute, or null: the exchange's open candle, else the mark price as polled. */
export function runningBar(venue: HubVenue): Bar | null {
  const { track } = venue;
  const minuteMs = track.nextMinuteMs;
  if (minuteMs === null) return null;
  const candle = track.openCandle?.openTime === minuteMs ? track.openCandle : null;
  const running = track.running !== null && track.running.minuteMs >= minuteMs ? track.running : null;
  const source = candle ?? running;
  if (source === null) return null;
  const last = track.lastOpenInterest;
  const interest = last !== null && last.at > minuteMs ? last : null;
  return {
    openTime: minuteMs,
    intervalMs: MINUTE_MS,
    open: source.open,
    high: source.high,
    low: source.low,
    close: source.close,
    volumeBase: candle?.volumeBase ?? null,
    takerBuyBase: candle?.takerBuyBase ?? null,
    openInterestBase: interest?.base ?? null,
    ...(interest?.shortBase === undefined ? {} : { shortOpenInterestBase: interest.shortBase }),
    markHigh: null,
    markLow: null,
    fundingRate: null,
    observedLongUsd: null,
    observedShortUsd: null,
  };
}

/**
 * The filtered map of some models, USD per bucket; `expected` counts the share expected to be force-sold. Stored columns
 * know only the assumed share, so what is drawn beside them or compared with them takes it too; `learned` is for a map
 * that stands alone.
 */
export function filteredLevels(
  live: readonly LiveVenue[],
  filter: MapFilter,
  shares: "assumed" | "learned" = "assumed",
): Levels {
  const chosen = chosenVenues(live, filter);
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { model } of chosen) {
    const range = occupiedRange(model);
    if (range === null) continue;
    low = Math.min(low, range.lowBucket);
    high = Math.max(high, range.highBucket);
  }
  if (!(high > low)) return { first: 0, long: new Float64Array(0), short: new Float64Array(0) };
  const length = high - low;
  const levels: Levels = { first: low, long: new Float64Array(length), short: new Float64Array(length) };
  const ages = AGES_OF[filter.age];
  for (const { venue, model } of chosen) {
    const factors = tierFactors(venue, model, filter, shares);
    for (const tier of filter.tiers ?? TIERS) {
      for (const side of SIDES) {
        if (filter.side !== "both" && filter.side !== side) continue;
        addProfile(model, { side, tiers: [tier], ages }, levels[side], low, factors[TIERS.indexOf(tier)]);
      }
    }
  }
  for (const side of SIDES) toUsd(levels[side], low);
  return levels;
}

/** By what each tier's size counts, in the order of TIERS. */
function tierFactors(venue: HubVenue, model: Model, filter: MapFilter, shares: "assumed" | "learned"): number[] {
  const { params, symbol } = model;
  const factors =
    filter.weights === undefined
      ? TIERS.map(() => 1)
      : weightFactors(params, venue.track.venue, symbol, filter.weights);
  if (filter.mode === "exposed") return factors;
  const expected = shares === "learned" ? expectedShares(model, venue.learning) : TIERS.map(() => params.displayShare);
  return factors.map((factor, k) => factor * (expected[k] ?? 1));
}

const SIDES: readonly Side[] = ["long", "short"];
