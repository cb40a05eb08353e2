// Keeps the live region polite: at most one message per interval, the newest one wins.

export const ANNOUNCE_EVERY_MS = 10_000;

export interface Announcer {
  lastAtMs: number | null;
  waiting: string | null;
}

export function newAnnouncer(): Announcer {
  return { lastAtMs: null, waiting: null };
}

/** Offers a message (null = only time passed) and returns what may be said now, or null. */
export function announce(announcer: Announcer, message: string | null, nowMs: number): string | null {
  if (message !== null) announcer.waiting = message;
  if (announcer.waiting === null) return null;
  if (announcer.lastAtMs !== null && nowMs - announcer.lastAtMs < ANNOUNCE_EVERY_MS) return null;
  const said = announcer.waiting;
  announcer.waiting = null;
  announcer.lastAtMs = nowMs;
  return said;
}
