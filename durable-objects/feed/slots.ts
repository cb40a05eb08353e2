// Places for requests under way. Waiting for a place happens before the request and its time limit start, or the last of
// twenty would time out in the queue.

/** An object may have six connections at a time (developers.cloudflare.com/workers/platform/limits, read 2026-11). */
export const MAX_AT_ONCE = 6;

export class Slots {
  readonly #waiting: (() => void)[] = [];
  #free: number;

  constructor(count: number) {
    this.#free = count;
  }

  /** Runs the work once a place is free; first come, first served. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }
}
