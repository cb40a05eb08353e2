// When to connect, when to wait, when to give up: the life of the stream as a state machine without timers or sockets.
import { CLOSE_CODES } from "../../shared/protocol/messages.ts";

const FIRST_DELAY_MS = 1_000;
const MAX_DELAY_MS = 30_000;
/** Told to stay away: too many sockets from here. */
const CROWDED_DELAY_MS = 60_000;

export type Connection =
  | { state: "paused" }
  | { state: "connecting"; attempt: number }
  | { state: "open" }
  | { state: "waiting"; attempt: number; delayMs: number }
  /** The server refused the request itself: trying again cannot help. */
  | { state: "refused"; code: number };

export type ConnectionEvent =
  /** The page is shown, or its network is back. */
  | { type: "resume" }
  /** The page is hidden, or its network is gone. */
  | { type: "pause" }
  /** The first message of a connection has arrived. */
  | { type: "message" }
  /** `chance` 0 … 1 spreads the clients of a restarted server. */
  | { type: "closed"; code: number; chance: number }
  | { type: "timer" };

export const INITIAL_CONNECTION: Connection = { state: "paused" };

/** Returns the next state. The shell connects on entering `connecting` and starts a timer on entering `waiting`. */
export function nextConnection(now: Connection, event: ConnectionEvent): Connection {
  if (event.type === "pause") return now.state === "refused" ? now : { state: "paused" };
  switch (now.state) {
    case "paused":
      return event.type === "resume" ? { state: "connecting", attempt: 0 } : now;
    case "connecting":
      if (event.type === "message") return { state: "open" };
      return event.type === "closed" ? afterClose(event, now.attempt) : now;
    case "open":
      return event.type === "closed" ? afterClose(event, 0) : now;
    case "waiting":
      if (event.type === "timer") return { state: "connecting", attempt: now.attempt };
      return event.type === "resume" ? { state: "connecting", attempt: 0 } : now;
    case "refused":
      return now;
  }
}

/** Delay before attempt `attempt + 1`: doubled each time up to 30 s, then between half and all of it. */
export function backOffMs(attempt: number, chance: number): number {
  const ceiling = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempt, 10));
  return Math.round(ceiling * (0.5 + 0.5 * chance));
}

function afterClose(event: { code: number; chance: number }, attempt: number): Connection {
  if (event.code === CLOSE_CODES["bad-request"] || event.code === CLOSE_CODES["unknown-symbol"]) {
    return { state: "refused", code: event.code };
  }
  const crowded = event.code === CLOSE_CODES["too-many-sockets"];
  const delayMs = backOffMs(attempt, event.chance) + (crowded ? CROWDED_DELAY_MS : 0);
  return { state: "waiting", attempt: attempt + 1, delayMs };
}
