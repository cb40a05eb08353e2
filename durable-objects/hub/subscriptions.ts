// The distinct subscriptions of a hub's clients and what each has been sent; the keys survive a restart, the levels need not.
import type { EpochMs } from "../../src/shared/time/clock.ts";
import type { HubStore } from "./hub-store.ts";
import type { Levels } from "./live-view.ts";

const KEY = "subscriptions";

export interface Sent {
  levels: Levels;
  columnStartMs: EpochMs;
  seq: number;
  /** What a binary frame said last about its numbers; null when the next one has to say it again. */
  description: string | null;
}

export class Subscriptions {
  readonly #store: HubStore;
  /** Null until something was sent since the restart: the next frame is a whole one. */
  readonly #sent = new Map<string, Sent | null>();

  readonly #renewedAt = new Map<string, number>();
  #renewals = 0;

  constructor(store: HubStore) {
    this.#store = store;
    for (const key of JSON.parse(store.value(KEY) ?? "[]") as string[]) this.#sent.set(key, null);
  }

  get keys(): string[] {
    return [...this.#sent.keys()];
  }

  sent(key: string): Sent | null {
    return this.#sent.get(key) ?? null;
  }

  remember(key: string, sent: Sent): void {
    const known = this.#sent.has(key);
    this.#sent.set(key, sent);
    if (!known) this.#save();
  }

  has(key: string): boolean {
    return this.#sent.has(key);
  }

  /** Somebody subscribed: the key is in use whatever a relay said before. */
  renew(key: string): void {
    this.#renewals += 1;
    this.#renewedAt.set(key, this.#renewals);
  }

  /** Number of the newest subscription. */
  get renewals(): number {
    return this.#renewals;
  }

  /** Drops keys that nobody listened to at `renewals`; one that was subscribed to since then stays. */
  drop(keys: readonly string[], renewals: number): void {
    const idle = keys.filter((key) => (this.#renewedAt.get(key) ?? 0) <= renewals);
    for (const key of idle) {
      this.#sent.delete(key);
      this.#renewedAt.delete(key);
    }
    if (idle.length > 0) this.#save();
  }

  #save(): void {
    this.#store.setValue(KEY, JSON.stringify(this.keys));
  }
}
