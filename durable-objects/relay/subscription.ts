// What one socket of a relay asked for; kept in the socket's attachment, so that it survives hibernation.

export interface Subscription {
  /** Canonical filter (market/filter-key.ts). */
  filter: string;
  /** Width of the columns the client draws. */
  intervalMs: number;
}

/** Key under which equal subscriptions share one encoded frame. */
export function subscriptionKey(subscription: Subscription): string {
  return `${subscription.intervalMs}|${subscription.filter}`;
}

/** Reads a key back; null when it is none. */
export function parseSubscriptionKey(key: string): Subscription | null {
  const at = key.indexOf("|");
  const intervalMs = Number(key.slice(0, at));
  return at > 0 && Number.isSafeInteger(intervalMs) ? { intervalMs, filter: key.slice(at + 1) } : null;
}

/** The attachment's content, or null when it is not ours. */
export function readAttachment(attachment: unknown): Subscription | null {
  if (typeof attachment !== "object" || attachment === null) return null;
  if (!("filter" in attachment) || !("intervalMs" in attachment)) return null;
  const { filter, intervalMs } = attachment;
  return typeof filter === "string" && typeof intervalMs === "number" ? { filter, intervalMs } : null;
}
