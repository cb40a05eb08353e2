// Misbehaviour on demand: which faults are active for which exchange, path and how long.

import { isVenueId, type VenueId } from "../../shared/market/symbol.ts";
import { createPrng } from "../../shared/num/prng.ts";
import type { EpochMs } from "../../shared/time/clock.ts";

export const FAULT_KINDS = [
  "429",
  "418",
  "451",
  "403-html",
  "5xx",
  "timeout",
  "slow-body",
  "truncated",
  "changed-fields",
  "old-timestamps",
  "repeated-timestamps",
  "clock-skew",
  "drop-stream",
  "empty",
  "withheld-candles",
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export interface FaultOrder {
  exchange: VenueId;
  fault: FaultKind;
  /** Wall time it lasts; null until it is deleted. */
  forMs: number | null;
  /** Share of the requests it hits. */
  probability: number;
  /** Regular expression on the path below the exchange's prefix; null hits all. */
  path: string | null;
}

export interface ActiveFault extends FaultOrder {
  sinceWallMs: EpochMs;
  /** Market time at which it began: repeated timestamps stay there. */
  sinceMarketMs: EpochMs;
}

export class Faults {
  readonly #active: ActiveFault[] = [];
  readonly #chance = createPrng(1);

  add(order: FaultOrder, wallMs: EpochMs, marketMs: EpochMs): void {
    this.#active.push({ ...order, sinceWallMs: wallMs, sinceMarketMs: marketMs });
  }

  /** Ends the faults of an exchange, or all. */
  clear(exchange: VenueId | null): void {
    for (let i = this.#active.length - 1; i >= 0; i--) {
      if (exchange === null || this.#active[i]?.exchange === exchange) this.#active.splice(i, 1);
    }
  }

  active(wallMs: EpochMs): readonly ActiveFault[] {
    return this.#active.filter((fault) => fault.forMs === null || wallMs < fault.sinceWallMs + fault.forMs);
  }

  /** Faults that hit a request, oldest first. */
  hitting(exchange: VenueId, path: string, wallMs: EpochMs): ActiveFault[] {
    return this.active(wallMs).filter(
      (fault) =>
        fault.exchange === exchange &&
        (fault.path === null || new RegExp(fault.path).test(path)) &&
        (fault.probability >= 1 || this.#chance.uniform() < fault.probability),
    );
  }
}

/** Reads a fault from the body of a control request, or says what is wrong with it. */
export function parseFaultOrder(body: unknown): FaultOrder | string {
  if (typeof body !== "object" || body === null) return "body was not a JSON object";
  const fields = body as Record<string, unknown>;
  const { exchange, fault, forMs = null, probability = 1, path = null } = fields;
  if (typeof exchange !== "string" || !isVenueId(exchange)) return `exchange was ${JSON.stringify(exchange)}`;
  const kind = FAULT_KINDS.find((name) => name === fault);
  if (kind === undefined) return `fault was ${JSON.stringify(fault)}, expected one of ${FAULT_KINDS.join(", ")}`;
  if (forMs !== null && !(typeof forMs === "number" && forMs > 0)) return "forMs was not a positive number";
  if (!(typeof probability === "number" && probability >= 0 && probability <= 1)) return "probability was not in 0…1";
  if (path !== null && !(typeof path === "string" && isPattern(path))) return "path was not a regular expression";
  return { exchange, fault: kind, forMs, probability, path };
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    // the engine's message adds nothing for the caller
    return false;
  }
}
