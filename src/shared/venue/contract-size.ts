// From the sizes of a venue to coins.
import type { Instrument } from "../market/observation.ts";

/**
 * Returns the coins that units of the venue come to. Units in quote currency come to coins at a price per coin (> 0)
 * only; without one the answer is null.
 */
export function coinsOf(instrument: Instrument, units: number, price: number | null): number | null {
  if (instrument.baseUnitsPerContract !== null) return units * instrument.baseUnitsPerContract;
  return price === null ? null : (units * instrument.quoteUnitsPerContract) / price;
}
