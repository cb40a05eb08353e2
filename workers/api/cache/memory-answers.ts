// The first cache: answers in this isolate's memory, and those that are being made. Bounded by bytes.
import { STALE_MS, type StoredAnswer } from "./stored-answer.ts";

export class MemoryAnswers {
  readonly #maxBytes: number;
  readonly #answers = new Map<string, StoredAnswer>();
  readonly #making = new Map<string, Promise<StoredAnswer | null>>();
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get(key: string, nowMs: number): StoredAnswer | null {
    const known = this.#answers.get(key);
    if (known === undefined) return null;
    if (nowMs - known.storedAtMs < STALE_MS) return known;
    this.#drop(key);
    return null;
  }

  /** Keeps an answer; the longest kept ones make room. */
  set(key: string, answer: StoredAnswer): void {
    this.#drop(key);
    if (answer.body.byteLength > this.#maxBytes / 4) return;
    this.#answers.set(key, answer);
    this.#bytes += answer.body.byteLength;
    for (const oldest of this.#answers.keys()) {
      if (this.#bytes <= this.#maxBytes) break;
      this.#drop(oldest);
    }
  }

  /** The answer that somebody is making right now, if so. */
  making(key: string): Promise<StoredAnswer | null> | null {
    return this.#making.get(key) ?? null;
  }

  /** Lets others wait for an answer in the making. */
  announce(key: string, made: Promise<StoredAnswer | null>): void {
    this.#making.set(key, made);
    const done = () => {
      if (this.#making.get(key) === made) this.#making.delete(key);
    };
    made.then(done, done);
  }

  #drop(key: string): void {
    this.#bytes -= this.#answers.get(key)?.body.byteLength ?? 0;
    this.#answers.delete(key);
  }
}
