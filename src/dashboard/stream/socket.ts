// The live connection: a WebSocket driven by the reconnect machine. Messages go out as they come; the caller decides
// when to draw.
import type { ServerMessage } from "../../shared/protocol/messages.ts";
import { parseMessage } from "./parse.ts";
import { type Connection, type ConnectionEvent, INITIAL_CONNECTION, nextConnection } from "./reconnect.ts";

const PING_EVERY_MS = 30_000;
/** Longest silence, pongs included, before the connection counts as dead. */
const SILENCE_MS = 70_000;
const CLIENT_GAVE_UP = 3_000;

export interface LiveSocketOptions {
  /** Address to connect to; asked again before each attempt, so that it can carry the last `seq`. */
  address(): string;
  onMessage(message: ServerMessage): void;
  onConnection(connection: Connection): void;
}

export class LiveSocket {
  readonly #options: LiveSocketOptions;
  #connection: Connection = INITIAL_CONNECTION;
  #socket: WebSocket | null = null;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #ping: ReturnType<typeof setInterval> | undefined;
  #heardAtMs = 0;

  constructor(options: LiveSocketOptions) {
    this.#options = options;
  }

  resume(): void {
    this.#step({ type: "resume" });
  }

  pause(): void {
    this.#step({ type: "pause" });
  }

  /** Drops the connection and makes a new one at once. */
  restart(): void {
    this.pause();
    this.resume();
  }

  #step(event: ConnectionEvent): void {
    const before = this.#connection;
    const after = nextConnection(before, event);
    if (after === before) return;
    this.#connection = after;
    clearTimeout(this.#retry);
    if (after.state !== "open" && after.state !== "connecting") this.#drop();
    if (after.state === "connecting") this.#connect();
    if (after.state === "waiting") this.#retry = setTimeout(() => this.#step({ type: "timer" }), after.delayMs);
    this.#options.onConnection(after);
  }

  #connect(): void {
    this.#drop();
    const socket = new WebSocket(this.#options.address());
    this.#socket = socket;
    this.#heardAtMs = Date.now();
    socket.addEventListener("message", ({ data }) => {
      if (socket !== this.#socket || typeof data !== "string") return;
      this.#heardAtMs = Date.now();
      const message = parseMessage(data);
      if (message === null) return;
      this.#step({ type: "message" });
      this.#options.onMessage(message);
    });
    socket.addEventListener("close", ({ code }) => {
      if (socket === this.#socket) this.#closed(code);
    });
    this.#ping = setInterval(() => {
      if (Date.now() - this.#heardAtMs > SILENCE_MS) this.#closed(CLIENT_GAVE_UP);
      else if (socket.readyState === WebSocket.OPEN) socket.send("ping");
    }, PING_EVERY_MS);
  }

  #closed(code: number): void {
    this.#drop();
    this.#step({ type: "closed", code, chance: Math.random() });
  }

  #drop(): void {
    clearInterval(this.#ping);
    const socket = this.#socket;
    this.#socket = null;
    // a browser reports the closing of a socket that is not open yet as an error of the page
    if (socket?.readyState === WebSocket.CONNECTING) socket.addEventListener("open", () => socket.close());
    else socket?.close();
  }
}
