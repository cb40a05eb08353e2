// The simulated exchanges: one HTTP and WebSocket server on the loopback address, one path prefix per exchange.
// REST under /binance, /bybit, /okx, /hyperliquid, /bitget, /gate; streams under /binance-stream, /bybit-stream, /okx-stream, /bitget-stream, /gate-stream; control under /control.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { isVenueId, VENUES, type VenueId } from "../shared/market/symbol.ts";
import { type ClockLine, type EpochMs, MINUTE_MS, marketTime } from "../shared/time/clock.ts";
import type { Market } from "./market/market.ts";
import { isListed } from "./market/view.ts";
import { answerControl } from "./server/control.ts";
import { changedFields, emptied, truncated } from "./server/distort.ts";
import { type ActiveFault, type FaultKind, type FaultOrder, Faults } from "./server/faults.ts";
import { type RefusalKind, refuse } from "./server/refusals.ts";
import { Sockets } from "./server/sockets.ts";
import { PLAYED } from "./server/venues.ts";
import { jsonReply, type WireReply, type WireRequest } from "./server/wire.ts";

export interface SimulatorOptions {
  /** 0 or absent: any free port. */
  port?: number;
  host?: "127.0.0.1";
  clock: ClockLine;
  wallNow?: () => EpochMs;
  markets: Market[];
}

export interface Simulator {
  port: number;
  /** Base addresses to configure an adapter with; no stream where the exchange has no liquidation feed. */
  base(venue: VenueId): { rest: string; stream: string | null };
  faults: {
    add(order: Pick<FaultOrder, "exchange" | "fault"> & Partial<FaultOrder>): void;
    /** Ends the faults of an exchange, or all. */
    clear(exchange?: VenueId): void;
  };
  /** Pushes to the streams what became visible; happens by itself four times a second. */
  tick(): void;
  close(): Promise<void>;
}

const TICK_MS = 250;
const OLD_BY_MS = 10 * MINUTE_MS;
const SKEW_MS = 5 * MINUTE_MS;
const SLOW_BODY_MS = 20_000;

