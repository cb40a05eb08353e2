// Reads the stream of `format=bin` (docs/reference/frame-format.md): the same messages that `format=json` sends.
import { decodeFrame, encodeFrame } from "../shared/protocol/frame-codec.ts";
import { type FrameDescription, putTogether, takeApart } from "../shared/protocol/frame-parts.ts";
import type { DeltaMessage, SnapshotMessage } from "../shared/protocol/messages.ts";

export type { DeltaMessage, SnapshotMessage } from "../shared/protocol/messages.ts";

/** One per connection: a frame may leave out the description that the frames before it had. */
export class FrameReader {
  #description: FrameDescription | null = null;

  /** The message of one binary WebSocket message; throws when the bytes are no frame. Sizes are off by at most 2.2 %. */
  read(bytes: Uint8Array): SnapshotMessage | DeltaMessage {
    const frame = decodeFrame(bytes);
    if ("error" in frame) throw new TypeError(frame.error);
    const { description, ...numbers } = frame;
    if (description !== null) {
      this.#description = JSON.parse(new TextDecoder().decode(description)) as FrameDescription;
    }
    if (this.#description === null) throw new TypeError("frame needs one before it: connect without since");
    return putTogether(this.#description, numbers);
  }
}

/** The bytes of a message, as the server makes them; `described` = false where the frame before said the same. */
export function writeFrame(message: SnapshotMessage | DeltaMessage, described = true): Uint8Array<ArrayBuffer> {
  const { description, numbers } = takeApart(message);
  return encodeFrame(described ? new TextEncoder().encode(JSON.stringify(description)) : null, numbers);
}
