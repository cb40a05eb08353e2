// The liquidation stream of a venue: one outbound socket, tended by the alarm. It has no timer of its own, and
// whatever happens to it never stops polling.
import type { EpochMs } from "../../src/shared/time/clock.ts";
import type { PayloadKind, StreamPlan } from "../../src/shared/venue/venue.ts";
import { reasonOf } from "../actor/time-limit.ts";
import { type BackOff, backOffMs } from "./back-off.ts";

/** The part of a WebSocket that is used. */
export interface StreamSocket {
  binaryType: string;
  send(text: string): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: "open" | "message" | "close" | "error", listener: (event: object) => void): void;
}

export interface StreamOptions {
  plan: StreamPlan;
  base: string;
  open: (url: string) => StreamSocket;
  wall: () => EpochMs;
  random: () => number;
  /** Wall time between two calls of `tend`, the only moments at which a ping can leave. */
  tickMs: number;
  onPayload: (kind: PayloadKind, payload: unknown) => void;
  /** An error of our own while reading a message: no one above a socket's listener would see it. */
  onBug: (error: unknown) => void;
}

/** `subscribing`: connected, and not yet told that the subscription stands; `open`: liquidations are listened to. */
export const STREAM_STATES = ["idle", "connecting", "subscribing", "open", "waiting"] as const;
export type StreamState = (typeof STREAM_STATES)[number];

export interface StreamReport {
  state: StreamState;
  /** Wall time of the last state change. */
  sinceMs: EpochMs;
  lastMessageMs: EpochMs | null;
  messages: number;
  /** Connections after the first: each is a gap, no venue resends what was missed. */
  reconnects: number;
  lastGap: { fromMs: EpochMs; toMs: EpochMs } | null;
  lastReason: string | null;
}

const CONNECT_LIMIT_MS = 10_000;
// Binance allows 300 connections in five minutes, Hyperliquid 30 in one: half a minute between tries is far below
const RECONNECT: BackOff = { baseMs: 1_000, capMs: 30_000 };

export class Stream {
  readonly #options: StreamOptions;
  #socket: StreamSocket | null = null;
  #subscribed = "";
  #retryAt: EpochMs = 0;
  #failures = 0;
  #pingAt: EpochMs = 0;
  #downSince: EpochMs | null = null;
  /** Messages of the open connection's subscription that the exchange has accepted, and how many there are. */
  #accepted = 0;
  #asked = 0;
  /** Wall time from which the open connection listens, else null. */
  #heardSince: EpochMs | null = null;
  #hasListened = false;
  #report: StreamReport;

