// What one socket of a relay asked for; kept in the socket's attachment, so that it survives hibernation.

import type { StreamFormat } from "../../src/shared/protocol/messages.ts";

export interface Subscription {
  /** Canonical filter (market/filter-key.ts). */
  filter: string;
  /** Width of the columns the client draws. */
  intervalMs: number;
  format: StreamFormat;
}

/** Stands after the width in the key of a subscription to bytes. */
const BINARY = "b";

/** Key under which equal subscriptions share one encoded frame. */
export function subscriptionKey(subscription: Subscription): string {
  return `${subscription.intervalMs}${subscription.format === "bin" ? BINARY : ""}|${subscription.filter}`;
}

/** Reads a key back; null when it is none. */
export function parseSubscriptionKey(key: string): Subscription | null {
  const at = key.indexOf("|");
  const [, width = "", suffix] = /^(\d+)(b?)$/.exec(key.slice(0, Math.max(at, 0))) ?? [];
  if (width === "") return null;
  return { intervalMs: Number(width), filter: key.slice(at + 1), format: suffix === BINARY ? "bin" : "json" };
}

/** A socket's attachment: what it asked for, and the newest frame it was given when it joined. */
export interface Attachment extends Omit<Subscription, "format"> {
  heldSeq: number;
}

/** The attachment's content, or null when it is not ours or the socket has not been given its first frame. */
export function readAttachment(attachment: unknown): Attachment | null {
  if (typeof attachment !== "object" || attachment === null) return null;
  if (!("filter" in attachment) || !("intervalMs" in attachment) || !("heldSeq" in attachment)) return null;
  const { filter, intervalMs, heldSeq } = attachment;
  if (typeof filter !== "string" || typeof intervalMs !== "number" || typeof heldSeq !== "number") return null;
  return { filter, intervalMs, heldSeq };
}
