// What the relay sends of a message: its text, or its bytes. Made once for all who have the same subscription.
import { encodeFrame, frameValue, type Level } from "../../src/shared/protocol/frame-codec.ts";
import { takeApart } from "../../src/shared/protocol/frame-parts.ts";
import type { DeltaMessage, SnapshotMessage, StreamFormat } from "../../src/shared/protocol/messages.ts";
import type { Levels } from "./live-view.ts";

/** What the clients have before the message: their levels, and the description they were given last. */
export interface Before {
  levels: Levels;
  description: string | null;
}

export interface FrameBody {
  body: string | Uint8Array<ArrayBuffer>;
  /** Of bytes: what they say about the numbers, whether or not it was sent again. */
  description: string | null;
}

export function frameBody(
  format: StreamFormat,
  message: SnapshotMessage | DeltaMessage,
  before: Before | null,
): FrameBody {
  if (format === "json") return { body: JSON.stringify(message), description: null };
  const { description, numbers } = takeApart(message);
  const text = JSON.stringify(description);
  const known = message.type === "delta" && before?.description === text;
  const described = known ? null : new TextEncoder().encode(text);
  if (message.type === "snapshot" || before === null) {
    return { body: encodeFrame(described, numbers), description: text };
  }
  const { first, long, short } = before.levels;
  const longs = otherValues(numbers.longs, first, long);
  const shorts = otherValues(numbers.shorts, first, short);
  return { body: encodeFrame(described, { ...numbers, longs, shorts }), description: text };
}

/** The levels whose bytes differ from what the clients have: many a change of one percent has the same code. */
function otherValues(levels: readonly Level[], first: number, sent: Float64Array): Level[] {
  return levels
    .filter(([bucket, usd]) => frameValue(usd) !== frameValue(sent[bucket - first] ?? 0))
    .map(([bucket, usd]) => [bucket, usd]);
}
