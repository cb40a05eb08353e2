// The generated market of one symbol on all exchanges, minute by minute. Seed and genesis decide everything.
// Forced orders move the common price, which forces more: cascades come out of the positions, not out of a script.
import { assert } from "../../shared/error/assert.ts";
import { type Side, type SymbolId, VENUES, type VenueId } from "../../shared/market/symbol.ts";
import { exp } from "../../shared/num/exp.ts";
import { log } from "../../shared/num/log.ts";
import { createPrng, type Prng } from "../../shared/num/prng.ts";
import { type EpochMs, MINUTE_MS } from "../../shared/time/clock.ts";
import { mix, seedOf } from "../chance.ts";
import { roundTo, roundToStep } from "../decimal.ts";
import { contractOf } from "../market/contract.ts";
import { appendMinute, minuteOf, newMinutes } from "../market/minutes.ts";
import { type CommonPrice, drawMove, seasonOf } from "./common-price.ts";
import { Exchange } from "./exchange.ts";
import { forcedOrders } from "./forced-orders.ts";
import { profileOf, type SymbolProfile, VENUE_PROFILES } from "./profile.ts";
import { forcedLots, forget, fundingRateOf, lotsToBase, markRange, type VenueMarket } from "./venue-market.ts";

/** Minutes kept of each market: a month and a day. */
const KEPT_MINUTES = 32 * 24 * 60;
// a net forced order of 2.2 % of all open interest moves the price by one percent
const DEPTH_SHARE_PER_PERCENT = 0.022;
// what traders do by choice meets limit orders and moves the price less
const CHOICE_IMPACT = 0.04;
const CASCADE_ROUNDS = 6;
/** Volume that opens and closes nothing, as a share of the whole at normal activity. */
const MAKER_SHARE = 0.52;
/** Fear after a large move: how much it can add to the log of the noise, and it fades within half an hour. */
const MAX_SHOCK = 0.7;
/** Forced orders of one minute move the price at most about this much: buyers of last resort step in. */
const MAX_FORCED_MOVE = 0.02;
/** Share of a forced move that is still there at the end of the minute. */
const LASTING_IMPACT = 0.55;
const EIGHT_HOURS_IN_MINUTES = 480;

/** An open position: the ground truth for tests of recovery. */
export interface TruePosition {
  side: Side;
  kind: "trader" | "desk";
  sizeBase: number;
  entryPrice: number | null;
  /** Null for those who cannot be liquidated. */
  liquidationPrice: number | null;
}

export class World {
  readonly symbol: SymbolId;
  readonly genesisMs: EpochMs;
  readonly #seed: number;
  readonly #crowd: number;
  readonly #profile: SymbolProfile;
  readonly #chance: Prng;
  readonly #price: CommonPrice;
  readonly #venues: VenueMarket[];
  /** Last returns of an hour, for traders who follow or fade them. */
  #trend = 0;
  #minute: number;

  /** Fewer exchanges are another market: the price is common, and all of them move it. So is another crowd of traders. */
  constructor(symbol: SymbolId, seed: number, genesisMs: EpochMs, venues: readonly VenueId[] = VENUES, crowd = 1) {
    assert(genesisMs % MINUTE_MS === 0, `genesis ${genesisMs} was not a whole minute`);
    this.symbol = symbol;
    this.genesisMs = genesisMs;
    this.#seed = seed;
    this.#crowd = crowd;
    this.#profile = profileOf(symbol);
    this.#chance = createPrng(mix(seed, seedOf(symbol)));
    this.#minute = minuteOf(genesisMs);
    this.#price = { value: this.#profile.price * exp(0.03 * this.#chance.normal()), agitation: 0, shock: 0 };
    this.#venues = venues.map((venue) => this.#openVenue(venue));
  }

