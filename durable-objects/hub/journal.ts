// Write down, then change: a batch is in the journal before it touches the state. After a crash the state is the
// snapshot plus the batches behind it, which is byte for byte the state that never crashed.
import type { ObservationBatch } from "../../src/shared/market/batch.ts";
import { type Applied, applyBatch } from "./hub.ts";
import { createHubState, type HubState } from "./hub-state.ts";
import type { HubStore } from "./hub-store.ts";
import { type HubSettings, paramsOf } from "./settings.ts";
import { decodeState, encodeState } from "./state-codec.ts";
import { type HubSink, SILENT } from "./write-columns.ts";

/** A snapshot is due after this many batches (about ten minutes live) or closed minutes (a piece of history). */
const SNAPSHOT_BATCHES = 600;
const SNAPSHOT_MINUTES = 720;

export class JournaledHub {
  readonly state: HubState;
  readonly settings: HubSettings;
  readonly #store: HubStore;
  #sequence: number;
  #snapshotSequence: number;
  #minutesSinceSnapshot = 0;
  /** Why the last snapshot was not used, or null. */
  readonly discarded: string | null;

  /** Restores what the store holds. */
  constructor(store: HubStore, settings: HubSettings) {
    this.#store = store;
    this.settings = settings;
    const restored = restore(store, settings);
    this.state = restored.state;
    this.#sequence = restored.sequence;
    this.#snapshotSequence = restored.snapshotSequence;
    this.discarded = restored.discarded;
    // what is journaled from now on belongs to the new beginning, not to the snapshot that was not used
    if (this.discarded !== null) this.snapshot();
  }

  /** Number of the newest batch. */
  get sequence(): number {
    return this.#sequence;
  }

  /** Journals the batch and applies it in one transaction: either both are on disk, or neither. */
  ingest(batch: ObservationBatch, sink: HubSink): Applied {
    return this.#store.transact(() => {
      const body = new TextEncoder().encode(JSON.stringify(batch));
      this.#sequence += 1;
      this.#store.appendJournal(this.#sequence, body);
      const applied = applyBatch(this.state, this.settings, batch, sink);
      this.#minutesSinceSnapshot += applied.closedMinutes;
      if (this.isSnapshotDue()) this.snapshot();
      return applied;
    });
  }

  isSnapshotDue(): boolean {
    return (
      this.#sequence - this.#snapshotSequence >= SNAPSHOT_BATCHES || this.#minutesSinceSnapshot >= SNAPSHOT_MINUTES
    );
  }

  snapshot(): void {
    this.#store.saveSnapshot(this.#sequence, encodeState(this.state));
    this.#snapshotSequence = this.#sequence;
    this.#minutesSinceSnapshot = 0;
  }
}

function restore(
  store: HubStore,
  settings: HubSettings,
): { state: HubState; sequence: number; snapshotSequence: number; discarded: string | null } {
  const saved = store.loadSnapshot();
  let state = createHubState();
  let sequence = 0;
  let discarded: string | null = null;
  if (saved !== null) {
    const decoded = decodeState(saved.body, paramsOf(settings));
    sequence = saved.sequence;
    if ("error" in decoded) discarded = decoded.error;
    else state = decoded;
  }
  const snapshotSequence = sequence;
  for (const entry of store.journalAfter(sequence)) {
    sequence = entry.sequence;
    // without its snapshot a journal says nothing: the exchange's history rebuilds the state instead
    if (discarded !== null) continue;
    const batch = JSON.parse(new TextDecoder().decode(entry.body)) as ObservationBatch;
    applyBatch(state, settings, batch, SILENT);
  }
  return { state, sequence, snapshotSequence, discarded };
}
