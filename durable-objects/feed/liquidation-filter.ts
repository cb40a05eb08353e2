// Drops liquidations that were already taken: REST lists repeat, streams resend after subscribing.
import type { Liquidation } from "../../src/shared/market/observation.ts";
import type { SymbolId } from "../../src/shared/market/symbol.ts";
import type { EpochMs } from "../../src/shared/time/clock.ts";

/** Liquidations remembered: a REST list of 100 for each of 20 symbols, four times over. */
const REMEMBERED = 8_192;

export class LiquidationFilter {
  readonly #seen = new Set<string>();
  readonly #floors: ReadonlyMap<SymbolId, EpochMs>;

  /** `floors`: newest liquidation per symbol that a hub had acknowledged before this object was restarted. */
  constructor(floors: ReadonlyMap<SymbolId, EpochMs>) {
    this.#floors = floors;
  }

  /**
   * Returns those of one payload that are new. Equal rows inside one payload are distinct events; the same payload
   * seen again brings none.
   */
  take(liquidations: readonly Liquidation[]): Liquidation[] {
    const timesHere = new Map<string, number>();
    return liquidations.filter((liquidation) => {
      const { symbol, exchangeTime, side, price, sizeBase } = liquidation;
      const event = `${symbol} ${exchangeTime} ${side} ${price} ${sizeBase}`;
      const times = timesHere.get(event) ?? 0;
      timesHere.set(event, times + 1);
      if (exchangeTime <= (this.#floors.get(symbol) ?? Number.NEGATIVE_INFINITY)) return false;
      return this.#remember(`${event} ${times}`);
    });
  }

  #remember(key: string): boolean {
    if (this.#seen.has(key)) return false;
    this.#seen.add(key);
    if (this.#seen.size > REMEMBERED) {
      // sets iterate in insertion order: the first key is the oldest
      for (const oldest of this.#seen) {
        this.#seen.delete(oldest);
        break;
      }
    }
    return true;
  }
}