/** Starts the server; it listens when the promise is fulfilled. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { clock, markets } = options;
  const wallNow = options.wallNow ?? Date.now;
  const marketNow = () => marketTime(clock, wallNow());
  const faults = new Faults();
  const sockets = new Sockets();
  const counts: Record<string, Record<string, number>> = {};
  const slowAnswers = new Set<NodeJS.Timeout>();
  /** Handshakes that a fault never answers. */
  const stalled = new Set<Duplex>();

  /** Listed markets of an exchange, with every minute that has begun by `now`. */
  function listed(venue: VenueId, now: EpochMs): Market[] {
    const found = markets.filter((market) => market.venue === venue && isListed(market, now));
    for (const market of found) market.advance(now);
    return found;
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const [, prefix = ""] = url.pathname.split("/");
    if (prefix !== "control" && !isVenueId(prefix)) {
      send(response, jsonReply({ error: `unknown prefix ${prefix}`, expected: [...VENUES, "control"] }, 404));
      return;
    }
    readBody(request)
      .then((body) => {
        const below: WireRequest = {
          method: request.method ?? "GET",
          path: url.pathname.slice(prefix.length + 1),
          query: url.searchParams,
          body,
        };
        if (prefix === "control") {
          const state = { clock, now: marketNow(), wallMs: wallNow(), markets, faults, counts, sockets };
          send(response, answerControl(below, state));
        } else {
          answerVenue(prefix, below, response);
        }
      })
      .catch((error: unknown) => {
        // a client that went away needs no answer; anything else is a bug of ours and says so
        if (!response.headersSent) send(response, jsonReply({ error: `simulator: ${String(error)}` }, 500));
        else response.destroy();
      });
  });

  function answerVenue(venue: VenueId, request: WireRequest, response: ServerResponse): void {
    count(venue, request.path);
    const wallMs = wallNow();
    const hits = faults.hitting(venue, request.path, wallMs);
    const has = (kind: FaultKind) => hits.some((fault) => fault.fault === kind);
    if (has("timeout")) return;
    const now = marketNow();
    const refusal = hits.find(isRefusal);
    if (refusal !== undefined) {
      send(response, refuse(venue, refusal.fault, now, wallMs));
      return;
    }
    const seenMs = has("old-timestamps") ? now - OLD_BY_MS : now;
    const context = { now: seenMs, stampMs: stampOf(seenMs, hits), markets: listed(venue, seenMs) };
    let reply = PLAYED[venue].answer(request, context);
    if (venue === "binance") reply = withWeight(reply, counts[venue]);
    if (reply.status === 200) {
      if (has("empty")) reply = emptied(venue, reply);
      if (has("changed-fields")) reply = changedFields(reply);
      if (has("truncated")) reply = truncated(reply);
    }
    if (has("slow-body")) sendSlowly(response, reply);
    else send(response, reply);
  }

  function count(venue: VenueId, path: string): void {
    const ofVenue = counts[venue] ?? {};
    ofVenue[path] = (ofVenue[path] ?? 0) + 1;
    counts[venue] = ofVenue;
  }

  /** Sends half of the body at once and the rest much later. */
  function sendSlowly(response: ServerResponse, reply: WireReply): void {
    const half = Math.ceil(reply.body.length / 2);
    response.writeHead(reply.status, reply.headers);
    response.write(reply.body.slice(0, half));
    const timer = setTimeout(() => {
      slowAnswers.delete(timer);
      response.end(reply.body.slice(half));
    }, SLOW_BODY_MS);
    slowAnswers.add(timer);
  }

  server.on("upgrade", (request: IncomingMessage, duplex: Duplex, head: Buffer) => {
    // the client may go away during the handshake
    duplex.on("error", () => duplex.destroy());
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const [, prefix = ""] = url.pathname.split("/");
    const venue = prefix.replace(/-stream$/, "");
    const open = prefix.endsWith("-stream") && isVenueId(venue) ? PLAYED[venue].stream : null;
    const path = url.pathname.slice(prefix.length + 1);
    const session = open?.(path, url.searchParams) ?? null;
    if (session === null || !isVenueId(venue)) {
      endUpgrade(duplex, 404);
      return;
    }
    count(venue, `stream ${path}`);
    const hits = faults.hitting(venue, path, wallNow());
    if (hits.some((fault) => fault.fault === "timeout")) {
      stalled.add(duplex);
      duplex.on("close", () => stalled.delete(duplex));
      return;
    }
    const refusal = hits.find(isRefusal);
    if (refusal !== undefined) {
      endUpgrade(duplex, refuse(venue, refusal.fault, marketNow(), wallNow()).status);
      return;
    }
    sockets.accept(request, duplex, head, venue, session, marketNow());
  });

  function tick(): void {
    const wallMs = wallNow();
    const now = marketNow();
    const active = faults.active(wallMs);
    const has = (venue: VenueId, kind: FaultKind) =>
      active.some((fault) => fault.exchange === venue && fault.fault === kind);
    sockets.tick(
      wallMs,
      now,
      (venue) => listed(venue, now),
      (venue) => has(venue, "empty"),
      (venue) => has(venue, "drop-stream"),
    );
  }

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, options.host ?? "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  const ticker = setInterval(tick, TICK_MS);

  return {
    port,
    base: (venue) => ({
      rest: `http://127.0.0.1:${port}/${venue}`,
      stream: PLAYED[venue].stream === null ? null : `ws://127.0.0.1:${port}/${venue}-stream`,
    }),
    faults: {
      add: (order) => faults.add({ forMs: null, probability: 1, path: null, ...order }, wallNow(), marketNow()),
      clear: (exchange) => faults.clear(exchange ?? null),
    },
    tick,
    close() {
      clearInterval(ticker);
      for (const timer of slowAnswers) clearTimeout(timer);
      for (const duplex of stalled) duplex.destroy();
      sockets.close();
      return new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        // requests that a fault keeps waiting would hold the server open
        server.closeAllConnections();
      });
    },
  };
}

const REFUSALS: readonly FaultKind[] = ["429", "418", "451", "403-html", "5xx"];

function isRefusal(fault: ActiveFault): fault is ActiveFault & { fault: RefusalKind } {
  return REFUSALS.includes(fault.fault);
}

/** What the exchange prints as its own time. */
function stampOf(now: EpochMs, hits: readonly ActiveFault[]): EpochMs {
  const repeated = hits.find((fault) => fault.fault === "repeated-timestamps");
  if (repeated !== undefined) return Math.min(now, repeated.sinceMarketMs);
  return hits.some((fault) => fault.fault === "clock-skew") ? now + SKEW_MS : now;
}

/** Binance reports the weight used; the simulator does not enforce a limit, so this is only a count. */
function withWeight(reply: WireReply, counts: Record<string, number> | undefined): WireReply {
  const used = Object.values(counts ?? {}).reduce((sum, requests) => sum + requests, 0) % 2400;
  return { ...reply, headers: { ...reply.headers, "x-mbx-used-weight-1m": String(used) } };
}

function send(response: ServerResponse, reply: WireReply): void {
  response.writeHead(reply.status, reply.headers);
  response.end(reply.body);
}

function endUpgrade(duplex: Duplex, status: number): void {
  duplex.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
