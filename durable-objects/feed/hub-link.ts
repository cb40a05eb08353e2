// One call per symbol and tick to the symbol's hub, and what its answer changes.
import type { IngestReply, ObservationBatch, TimeRange } from "../../src/shared/market/batch.ts";
import type { VenueId } from "../../src/shared/market/symbol.ts";
import type { Clock } from "../../src/shared/time/clock.ts";
import { reasonOf, withinTimeLimit } from "../actor/time-limit.ts";
import type { CounterReport } from "./counters.ts";
import type { SymbolTrack } from "./symbol-track.ts";

export type Deliver = (batch: ObservationBatch) => Promise<IngestReply>;

/** Catching up a day of minutes takes a hub up to 6 s; a call that takes longer must not stop the other symbols. */
const TIME_LIMIT_MS = 10_000;

export class HubLink {
  readonly #venue: VenueId;
  readonly #deliver: Deliver;
  readonly #market: Clock;
  readonly #counters: CounterReport;
  /** First and newest message of the liquidation stream, or null; undefined without one. */
  readonly #listening: () => TimeRange | null | undefined;

  constructor(
    venue: VenueId,
    deliver: Deliver,
    market: Clock,
    counters: CounterReport,
    listening: () => TimeRange | null | undefined = () => undefined,
  ) {
    this.#venue = venue;
    this.#deliver = deliver;
    this.#market = market;
    this.#counters = counters;
    this.#listening = listening;
  }

  /** Sends what waits in the outbox, with the track's status. */
  async sendWaiting(track: SymbolTrack): Promise<boolean> {
    const observations = track.outbox.drain();
    const sent = await this.send(track, { observations, history: null });
    if (!sent) track.outbox.restore(observations);
    return sent;
  }

  /** True when the hub has acknowledged the batch. */
  async send(track: SymbolTrack, content: Pick<ObservationBatch, "observations" | "history">): Promise<boolean> {
    const { symbol, status } = track;
    if (status === null) return false;
    const sentAt = this.#market.now();
    const heard = this.#listening();
    const listening = heard === undefined ? {} : { listening: heard };
    const batch: ObservationBatch = { venue: this.#venue, symbol, sentAt, status, ...listening, ...content };
    try {
      const reply = await withinTimeLimit(this.#deliver(batch), TIME_LIMIT_MS);
      track.acknowledge(content.observations, status, sentAt, reply);
      this.#counters.batches += 1;
      return true;
    } catch (error) {
      this.#counters.hubFailures += 1;
      this.#counters.lastHubFailure = `${symbol}: ${reasonOf(error)}`.slice(0, 200);
      return false;
    }
  }
}
