// The simulated exchanges without a network: the same answers and streams as the server's, on a clock moved by hand, so
// that an hour of market time takes seconds and a seed decides everything.
import type { Fetch } from "../../durable-objects/feed/exchange-http.ts";
import type { StreamSocket } from "../../durable-objects/feed/stream.ts";
import type { VenueId } from "../../src/shared/market/symbol.ts";
import type { EpochMs } from "../../src/shared/time/clock.ts";
import type { Market } from "../../src/simulator/market/market.ts";
import { isListed } from "../../src/simulator/market/view.ts";
import { type FaultKind, Faults } from "../../src/simulator/server/faults.ts";
import { isRefusal, replyOf } from "../../src/simulator/server/reply.ts";
import type { StreamSession } from "../../src/simulator/server/sockets.ts";
import { PLAYED } from "../../src/simulator/server/venues.ts";

interface OpenSocket {
  venue: VenueId;
  session: StreamSession;
  pushedUntilMs: EpochMs;
  emit(type: string, event: object): void;
}

export class LocalExchanges {
  readonly faults = new Faults();
  /** Market time and wall time at once: the market runs at its own speed. */
  now: EpochMs;
  readonly #markets: readonly Market[];
  readonly #sockets = new Set<OpenSocket>();

  constructor(markets: readonly Market[], now: EpochMs) {
    this.#markets = markets;
    this.now = now;
  }

  /** A `fetch` for the exchange with base address `""`. */
  fetchFrom(venue: VenueId): Fetch {
    return async (path, init) => {
      const url = new URL(path, "http://exchange.invalid");
      const body = typeof init.body === "string" ? init.body : "";
      const request = { method: init.method ?? "GET", path: url.pathname, query: url.searchParams, body };
      const hits = this.faults.hitting(venue, url.pathname, this.now);
      const source = { now: this.now, wallMs: this.now, listed: (at: EpochMs) => this.#listed(venue, at), counts: {} };
      const answer = replyOf(venue, request, hits, source);
      if (answer.type === "none") return await new Promise<Response>(() => {});
      const { status, headers, body: text } = answer.reply;
      return new Response(answer.type === "slow" ? halfBody(text) : text, { status, headers });
    };
  }

  /** Opens the exchange's stream; refused like a request while a fault says so. */
  openStream(venue: VenueId, path: string): StreamSocket {
    const url = new URL(path, "http://exchange.invalid");
    const session = PLAYED[venue].stream?.(url.pathname, url.searchParams) ?? null;
    const hits = this.faults.hitting(venue, url.pathname, this.now);
    if (session === null || hits.some(isRefusal)) throw new Error("stream refused");
    const listeners = new Map<string, ((event: object) => void)[]>();
    const socket: OpenSocket = {
      venue,
      session,
      pushedUntilMs: this.now,
      emit: (type, event) => {
        for (const listener of listeners.get(type) ?? []) listener(event);
      },
    };
    if (!hits.some(({ fault }) => fault === "timeout")) {
      this.#sockets.add(socket);
      queueMicrotask(() => {
        socket.emit("open", {});
        this.#say(socket, session.opened());
      });
    }
    return {
      binaryType: "",
      send: (text) => this.#say(socket, session.receive(text)),
      close: () => void this.#sockets.delete(socket),
      addEventListener: (type, listener) => void listeners.set(type, [...(listeners.get(type) ?? []), listener]),
    };
  }

  /** Pushes to every stream what became visible since the last call. */
  push(): void {
    const active = this.faults.active(this.now);
    const has = (venue: VenueId, kind: FaultKind) =>
      active.some((fault) => fault.exchange === venue && fault.fault === kind);
    for (const socket of [...this.#sockets]) {
      const { venue, session, pushedUntilMs } = socket;
      if (has(venue, "drop-stream")) {
        this.#sockets.delete(socket);
        socket.emit("close", {});
        continue;
      }
      const texts = session.push(this.#listed(venue, this.now), pushedUntilMs, this.now);
      socket.pushedUntilMs = this.now;
      if (!has(venue, "empty")) this.#say(socket, texts);
    }
  }

  #say(socket: OpenSocket, texts: readonly string[]): void {
    if (!this.#sockets.has(socket)) return;
    for (const data of texts) socket.emit("message", { data });
  }

  #listed(venue: VenueId, at: EpochMs): Market[] {
    const found = this.#markets.filter((market) => market.venue === venue && isListed(market, at));
    for (const market of found) market.advance(at);
    return found;
  }
}

/** Half of a body, and then nothing until the reader gives up. */
function halfBody(text: string): ReadableStream {
  return new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode(text.slice(0, Math.ceil(text.length / 2)))),
  });
}
