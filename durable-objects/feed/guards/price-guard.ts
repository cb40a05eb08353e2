// Numbers that no price, volume or stamp can be, whatever an adapter let through.
import type { Candle, Observation } from "../../../src/shared/market/observation.ts";
import { DAY_MS } from "../../../src/shared/time/clock.ts";

const ABSURD_PRICE = 1e9;
const ABSURD_VOLUME = 1e17;
/** Interest rates of a day's funding never reach the price itself. */
const ABSURD_RATE = 1;

/** Why an observation cannot be, or null. */
export function impossible(observation: Observation): string | null {
  const { exchangeTime, receivedAt } = observation;
  if (!Number.isFinite(exchangeTime)) return `time was ${exchangeTime}`;
  if (exchangeTime > receivedAt + DAY_MS) return `time ${exchangeTime} is more than a day ahead`;
  switch (observation.kind) {
    case "candle":
      return impossibleCandle(observation);
    case "markPrice":
      return isPrice(observation.markPrice) ? null : `mark price was ${observation.markPrice}`;
    case "fundingRate":
      return Math.abs(observation.fundingRate) < ABSURD_RATE ? null : `funding rate was ${observation.fundingRate}`;
    case "liquidation": {
      const { price, sizeBase, notionalUsd } = observation;
      if (!isPrice(price)) return `liquidation price was ${price}`;
      return sizeBase > 0 && sizeBase < ABSURD_VOLUME && notionalUsd > 0 ? null : `liquidation size was ${sizeBase}`;
    }
    case "openInterest":
    case "openInterestValue":
    case "indexPrice":
    case "depth":
    case "takerVolume":
      return null;
  }
}

function impossibleCandle({ open, high, low, close, volumeBase }: Candle): string | null {
  for (const price of [open, high, low, close]) if (!isPrice(price)) return `candle price was ${price}`;
  if (low > Math.min(open, close) || high < Math.max(open, close))
    return `candle ${open}/${high}/${low}/${close} is none`;
  return volumeBase === null || (volumeBase >= 0 && volumeBase < ABSURD_VOLUME) ? null : `volume was ${volumeBase}`;
}

const isPrice = (value: number): boolean => value > 0 && value < ABSURD_PRICE;
