// Text of the stream to a message. Anything that is not one of ours is dropped.
import { PROTOCOL_VERSION, type ServerMessage } from "../../shared/protocol/messages.ts";

/** Returns the message, or null for the answer to our ping and for what this version does not know. */
export function parseMessage(text: string): ServerMessage | null {
  if (text === "pong") return null;
  try {
    const message = JSON.parse(text) as Partial<ServerMessage> | null;
    if (message?.v !== PROTOCOL_VERSION || typeof message.seq !== "number") return null;
    const known = message.type === "snapshot" || message.type === "delta" || message.type === "resync";
    return known ? (message as ServerMessage) : null;
  } catch {
    // not JSON: a proxy's page, nothing to show
    return null;
  }
}
