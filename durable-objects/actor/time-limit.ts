// A time limit over any promise. The timer is cleared as soon as the work settles: a pending one keeps an object billed.

export class TimeLimitError extends Error {}

/** Settles like `work`, or rejects with TimeLimitError after `limitMs`; `onLimit` may then stop the work. */
export async function withinTimeLimit<T>(work: Promise<T>, limitMs: number, onLimit?: () => void): Promise<T> {
  const { promise: limit, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    onLimit?.();
    reject(new TimeLimitError(`no answer within ${limitMs} ms`));
  }, limitMs);
  // the loser of the race may still reject, later and unobserved
  work.catch(() => {});
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** The message of anything thrown. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