  constructor(options: StreamOptions) {
    this.#options = options;
    this.#report = {
      state: "idle",
      sinceMs: options.wall(),
      lastMessageMs: null,
      messages: 0,
      reconnects: 0,
      lastGap: null,
      lastReason: null,
    };
  }

  /** Called at every tick: connects, pings, and gives up a connection that has gone silent. */
  tend(venueSymbols: readonly string[], mayConnect: boolean): void {
    const { plan, wall, tickMs } = this.#options;
    const now = wall();
    const { state, sinceMs, lastMessageMs } = this.#report;
    const wanted = venueSymbols.join(",");
    if (this.#socket === null) {
      if (mayConnect && wanted !== "" && now >= this.#retryAt) this.#connect(venueSymbols);
      return;
    }
    if (state === "connecting") {
      if (now - sinceMs > CONNECT_LIMIT_MS) this.#drop(this.#socket, `not open after ${CONNECT_LIMIT_MS} ms`);
    } else if (wanted !== this.#subscribed) {
      this.#drop(this.#socket, "the set of contracts changed");
    } else if (now - Math.max(lastMessageMs ?? 0, sinceMs) > plan.silenceMs) {
      this.#drop(this.#socket, `silent for more than ${plan.silenceMs} ms`);
    } else if (state === "subscribing" && now - sinceMs > plan.silenceMs) {
      this.#drop(this.#socket, `the subscription was not answered within ${plan.silenceMs} ms`);
    } else if (plan.ping !== null && now + tickMs > this.#pingAt) {
      // the next tick would be too late
      this.#pingAt = now + plan.ping.everyMs;
      this.#trySend(this.#socket, [plan.ping.message]);
    }
  }

  /** Why liquidations may be missing now, or null. */
  down(afterMs: number): string | null {
    if (this.#downSince === null || this.#options.wall() - this.#downSince < afterMs) return null;
    return `liquidation stream down: ${this.#report.lastReason ?? "not open"}`;
  }

  /** Wall times from which the open connection listens and of its newest message, or null. */
  heard(): { fromMs: EpochMs; toMs: EpochMs } | null {
    const toMs = this.#report.lastMessageMs;
    return this.#heardSince === null || toMs === null ? null : { fromMs: this.#heardSince, toMs };
  }

  report(): StreamReport {
    return { ...this.#report };
  }

  #connect(venueSymbols: readonly string[]): void {
    const { base, plan, open, wall } = this.#options;
    this.#downSince ??= wall();
    this.#enter("connecting");
    this.#subscribed = venueSymbols.join(",");
    try {
      const socket = open(base + plan.path(venueSymbols));
      // since compatibility date 2026-03-17 binary messages would arrive as Blob
      socket.binaryType = "arraybuffer";
      this.#socket = socket;
      socket.addEventListener("open", () => this.#opened(socket, venueSymbols));
      socket.addEventListener("message", (event) => this.#received(socket, "data" in event ? event.data : null));
      socket.addEventListener("close", () => this.#drop(socket, "closed by the exchange"));
      socket.addEventListener("error", () => this.#drop(socket, "connection failed"));
    } catch (error) {
      this.#socket = null;
      this.#wait(reasonOf(error));
    }
  }

  #opened(socket: StreamSocket, venueSymbols: readonly string[]): void {
    if (socket !== this.#socket) return;
    const { plan, wall } = this.#options;
    this.#enter("subscribing");
    this.#pingAt = wall() + (plan.ping?.everyMs ?? 0);
    const messages = plan.subscribe(venueSymbols);
    this.#asked = plan.acknowledges ? messages.length : 0;
    this.#accepted = 0;
    this.#trySend(socket, messages);
  }

  #received(socket: StreamSocket, data: unknown): void {
    if (socket !== this.#socket) return;
    this.#report.lastMessageMs = this.#options.wall();
    this.#report.messages += 1;
    try {
      this.#read(socket, parseMessage(data));
    } catch (error) {
      this.#options.onBug(error);
    }
  }

  #read(socket: StreamSocket, payload: unknown): void {
    const { plan, onPayload } = this.#options;
    const answer = payload === null ? null : plan.answerOf(payload);
    if (answer?.accepted === false) {
      this.#drop(socket, `the exchange refused the subscription: ${answer.reason}`);
      onPayload("stream-subscribe-ack", payload);
      return;
    }
    if (answer !== null) this.#accepted += 1;
    const kind = payload === null ? null : plan.kindOf(payload);
    // what arrives was subscribed, whether or not we understood the answer
    if (this.#accepted >= this.#asked || kind === "liquidation-stream") this.#listen();
    if (kind !== null) onPayload(kind, payload);
  }

  /** From now on silence means that nothing was liquidated. */
  #listen(): void {
    if (this.#heardSince !== null) return;
    const now = this.#options.wall();
    if (this.#hasListened && this.#downSince !== null) this.#report.lastGap = { fromMs: this.#downSince, toMs: now };
    this.#downSince = null;
    this.#failures = 0;
    this.#heardSince = now;
    this.#hasListened = true;
    this.#enter("open");
  }

  #trySend(socket: StreamSocket, messages: readonly string[]): void {
    try {
      for (const message of messages) socket.send(message);
    } catch (error) {
      this.#drop(socket, reasonOf(error));
    }
  }

  #drop(socket: StreamSocket, reason: string): void {
    if (socket !== this.#socket) return;
    this.#socket = null;
    this.#heardSince = null;
    try {
      socket.close(1000, "reconnecting");
    } catch {
      // a socket that failed to open or is closed already needs no close
    }
    // what was missed began with the last message, not with our noticing
    this.#downSince ??= this.#report.lastMessageMs ?? this.#options.wall();
    this.#wait(reason);
  }

  #wait(reason: string): void {
    this.#failures += 1;
    this.#report.reconnects += 1;
    this.#report.lastReason = reason;
    this.#retryAt = this.#options.wall() + backOffMs(RECONNECT, this.#failures, this.#options.random);
    this.#enter("waiting");
  }

  #enter(state: StreamState): void {
    this.#report.state = state;
    this.#report.sinceMs = this.#options.wall();
  }
}

/** A message as JSON, or null for what is not: pongs are plain text at OKX. */
function parseMessage(data: unknown): unknown {
  const text = data instanceof ArrayBuffer ? new TextDecoder().decode(data) : data;
  if (typeof text !== "string") return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
