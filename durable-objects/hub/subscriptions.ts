// The distinct subscriptions of a hub's clients and what each has been sent; the keys survive a restart, the levels need not.
import type { EpochMs } from "../../src/shared/time/clock.ts";
import type { HubStore } from "./hub-store.ts";
import type { Levels } from "./live-view.ts";

const KEY = "subscriptions";

export interface Sent {
  levels: Levels;
  columnStartMs: EpochMs;
  seq: number;
}

export class Subscriptions {
  readonly #store: HubStore;
  /** Null until something was sent since the restart: the next frame is a whole one. */
  readonly #sent = new Map<string, Sent | null>();

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

  drop(keys: readonly string[]): void {
    for (const key of keys) this.#sent.delete(key);
    if (keys.length > 0) this.#save();
  }

  #save(): void {
    this.#store.setValue(KEY, JSON.stringify(this.keys));
  }
}
