// A relay's socket, passed on as server-sent events: the relay hibernates as for any socket, and this Worker waits
// without using CPU time (docs/decisions/0052-events-over-the-relays-socket.md).
import { eventText, HEARTBEAT, retryText } from "./event-text.ts";

/** Connections without traffic are cut after minutes, at some proxies after half of one. */
const HEARTBEAT_MS = 15_000;
/** A client that takes less than it is sent is let go: it comes back and resumes. Room for many whole columns. */
const MAX_WAITING_BYTES = 1024 * 1024;

/** Ends when the relay closes; a client that leaves closes the relay's socket. */
export function eventStream(socket: WebSocket, retryMs: number, heartbeatMs = HEARTBEAT_MS): ReadableStream {
  const encoder = new TextEncoder();
  let heartbeat: ReturnType<typeof setInterval> | null = null;
  let ended = false;
  const end = () => {
    if (ended) return false;
    ended = true;
    if (heartbeat !== null) clearInterval(heartbeat);
    if (socket.readyState === WebSocket.OPEN) socket.close(1000);
    return true;
  };
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const finish = () => {
          if (end()) controller.close();
        };
        const send = (text: string) => {
          if (ended) return;
          controller.enqueue(encoder.encode(text));
          if ((controller.desiredSize ?? 0) <= 0) finish();
        };
        socket.addEventListener("message", ({ data }) => {
          const event = typeof data === "string" ? eventText(data) : null;
          if (event !== null) send(event);
        });
        socket.addEventListener("close", finish);
        socket.addEventListener("error", finish);
        send(retryText(retryMs));
        socket.accept();
        heartbeat = setInterval(() => send(HEARTBEAT), heartbeatMs);
      },
      cancel() {
        end();
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: MAX_WAITING_BYTES }),
  );
}