  #openVenue(venue: VenueId): VenueMarket {
    const contract = contractOf(venue, this.symbol, this.#profile.price);
    const profile = VENUE_PROFILES[venue];
    const targetLots = Math.round((this.#profile.openInterestBase * profile.size) / contract.sizeStep);
    const chance = createPrng(mix(this.#seed, seedOf(this.symbol), seedOf(venue)));
    const exchange = new Exchange(profile, contract.sizeStep, targetLots, chance, this.#crowd);
    exchange.populate(this.#price.value, this.#minute);
    return {
      venue,
      contract,
      exchange,
      minutes: newMinutes(this.#minute, KEPT_MINUTES),
      liquidations: [],
      fundingCharges: [],
      close: roundToStep(this.#price.value, contract.priceStep),
      basis: 0,
      averagePremium: 0.0001,
    };
  }

  /** End of the last generated minute. */
  get frontierMs(): EpochMs {
    return this.#minute * MINUTE_MS;
  }

  /** Generates until the minute that runs at `time` is there. */
  advance(time: EpochMs): void {
    const last = minuteOf(time);
    while (this.#minute <= last) this.#step();
  }

  /** The market of an exchange, as far as it is generated. */
  market(venue: VenueId): Pick<VenueMarket, "contract" | "minutes" | "liquidations" | "fundingCharges"> {
    const found = this.#venues.find((candidate) => candidate.venue === venue);
    assert(found !== undefined, `no generated exchange ${venue}`);
    return found;
  }

  /**
   * Every open position at the end of the last full minute at or before `time`. A time before the frontier is generated
   * again from the genesis.
   */
  truth(venue: VenueId, time: EpochMs): TruePosition[] {
    const minute = minuteOf(time);
    if (minute < this.#minute) {
      const venues = this.#venues.map((market) => market.venue);
      const past = new World(this.symbol, this.#seed, this.genesisMs, venues, this.#crowd);
      if (minute > minuteOf(this.genesisMs)) past.advance((minute - 1) * MINUTE_MS);
      return past.#positionsOf(venue);
    }
    if (minute > this.#minute) this.advance((minute - 1) * MINUTE_MS);
    return this.#positionsOf(venue);
  }

  #positionsOf(venue: VenueId): TruePosition[] {
    const { exchange, contract } = this.#venues.find((candidate) => candidate.venue === venue) as VenueMarket;
    const { positions, desks } = exchange;
    const list: TruePosition[] = [];
    for (let i = 0; i < positions.count; i++) {
      list.push({
        side: positions.direction[i] === 1 ? "long" : "short",
        kind: "trader",
        sizeBase: lotsToBase(positions.lots[i] as number, contract),
        entryPrice: positions.entryPrice[i] as number,
        liquidationPrice: positions.liquidationPrice[i] as number,
      });
    }
    for (const lots of desks.lots) {
      if (lots === 0) continue;
      const sizeBase = lotsToBase(Math.abs(lots), contract);
      list.push({
        side: lots > 0 ? "long" : "short",
        kind: "desk",
        sizeBase,
        entryPrice: null,
        liquidationPrice: null,
      });
    }
    return list;
  }

  #step(): void {
    const minute = this.#minute;
    const chance = this.#chance;
    const move = drawMove(this.#price, this.#profile, this.#seed, minute, chance);
    const open = this.#price.value;
    const agitation = 0.35 + 0.65 * Math.min(6, Math.abs(move.change) / (0.8 * move.volatility + 1e-12));
    const activity =
      seasonOf(minute) * exp(0.6 * (this.#price.agitation + this.#price.shock)) * (0.5 + 0.5 * agitation);

    const chosenUsd = this.#tradeByChoice(minute, activity, open);
    const change = move.change + (CHOICE_IMPACT * this.#impact(chosenUsd, open)) / (1 + activity);
    let close = open * exp(change);
    let high = Math.max(open, close) * exp(0.35 * move.volatility * Math.abs(chance.normal()));
    let low = Math.min(open, close) * exp(-0.35 * move.volatility * Math.abs(chance.normal()));
    const isRising = close >= open;
    for (const venue of this.#venues) this.#drawBasis(venue);

    let sweptLow = Number.POSITIVE_INFINITY;
    let sweptHigh = 0;
    let moved = 0;
    for (let round = 0; round < CASCADE_ROUNDS && (low < sweptLow || high > sweptHigh); round++) {
      sweptLow = low;
      sweptHigh = high;
      const pressure = this.#impact(this.#sweepAll(open, high, low, close, isRising), open);
      const forced = MAX_FORCED_MOVE * saturate((moved + pressure) / MAX_FORCED_MOVE) - moved;
      moved += forced;
      if (Math.abs(forced) < 0.0002) break;
      // forced sales begin at the low and push it further, forced purchases at the high
      if (forced < 0) low *= exp(forced);
      else high *= exp(forced);
      close = Math.min(high, Math.max(low, close * exp(forced * LASTING_IMPACT)));
    }

    for (const venue of this.#venues) this.#closeMinute(venue, minute, { open, high, low, close }, activity);
    this.#price.value = close;
    this.#price.shock = Math.min(
      MAX_SHOCK,
      0.965 * this.#price.shock + 25 * Math.max(0, Math.abs(log(close / open)) - 0.0025),
    );
    this.#trend = this.#trend * 0.983 + log(close / open);
    this.#minute += 1;
  }

  /** Log change of the common price when that much is bought (positive) or sold at market. */
  #impact(usd: number, price: number): number {
    let openInterestUsd = 0;
    for (const { exchange } of this.#venues) openInterestUsd += exchange.targetLots * exchange.lotBase * price;
    return (0.01 * usd) / (DEPTH_SHARE_PER_PERCENT * openInterestUsd);
  }

  /** Openings, planned closings and hedging of a minute; returns the net USD bought. */
  #tradeByChoice(minute: number, activity: number, price: number): number {
    let netUsd = 0;
    // some follow the last hours, others bet on their return: more follow, and more so when it moves
    const leaning = 0.505 + 0.06 * saturate(this.#trend / 0.02);
    for (const { exchange, close } of this.#venues) {
      exchange.tradedLots = 0;
      exchange.boughtLots = 0;
      exchange.closeExpired(minute);
      for (let n = exchange.openingsAt(activity); n > 0; n--) {
        const entry = close * (1 + 0.0003 * this.#chance.normal());
        exchange.openPosition(this.#chance.uniform() < leaning ? "long" : "short", entry, minute, close);
      }
      const missing = exchange.targetLots - exchange.openInterestLots();
      const hedge = missing * 0.0004 + 0.00025 * exchange.targetLots * this.#chance.normal();
      exchange.desks.hedge(Math.round(hedge), this.#chance);
      netUsd += (2 * exchange.boughtLots - exchange.tradedLots) * exchange.lotBase * price;
      exchange.tradedLots += Math.abs(Math.round(hedge)) + exchange.desks.net(0.02);
    }
    return netUsd;
  }

  #drawBasis(venue: VenueMarket): void {
    const { basis } = venue.exchange.profile;
    venue.basis = 0.97 * venue.basis + Math.sqrt(1 - 0.97 * 0.97) * basis * this.#chance.normal();
  }

  #sweepAll(open: number, high: number, low: number, close: number, isRising: boolean): number {
    let usd = 0;
    for (const { exchange, basis } of this.#venues) {
      const factor = 1 + basis;
      const mark = markRange(open * factor, high * factor, low * factor, close * factor);
      usd += exchange.sweep(mark.low, mark.high, isRising);
    }
    return usd;
  }

  #closeMinute(
    venue: VenueMarket,
    minute: number,
    common: { open: number; high: number; low: number; close: number },
    activity: number,
  ): void {
    const { contract, exchange, minutes } = venue;
    const step = contract.priceStep;
    const factor = 1 + venue.basis;
    const open = venue.close;
    const close = roundToStep(common.close * factor, step);
    const high = Math.max(open, close, roundToStep(common.high * factor, step));
    const low = Math.min(open, close, roundToStep(common.low * factor, step));
    const mark = markRange(common.open * factor, common.high * factor, common.low * factor, common.close * factor);

    const turnover = exchange.profile.turnoverPerDay / 1440;
    const churnLots = exchange.targetLots * turnover * MAKER_SHARE * activity * exp(0.35 * this.#chance.normal());
    const volumeLots = Math.round(exchange.tradedLots + churnLots + forcedLots(exchange.forced));
    const direction = saturate(log(close / open) / 0.0008);
    const share = 0.5 + 0.16 * direction + 0.05 * this.#chance.normal();
    const boughtLots = Math.round(volumeLots * Math.min(0.97, Math.max(0.03, share)));

    const premium = 0.00004 + venue.basis * 0.5 + 0.0002 * saturate(this.#trend / 0.03);
    venue.averagePremium += (premium - venue.averagePremium) / EIGHT_HOURS_IN_MINUTES;
    appendMinute(minutes, {
      open,
      high,
      low,
      close,
      volumeBase: lotsToBase(volumeLots, contract),
      takerBuyBase: lotsToBase(boughtLots, contract),
      openInterestBase: lotsToBase(exchange.openInterestLots(), contract),
      markHigh: Math.min(high, roundTo(mark.high, contract.pricePlaces + 1)),
      markLow: Math.max(low, roundTo(mark.low, contract.pricePlaces + 1)),
      premium,
      fundingRate: fundingRateOf(venue),
    });
    venue.liquidations.push(...forcedOrders(exchange, contract, minute, { open, high, low, close }, this.#chance));
    exchange.forced.length = 0;
    this.#chargeFunding(venue, minute);
    venue.close = close;
    if (minute % 1440 === 0) forget(venue, (minute - KEPT_MINUTES) * MINUTE_MS);
  }

  #chargeFunding(venue: VenueMarket, minute: number): void {
    const time = (minute + 1) * MINUTE_MS;
    if (time % venue.contract.fundingIntervalMs !== 0) return;
    const fundingRate = fundingRateOf(venue);
    venue.fundingCharges.push({ time, fundingRate, markPrice: venue.close });
    venue.exchange.chargeFunding(fundingRate, venue.close);
  }
}

/** Hyperbolic tangent: proportional near zero, at most one. */
function saturate(x: number): number {
  return 1 - 2 / (exp(2 * x) + 1);
}
