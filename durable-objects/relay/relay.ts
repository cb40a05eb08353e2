// The relay's core: the newest frames per subscription, so that a client that was away for a moment resumes without a snapshot.

/** Frames remembered per subscription: two minutes of 5-second ticks. */
const REMEMBERED = 24;

export interface Frame {
  /** Key of the subscription (subscription.ts). */
  key: string;
  seq: number;
  /** True when the frame holds the whole column and needs none before it. */
  whole: boolean;
  /** Text of a message, or the bytes of one (format=bin). */
  body: string | Uint8Array<ArrayBuffer>;
}

export class Relay {
  #frames = new Map<string, Frame[]>();

  /** Keeps a frame; a whole one makes those before it useless. */
  remember(frame: Frame): void {
    const kept = frame.whole ? [] : (this.#frames.get(frame.key) ?? []);
    const previous = kept.at(-1);
    // a hole would hand out a delta against a state the client does not have
    if (previous !== undefined && previous.seq + 1 !== frame.seq) kept.length = 0;
    kept.push(frame);
    if (kept.length > REMEMBERED) kept.shift();
    this.#frames.set(frame.key, kept);
  }

  /** Frames after `since`, or null when they are not all here and the client needs a snapshot. */
  after(key: string, since: number): Frame[] | null {
    const kept = this.#frames.get(key) ?? [];
    const newest = kept.at(-1);
    if (newest === undefined) return null;
    if (since === newest.seq) return [];
    const from = kept.findIndex((frame) => frame.seq === since + 1);
    return from < 0 ? null : kept.slice(from);
  }

  forget(key: string): void {
    this.#frames.delete(key);
  }
}
