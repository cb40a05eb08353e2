// Has one symbol lately got what the model needs of it: open interest and candles? Each has news of its own; an exchange
// whose prices go on while its open interest is gone is not well.
import type { Observation, Reject } from "../../src/shared/market/observation.ts";
import { type EpochMs, MINUTE_MS } from "../../src/shared/time/clock.ts";
import type { PayloadKind, PlanEntry } from "../../src/shared/venue/venue.ts";

const IN_WORDS = { openInterest: "open interest", candle: "candle" } as const;
export type NeededKind = keyof typeof IN_WORDS;
const NEEDED = Object.keys(IN_WORDS) as NeededKind[];

/** Without news for so many of its own polls a kind counts as gone. */
const MISSED = 3;
/** Never sooner: a whole minute is then without it. */
const LEAST_MS = 2 * MINUTE_MS;

interface Heard {
  /** Newest time the exchange has stamped it with: an old one repeated is no news. */
  stampMs: EpochMs;
  /** When that arrived, and in which payload. */
  at: EpochMs;
  from: PayloadKind;
}

/** Rows of a payload that could not be read since it last brought news. */
interface Unread {
  count: number;
  last: Reject;
}

/** What else is known of the symbol. */
interface Surroundings {
  /** When it was first heard of; null before. */
  sinceMs: EpochMs | null;
  /** Market time between two polls. */
  pollMs: number;
  /** Why a kind was not believed after a time, or null. */
  heldBack: (kind: NeededKind, after: EpochMs) => string | null;
  /** Requests that fail, in words that begin with the payload. */
  failing: readonly string[];
}

export class NeededKinds {
  readonly #heard = new Map<NeededKind, Heard>();
  readonly #unread = new Map<PayloadKind, Unread>();

  /** Notes what was believed of a payload. */
  hear(observations: readonly Observation[], from: PayloadKind): void {
    for (const { kind, exchangeTime, receivedAt } of observations) {
      if (kind !== "openInterest" && kind !== "candle") continue;
      const stampMs = Math.min(exchangeTime, receivedAt);
      if (stampMs <= (this.#heard.get(kind)?.stampMs ?? Number.NEGATIVE_INFINITY)) continue;
      this.#heard.set(kind, { stampMs, at: receivedAt, from });
      this.#unread.delete(from);
    }
  }

  /** Notes rows that could not be read: they count until their payload brings news again. */
  refuse(from: PayloadKind, rejects: readonly Reject[]): void {
    const last = rejects.at(-1);
    if (last === undefined) return;
    this.#unread.set(from, { count: (this.#unread.get(from)?.count ?? 0) + rejects.length, last });
  }

  /** The kind that has been gone for too long, in words with the cause, or null. */
  unheard(plan: readonly PlanEntry[], now: EpochMs, around: Surroundings): string | null {
    const { sinceMs, pollMs, heldBack, failing } = around;
    for (const kind of NEEDED) {
      const heard = this.#heard.get(kind);
      const since = heard?.at ?? sinceMs;
      if (since === null || now - since <= limitMs(plan, heard?.from, pollMs)) continue;
      const refused = failing.find((request) => request.startsWith(`${heard?.from}:`));
      const cause =
        heldBack(kind, since) ?? refused ?? this.#unreadIn(heard?.from) ?? "the exchange sends no newer one";
      return `no ${IN_WORDS[kind]} for ${Math.floor((now - since) / MINUTE_MS)} min: ${cause}`;
    }
    return null;
  }

  /**
   * A kind that waits, however short, for rows that cannot be read, in words with the last reject, or null. Without how
   * long and how many: a reason that changes with every poll would be sent with every poll.
   */
  unread(): string | null {
    for (const kind of NEEDED) {
      const heard = this.#heard.get(kind);
      const last = this.#unreadOf(heard?.from)?.last;
      if (last === undefined) continue;
      return `no ${IN_WORDS[kind]}${heard === undefined ? " yet" : ""}: rows cannot be read, last: ${last.path} ${last.reason}`;
    }
    return null;
  }

  /** Rows of the payload that used to bring it; of any while none has. */
  #unreadOf(from: PayloadKind | undefined): Unread | undefined {
    return from === undefined ? this.#unread.values().next().value : this.#unread.get(from);
  }

  #unreadIn(from: PayloadKind | undefined): string | null {
    const unread = this.#unreadOf(from);
    if (unread === undefined) return null;
    const { count, last } = unread;
    return `${count} ${count === 1 ? "row" : "rows"} could not be read, last: ${last.path} ${last.reason}`;
  }
}

/** A kind that is asked for once a minute is given three minutes. */
function limitMs(plan: readonly PlanEntry[], from: PayloadKind | undefined, pollMs: number): number {
  const cadence = plan.find(({ kind }) => kind === from)?.cadence ?? "minute";
  const everyMs = cadence === "poll" ? pollMs : Math.max(pollMs, MINUTE_MS);
  return Math.max(LEAST_MS, MISSED * everyMs);
}
