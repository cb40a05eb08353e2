// Those without leverage worth drawing: market makers, who take the other side of every trade, and hedgers, who hold one side
// here and the opposite elsewhere. Inventories are whole lots, signed.
import type { Prng } from "../../shared/num/prng.ts";

const MAKERS = 4;
const HEDGERS = 4;
/** Hedgers work in pairs on one exchange: the first half is long, the second short. */
const PAIRS = HEDGERS / 2;

export class Desks {
  readonly lots = new Float64Array(MAKERS + HEDGERS);

  /** A market maker takes the other side of a trade that changes somebody's position by `lots`, signed. */
  takeOtherSide(lots: number, chance: Prng): void {
    const maker = Math.floor(chance.uniform() * MAKERS);
    this.lots[maker] = (this.lots[maker] as number) - lots;
  }

  /** Hedgers open (positive) or close (negative) against each other; never more than they have. */
  hedge(lots: number, chance: Prng): void {
    const pair = MAKERS + Math.floor(chance.uniform() * PAIRS);
    const other = pair + PAIRS;
    const change = Math.max(lots, -(this.lots[pair] as number), this.lots[other] as number);
    this.lots[pair] = (this.lots[pair] as number) + change;
    this.lots[other] = (this.lots[other] as number) - change;
  }

  /** Makers with opposite inventories trade part of them away with each other. Returns the lots traded. */
  net(share: number): number {
    let traded = 0;
    for (let a = 0; a < MAKERS; a++) {
      for (let b = a + 1; b < MAKERS; b++) {
        const x = this.lots[a] as number;
        const y = this.lots[b] as number;
        if (x * y >= 0) continue;
        const lots = Math.floor(Math.min(Math.abs(x), Math.abs(y)) * share);
        this.lots[a] = x - Math.sign(x) * lots;
        this.lots[b] = y - Math.sign(y) * lots;
        traded += lots;
      }
    }
    return traded;
  }

  /** Lots the hedgers hold long. */
  hedged(): number {
    let sum = 0;
    for (let i = MAKERS; i < MAKERS + PAIRS; i++) sum += this.lots[i] as number;
    return sum;
  }

  /** Lots held long by desks of either kind. */
  longLots(): number {
    let sum = 0;
    for (const lots of this.lots) sum += Math.max(0, lots);
    return sum;
  }
}
