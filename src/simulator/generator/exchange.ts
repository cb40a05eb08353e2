// One exchange in the generated market of a symbol: its traders, their counterparties and what they traded in the running minute.
import type { Side } from "../../shared/market/symbol.ts";
import { exp } from "../../shared/num/exp.ts";
import { log } from "../../shared/num/log.ts";
import type { Prng } from "../../shared/num/prng.ts";
import { Desks } from "./desks.ts";
import { Positions } from "./positions.ts";
import type { VenueProfile } from "./profile.ts";

/** A liquidation of the running minute; its moment follows from the final price path. */
export interface ForcedClose {
  side: Side;
  lots: number;
  triggerPrice: number;
  bankruptcyPrice: number;
}

// traders: spread of leverage, share that add other collateral (cross margin), size of positions
const LEVERAGE_SPREAD = 1.1;
const CROSS_SHARE = 0.28;
const SIZE_SPREAD = 1.35;
// a position at 10x lasts about 14 hours, at 50x about three
const LIFE_MINUTES_AT_1X = 8_640;
const STOP_SHARE = 0.4;
const TAKE_SHARE = 0.55;
const TOP_UP_SHARE = 0.3;
// of one crowd; room for twice as many
const STEADY_POSITIONS = 1_900;
const MAX_POSITIONS = 4_096;
// mean of one over leverage under the spread above, in units of the median's: sets how many open per minute
const MEAN_LIFE_FACTOR = 1.6;
/** Share of open interest that traders hold with leverage; the rest is hedged or held by makers. */
const LEVERED_SHARE = 0.42;

export class Exchange {
  readonly profile: VenueProfile;
  readonly lotBase: number;
  readonly targetLots: number;
  readonly positions: Positions;
  readonly desks = new Desks();
  readonly forced: ForcedClose[] = [];
  longLots = 0;
  shortLots = 0;
  /** Lots traded in the running minute by traders, and of those the bought ones. */
  tradedLots = 0;
  boughtLots = 0;
  #lotsScale = 1;
  #medianLeverage: number;
  readonly #steadyPositions: number;
  readonly #chance: Prng;

  /** `crowd`: how many times the usual number of traders share the open interest. */
  constructor(profile: VenueProfile, lotBase: number, targetLots: number, chance: Prng, crowd: number) {
    this.positions = new Positions(Math.round(MAX_POSITIONS * crowd));
    this.#steadyPositions = Math.round(STEADY_POSITIONS * crowd);
    this.profile = profile;
    this.lotBase = lotBase;
    this.targetLots = targetLots;
    this.#chance = chance;
    this.#medianLeverage = profile.medianLeverage;
  }

