// Exponential back-off with jitter: many feeds share egress addresses, so they must not return in step.

export interface BackOff {
  baseMs: number;
  capMs: number;
}

/**
 * Wait before try number `failures + 1`: between half and all of base × 2^(failures − 1), at most the cap. What the
 * venue asked for (`atLeastMs`, from Retry-After or a ban's end) is a lower bound: jitter then only adds.
 */
export function backOffMs(backOff: BackOff, failures: number, random: () => number, atLeastMs = 0): number {
  const full = Math.min(backOff.capMs, backOff.baseMs * 2 ** Math.min(30, Math.max(0, failures - 1)));
  const jittered = full * (0.5 + 0.5 * random());
  const asked = atLeastMs > 0 ? atLeastMs + Math.min(1_000, atLeastMs * 0.1) * random() : 0;
  return Math.ceil(Math.max(jittered, asked));
}
