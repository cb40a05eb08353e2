// Leveraged positions of one exchange and symbol in columns. Leverage and margin are continuous: nobody trades in tiers.
// Sizes are whole lots, so that what one side opens the other side has, exactly.
import { assert } from "../../shared/error/assert.ts";
import type { Side } from "../../shared/market/symbol.ts";

export class Positions {
  /** Most positions held at a time; a new one is not opened beyond that. */
  readonly capacity: number;
  /** Slots in use are 0 … count − 1. */
  count = 0;
  /** +1 long, −1 short. */
  readonly direction: Int8Array;
  readonly lots: Float64Array;
  readonly entryPrice: Float64Array;
  /** Collateral behind the position, USD. */
  readonly marginUsd: Float64Array;
  readonly maintenanceRate: Float64Array;
  readonly liquidationPrice: Float64Array;
  /** Price at which the owner gets out with a loss; 0 or infinity when never. */
  readonly stopPrice: Float64Array;
  /** Price at which the owner looks at the position and may add margin. */
  readonly worryPrice: Float64Array;
  readonly takePrice: Float64Array;
  readonly closeMinute: Float64Array;
  /** Something happens to the position when the price falls to `below` or rises to `above`. */
  readonly below: Float64Array;
  readonly above: Float64Array;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.direction = new Int8Array(capacity);
    this.lots = new Float64Array(capacity);
    this.entryPrice = new Float64Array(capacity);
    this.marginUsd = new Float64Array(capacity);
    this.maintenanceRate = new Float64Array(capacity);
    this.liquidationPrice = new Float64Array(capacity);
    this.stopPrice = new Float64Array(capacity);
    this.worryPrice = new Float64Array(capacity);
    this.takePrice = new Float64Array(capacity);
    this.closeMinute = new Float64Array(capacity);
    this.below = new Float64Array(capacity);
    this.above = new Float64Array(capacity);
  }

  /** Adds a position without liquidation price and returns its slot. */
  add(side: Side, lots: number, entryPrice: number, closeMinute: number): number {
    assert(this.count < this.capacity, `more than ${this.capacity} positions`);
    const i = this.count++;
    this.direction[i] = side === "long" ? 1 : -1;
    this.lots[i] = lots;
    this.entryPrice[i] = entryPrice;
    this.closeMinute[i] = closeMinute;
    return i;
  }

  /** Removes a position; the last one takes its slot. */
  remove(i: number): void {
    const last = --this.count;
    if (i === last) return;
    for (const column of this.#columns()) column[i] = column[last] as number;
  }

  /** Sets the liquidation price from the margin: equity equals the maintenance requirement there. */
  setLiquidation(i: number, lotBase: number): void {
    const d = this.direction[i] as number;
    const rate = this.maintenanceRate[i] as number;
    this.liquidationPrice[i] = Math.max(0, this.bankruptcyPrice(i, lotBase) / (1 - d * rate));
    this.#setTriggers(i);
  }

  /** Price at which the margin is used up. */
  bankruptcyPrice(i: number, lotBase: number): number {
    const sizeBase = (this.lots[i] as number) * lotBase;
    return (this.entryPrice[i] as number) - ((this.direction[i] as number) * (this.marginUsd[i] as number)) / sizeBase;
  }

  /** Forgets the worry price: the owner has looked. */
  setUnworried(i: number): void {
    this.worryPrice[i] = this.direction[i] === 1 ? 0 : Number.POSITIVE_INFINITY;
    this.#setTriggers(i);
  }

  #setTriggers(i: number): void {
    const liquidation = this.liquidationPrice[i] as number;
    const stop = this.stopPrice[i] as number;
    const worry = this.worryPrice[i] as number;
    const take = this.takePrice[i] as number;
    if (this.direction[i] === 1) {
      this.below[i] = Math.max(liquidation, stop, worry);
      this.above[i] = take;
    } else {
      this.above[i] = Math.min(liquidation, stop, worry);
      this.below[i] = take;
    }
  }

  #columns(): (Float64Array | Int8Array)[] {
    return [
      this.direction,
      this.lots,
      this.entryPrice,
      this.marginUsd,
      this.maintenanceRate,
      this.liquidationPrice,
      this.stopPrice,
      this.worryPrice,
      this.takePrice,
      this.closeMinute,
      this.below,
      this.above,
    ];
  }
}