  /** Fills the exchange as if it had traded for weeks: entries lie around the price, nobody is beyond his liquidation price. */
  populate(price: number, minute: number): void {
    const sizes: number[] = [];
    // who is there at any moment is mostly who stays long: the stock has less leverage than the flow
    this.#medianLeverage = this.profile.medianLeverage * exp(-LEVERAGE_SPREAD * LEVERAGE_SPREAD);
    for (let i = 0; i < 2_000; i++) sizes.push(this.#drawLots(this.#drawLeverage(), price));
    const meanLots = sizes.reduce((sum, lots) => sum + lots, 0) / sizes.length;
    this.#lotsScale = (LEVERED_SHARE * 2 * this.targetLots) / (this.#steadyPositions * meanLots);
    while (this.positions.count < this.#steadyPositions) {
      const entry = price * exp(0.025 * this.#chance.normal());
      this.openPosition(this.#chance.uniform() < 0.51 ? "long" : "short", entry, minute, price);
    }
    const missing = this.targetLots - this.openInterestLots();
    for (let i = 0; i < 8 && missing > 0; i++) this.desks.hedge(Math.floor(missing / 8), this.#chance);
    this.#medianLeverage = this.profile.medianLeverage;
    this.tradedLots = 0;
    this.boughtLots = 0;
  }

  /** Every contract has a long: the longs of traders and desks. */
  openInterestLots(): number {
    return this.longLots + this.desks.longLots();
  }

  /** Positions opened in a minute of the given activity, 1 = normal. */
  openingsAt(activity: number): number {
    const meanLife = (LIFE_MINUTES_AT_1X * MEAN_LIFE_FACTOR) / this.profile.medianLeverage;
    const expected = (this.#steadyPositions / meanLife) * activity;
    return Math.floor(expected + this.#chance.uniform());
  }

  /** Opens a position; nothing when the exchange is full or it would be liquidated at `price` already. */
  openPosition(side: Side, entryPrice: number, minute: number, price: number): void {
    if (this.positions.count >= this.positions.capacity) return;
    const chance = this.#chance;
    const d = side === "long" ? 1 : -1;
    const leverage = this.#drawLeverage();
    const lots = this.#drawLots(leverage, entryPrice);
    const notional = lots * this.lotBase * entryPrice;
    let margin = notional / leverage;
    if (chance.uniform() < CROSS_SHARE) margin *= 1 + exp(0.2 + 0.8 * chance.normal());
    // larger positions need more maintenance, without steps
    const maintenanceRate = Math.min(0.5 / leverage, 0.004 + 0.006 * Math.sqrt(notional / 20_000_000));
    const bankruptcy = entryPrice * (1 - (d * margin) / notional);
    const liquidation = bankruptcy / (1 - d * maintenanceRate);
    if (d * (price - liquidation) <= price * 0.0005) return;

    const life = ((LIFE_MINUTES_AT_1X / leverage) * -log(1 - chance.uniform())) | 0;
    const i = this.positions.add(side, lots, entryPrice, minute + 1 + life);
    const distance = Math.abs(entryPrice - liquidation);
    const never = side === "long" ? 0 : Number.POSITIVE_INFINITY;
    const far = side === "long" ? Number.POSITIVE_INFINITY : 0;
    const { positions } = this;
    positions.marginUsd[i] = margin;
    positions.maintenanceRate[i] = maintenanceRate;
    const stop = entryPrice - d * distance * (0.25 + 0.65 * chance.uniform());
    positions.stopPrice[i] = chance.uniform() < STOP_SHARE && d * (price - stop) > 0 ? stop : never;
    const take = entryPrice * (1 + (d * (0.3 + 1.5 * chance.uniform())) / leverage);
    positions.takePrice[i] = chance.uniform() < TAKE_SHARE && d * (take - price) > 0 ? take : far;
    positions.worryPrice[i] = liquidation + d * distance * 0.2;
    positions.setLiquidation(i, this.lotBase);
    this.#trade(d * lots);
    if (d === 1) this.longLots += lots;
    else this.shortLots += lots;
  }

  /** Closes a position against a market maker. */
  closePosition(i: number): void {
    const d = this.positions.direction[i] as number;
    const lots = this.positions.lots[i] as number;
    this.#trade(-d * lots);
    if (d === 1) this.longLots -= lots;
    else this.shortLots -= lots;
    this.positions.remove(i);
  }

  /**
   * Handles every position that the mark price's range of this minute reaches. Returns the USD that had to be bought
   * (positive) or sold (negative) by stops and liquidations.
   */
  sweep(low: number, high: number, isRising: boolean): number {
    const { positions } = this;
    const { below, above } = positions;
    let pressureUsd = 0;
    for (let i = positions.count - 1; i >= 0; i--) {
      if (low > (below[i] as number) && high < (above[i] as number)) continue;
      pressureUsd += this.#reached(i, low, high, isRising);
    }
    return pressureUsd;
  }

  #reached(i: number, low: number, high: number, isRising: boolean): number {
    const { positions } = this;
    const d = positions.direction[i] as number;
    const take = positions.takePrice[i] as number;
    const isTaken = d === 1 ? high >= take : low <= take;
    const isLoss = (level: number) => (d === 1 ? low <= level : high >= level);
    // a rising minute goes down first, a falling one up first
    const lossFirst = (d === 1) === isRising;
    const hasLoss = isLoss(d === 1 ? (positions.below[i] as number) : (positions.above[i] as number));
    if (isTaken && !(hasLoss && lossFirst)) {
      this.closePosition(i);
      return 0;
    }
    if (isLoss(positions.worryPrice[i] as number)) this.#worry(i);
    const stop = positions.stopPrice[i] as number;
    const liquidation = positions.liquidationPrice[i] as number;
    const notional = (level: number) => (positions.lots[i] as number) * this.lotBase * level;
    // on the way down the higher level of a long comes first, on the way up the lower one of a short
    const stopFirst = d * (stop - liquidation) > 0;
    if (stopFirst && isLoss(stop)) {
      const usd = -d * notional(stop);
      this.closePosition(i);
      return usd;
    }
    if (isLoss(liquidation)) {
      this.forced.push({
        side: d === 1 ? "long" : "short",
        lots: positions.lots[i] as number,
        triggerPrice: liquidation,
        bankruptcyPrice: positions.bankruptcyPrice(i, this.lotBase),
      });
      const usd = -d * notional(liquidation);
      this.closePosition(i);
      return usd;
    }
    return 0;
  }

  /** The owner looks once, and may add margin, which moves the liquidation price away. */
  #worry(i: number): void {
    const { positions } = this;
    positions.setUnworried(i);
    if (this.#chance.uniform() >= TOP_UP_SHARE) return;
    positions.marginUsd[i] = (positions.marginUsd[i] as number) * (1.3 + 0.7 * this.#chance.uniform());
    positions.setLiquidation(i, this.lotBase);
  }

  /** Closes positions whose time has come. */
  closeExpired(minute: number): void {
    const { closeMinute } = this.positions;
    for (let i = this.positions.count - 1; i >= 0; i--) {
      if ((closeMinute[i] as number) <= minute) this.closePosition(i);
    }
  }

  /** Longs pay shorts a share of their notional out of margin, or the other way round. */
  chargeFunding(fundingRate: number, markPrice: number): void {
    const { positions } = this;
    for (let i = 0; i < positions.count; i++) {
      const notional = (positions.lots[i] as number) * this.lotBase * markPrice;
      const margin = (positions.marginUsd[i] as number) - (positions.direction[i] as number) * fundingRate * notional;
      positions.marginUsd[i] = Math.max(0.2 * (positions.marginUsd[i] as number), margin);
      positions.setLiquidation(i, this.lotBase);
    }
  }

  /** Somebody's position changes by `lots`, signed, against a maker. */
  #trade(lots: number): void {
    this.desks.takeOtherSide(lots, this.#chance);
    this.tradedLots += Math.abs(lots);
    if (lots > 0) this.boughtLots += lots;
  }

  #drawLeverage(): number {
    const drawn = this.#medianLeverage * exp(LEVERAGE_SPREAD * this.#chance.normal());
    return Math.min(120, Math.max(1.2, drawn));
  }

  /** High leverage is for small accounts. */
  #drawLots(leverage: number, price: number): number {
    const usd = 100_000 * exp(SIZE_SPREAD * this.#chance.normal()) * exp(0.75 * log(10 / leverage));
    return Math.max(1, Math.round((usd * this.#lotsScale) / (price * this.lotBase)));
  }
}
