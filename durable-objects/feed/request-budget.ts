// Weight spent against a venue's documented limit, in fixed windows.
import type { EpochMs } from "../../src/shared/time/clock.ts";

/** Workers share egress addresses, so part of the limit is always left to others. */
const USABLE = 0.9;
/** History may wait, live polls may not. */
const HISTORY_SHARE = 0.5;

export class RequestBudget {
  readonly #limit: number;
  readonly #windowMs: number;
  #window = Number.NEGATIVE_INFINITY;
  #live = 0;
  #history = 0;

  /** `windowMs` is wall time: a replay's venue lives `speed` times faster, and so does its limit. */
  constructor(limit: number, windowMs: number) {
    this.#limit = limit;
    this.#windowMs = windowMs;
  }

  /** Takes the weight when it still fits into this window. A request heavier than the share passes alone in a window. */
  take(weight: number, share: "live" | "history", wallMs: EpochMs): boolean {
    this.#roll(wallMs);
    const total = this.#live + this.#history;
    if (total > 0 && total + weight > this.#limit * USABLE) return false;
    if (share === "live") {
      this.#live += weight;
      return true;
    }
    if (this.#history > 0 && this.#history + weight > this.#limit * HISTORY_SHARE) return false;
    this.#history += weight;
    return true;
  }

  used(wallMs: EpochMs): number {
    this.#roll(wallMs);
    return this.#live + this.#history;
  }

  /** Wall time at which the next window starts. */
  nextWindowAt(wallMs: EpochMs): EpochMs {
    return Math.ceil((Math.floor(wallMs / this.#windowMs) + 1) * this.#windowMs);
  }

  #roll(wallMs: EpochMs): void {
    const window = Math.floor(wallMs / this.#windowMs);
    if (window === this.#window) return;
    this.#window = window;
    this.#live = 0;
    this.#history = 0;
  }
}
