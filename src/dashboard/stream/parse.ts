// Text of the stream to a message. Anything that is not one of ours is dropped.
import { PROTOCOL_VERSION, type ServerMessage } from "../../shared/protocol/messages.ts";

const KNOWN: ReadonlySet<string> = new Set<ServerMessage["type"]>(["snapshot", "delta", "gap", "resync"]);

/** Returns the message, or null for the answer to our ping and for what this version does not know. */
export function parseMessage(text: string): ServerMessage | null {
  if (text === "pong") return null;
  try {
    const message = JSON.parse(text) as Partial<ServerMessage> | null;
    if (message?.v !== PROTOCOL_VERSION || typeof message.seq !== "number") return null;
    return KNOWN.has(message.type ?? "") ? (message as ServerMessage) : null;
  } catch {
    // not JSON: a proxy's page, nothing to show
    return null;
  }
}
