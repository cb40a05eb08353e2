// What waits for a hub. Nothing acknowledged is sent again, nothing unacknowledged goes without being counted.
import type { Observation } from "../../src/shared/market/observation.ts";

/** About an hour of a cascade at one symbol; beyond it the oldest are counted as lost. */
const KEPT = 5_000;

export class Outbox {
  #waiting: Observation[] = [];
  lost = 0;
  overtaken = 0;

  get size(): number {
    return this.#waiting.length;
  }

  add(observations: readonly Observation[]): void {
    for (const observation of observations) this.#waiting.push(observation);
    const beyond = this.#waiting.length - KEPT;
    if (beyond > 0) {
      this.#waiting.splice(0, beyond);
      this.lost += beyond;
    }
  }

  /** Hands out everything; what is added from now on waits for the next time. */
  drain(): Observation[] {
    const drained = this.#waiting;
    this.#waiting = [];
    return drained;
  }

  /** Takes back what a hub did not acknowledge. Events are kept; the next poll brings newer levels and the same candles. */
  restore(observations: readonly Observation[]): void {
    const kept = observations.filter(isEvent);
    this.overtaken += observations.length - kept.length;
    const newer = this.#waiting;
    this.#waiting = [];
    this.add([...kept, ...newer]);
  }
}

function isEvent({ kind }: Observation): boolean {
  return kind === "liquidation" || kind === "fundingRate";
}
