// Streams: which sockets are open, and pushing what became visible since the last tick, once to each.

import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import type { VenueId } from "../../shared/market/symbol.ts";
import type { EpochMs } from "../../shared/time/clock.ts";
import type { Market } from "../market/market.ts";

/** What a stream has to say, and to whom. */
export interface StreamSession {
  /** Called once after the connection opened: texts to send at once. */
  opened(): string[];
  /** Answers a text message. */
  receive(text: string): string[];
  /** Texts for what became visible in `(afterMs, now]`, given the subscriptions. */
  push(markets: readonly Market[], afterMs: EpochMs, now: EpochMs): string[];
}

interface Connection {
  venue: VenueId;
  socket: WebSocket;
  session: StreamSession;
  pushedUntilMs: EpochMs;
}

// the exchanges ping every three minutes (Binance) or expect to be pinged (Bybit, OKX); a ping more harms nobody
const PING_EVERY_MS = 180_000;

export class Sockets {
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #connections = new Set<Connection>();
  #lastPingWallMs = 0;

  accept(
    request: IncomingMessage,
    duplex: Duplex,
    head: Buffer,
    venue: VenueId,
    session: StreamSession,
    nowMs: EpochMs,
  ): void {
    this.#server.handleUpgrade(request, duplex, head, (socket) => {
      const connection: Connection = { venue, socket, session, pushedUntilMs: nowMs };
      this.#connections.add(connection);
      socket.on("close", () => this.#connections.delete(connection));
      // a broken connection ends in "close", which is all that matters here
      socket.on("error", () => socket.terminate());
      socket.on("message", (data) => this.#send(connection, session.receive(textOf(data))));
      this.#send(connection, session.opened());
    });
  }

  /** Pushes to every socket; `isSilent` and `isDropped` say which exchanges misbehave. */
  tick(
    wallMs: EpochMs,
    now: EpochMs,
    marketsOf: (venue: VenueId) => readonly Market[],
    isSilent: (venue: VenueId) => boolean,
    isDropped: (venue: VenueId) => boolean,
  ): void {
    const ping = wallMs - this.#lastPingWallMs >= PING_EVERY_MS;
    if (ping) this.#lastPingWallMs = wallMs;
    for (const connection of this.#connections) {
      const { venue, socket, session } = connection;
      if (isDropped(venue)) {
        socket.terminate();
        continue;
      }
      if (ping) socket.ping();
      const texts = session.push(marketsOf(venue), connection.pushedUntilMs, now);
      connection.pushedUntilMs = now;
      if (!isSilent(venue)) this.#send(connection, texts);
    }
  }

  count(venue: VenueId): number {
    return [...this.#connections].filter((connection) => connection.venue === venue).length;
  }

  close(): void {
    for (const { socket } of this.#connections) socket.terminate();
    this.#connections.clear();
    this.#server.close();
  }

  #send(connection: Connection, texts: readonly string[]): void {
    if (connection.socket.readyState !== connection.socket.OPEN) return;
    for (const text of texts) connection.socket.send(text);
  }
}

function textOf(data: RawData): string {
  return Array.isArray(data) ? Buffer.concat(data).toString() : Buffer.from(data as Buffer).toString();
}
