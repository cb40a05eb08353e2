// What the feed knows about one symbol at its venue: its hub's wishes, its news, its status, what waits to be sent.
import type { IngestReply, TimeRange } from "../../src/shared/market/batch.ts";
import type { Observation } from "../../src/shared/market/observation.ts";
import type { SymbolId } from "../../src/shared/market/symbol.ts";
import type { VenueStatus } from "../../src/shared/market/venue-status.ts";
import type { EpochMs } from "../../src/shared/time/clock.ts";
import { NeededKinds } from "./needed-kinds.ts";
import { Outbox } from "./outbox.ts";

export class SymbolTrack {
  readonly symbol: SymbolId;
  readonly index: number;
  readonly outbox = new Outbox();
  readonly needed = new NeededKinds();
  venueSymbol: string;
  /** Why the venue does not have it; null while it does. */
  off: string | null = null;
  /** Wall time at which the venue called it unknown, or null. */
  refusedAt: EpochMs | null = null;
  pollSlot: number | null = null;
  status: VenueStatus | null = null;
  acknowledged: { status: VenueStatus; at: EpochMs } | null = null;
  /** Market time of the first and of the last news. */
  firstNewsAt: EpochMs | null = null;
  newsAt: EpochMs | null = null;
  /** Exchange time minus our time, by the last answer that carried the exchange's own; null before one, ms. */
  skewMs: number | null = null;
  nextMinuteMs: EpochMs | null = null;
  needs: TimeRange | null = null;
  newestClosedMs: EpochMs | null = null;
  newestLiquidationMs: EpochMs | null = null;
  readonly #tellsTime: readonly Observation["kind"][];
  #newestExchangeTime: EpochMs = Number.NEGATIVE_INFINITY;

  /** `tellsTime`: observations that the exchange stamps itself as it answers. */
  constructor(symbol: SymbolId, index: number, venueSymbol: string, tellsTime: readonly Observation["kind"][]) {
    this.symbol = symbol;
    this.index = index;
    this.venueSymbol = venueSymbol;
    this.#tellsTime = tellsTime;
  }

  /** Notes the time of what arrived. An exchange that repeats an old time brings no news, however often it answers. */
  note(observations: readonly Observation[]): void {
    for (const { kind, exchangeTime, receivedAt } of observations) {
      if (this.#tellsTime.includes(kind)) this.skewMs = exchangeTime - receivedAt;
      if (kind !== "openInterest" && kind !== "markPrice" && kind !== "candle") continue;
      // a clock that runs ahead for a while must not make the right time look old afterwards
      const time = Math.min(exchangeTime, receivedAt);
      if (time > this.#newestExchangeTime) {
        this.#newestExchangeTime = time;
        this.newsAt = receivedAt;
        this.firstNewsAt ??= receivedAt;
      }
    }
  }

  /** A hub has written the observations down. */
  acknowledge(observations: readonly Observation[], status: VenueStatus, at: EpochMs, reply: IngestReply): void {
    this.acknowledged = { status, at };
    this.nextMinuteMs = reply.nextMinuteMs;
    this.needs = reply.needs;
    for (const observation of observations) {
      if (observation.kind === "candle" && observation.closed) {
        this.newestClosedMs = Math.max(this.newestClosedMs ?? 0, observation.openTime);
      } else if (observation.kind === "liquidation") {
        this.newestLiquidationMs = Math.max(this.newestLiquidationMs ?? 0, observation.exchangeTime);
      }
    }
  }
}
