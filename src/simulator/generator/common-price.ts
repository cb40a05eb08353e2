// The price all exchanges of a symbol share, before anyone is forced to trade: noise whose strength comes and goes, a part of
// it common to all symbols, and now and then news that moves the price for some minutes.

import { exp } from "../../shared/num/exp.ts";
import { log } from "../../shared/num/log.ts";
import type { Prng } from "../../shared/num/prng.ts";
import { hashNormal, hashUniform } from "../chance.ts";
import type { SymbolProfile } from "./profile.ts";

// calm volatility of a minute; forced orders and news add to it, together about half a percent an hour
const MINUTE_VOLATILITY = 0.00046;
const VOLATILITY_MEMORY = 0.9965;
const VOLATILITY_SPREAD = 0.45;
// chance of news in any hour, and the size of the move it makes
const NEWS_PER_HOUR = 0.045;
const NEWS_SIZE = 0.013;
// the price wanders freely for weeks and is drawn back over months, so that it keeps its scale for ever
const PULL_PER_MINUTE = 0.00001;

export interface CommonPrice {
  /** Price now. */
  value: number;
  /** Log of the noise level relative to calm. */
  agitation: number;
  /** What the last large moves add to it for a while. */
  shock: number;
}

export interface CommonMove {
  /** Log return of the minute before forced trading. */
  change: number;
  /** Volatility of the minute. */
  volatility: number;
}

/** Draws the minute's move. `worldSeed` is shared by all symbols, `chance` belongs to this one. */
export function drawMove(
  price: CommonPrice,
  profile: SymbolProfile,
  worldSeed: number,
  minute: number,
  chance: Prng,
): CommonMove {
  price.agitation =
    VOLATILITY_MEMORY * price.agitation +
    Math.sqrt(1 - VOLATILITY_MEMORY * VOLATILITY_MEMORY) * VOLATILITY_SPREAD * chance.normal();
  const news = newsAt(worldSeed, minute);
  const volatility =
    MINUTE_VOLATILITY * profile.beta * seasonOf(minute) * exp(price.agitation + price.shock) * (news === 0 ? 1 : 1.8);
  const own = profile.ownNoise;
  const noise = Math.sqrt(1 - own * own) * hashNormal(worldSeed, minute) + own * chance.normal();
  const pull = -PULL_PER_MINUTE * log(price.value / profile.price);
  return { change: volatility * noise + news * profile.beta + pull, volatility };
}

/** Trading is busiest when Europe and America are both awake. */
export function seasonOf(minute: number): number {
  const hour = (minute % 1440) / 60;
  const fromPeak = Math.min(Math.abs(hour - 15), 24 - Math.abs(hour - 15));
  return 1.28 - 0.05 * fromPeak;
}

/** Log return that news gives to this minute: news of an hour starts somewhere in it and lasts up to half an hour. */
function newsAt(worldSeed: number, minute: number): number {
  let total = 0;
  const hour = Math.floor(minute / 60);
  for (const h of [hour - 1, hour]) {
    if (hashUniform(worldSeed, h, 101) >= NEWS_PER_HOUR) continue;
    const start = h * 60 + Math.floor(hashUniform(worldSeed, h, 102) * 60);
    const length = 4 + Math.floor(hashUniform(worldSeed, h, 103) * 26);
    if (minute < start || minute >= start + length) continue;
    total += (hashNormal(worldSeed, h, 104) * NEWS_SIZE) / length;
  }
  return total;
}
