// A server for tests of the page: the built files, and seeded invented answers in the API's shapes. No real prices.
// Run alone: node test/support/dashboard-stand-in.ts [port]
import { readFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { pathToFileURL } from "node:url";
import { type WebSocket, WebSocketServer } from "ws";
import { FakeMarket } from "./dashboard-fake-market.ts";

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

export interface StandInOptions {
  /** Folder with the built page. */
  files: string;
  /** What every request for a heatmap gets: figures, an empty history, or a problem. */
  answer?: "map" | "empty" | "problem";
  dataSource?: "live" | "simulated" | "replay";
  /** Time between stream messages; 0 = snapshot only. */
  tickMs?: number;
  port?: number;
}

export interface StandIn {
  url: string;
  market: FakeMarket;
  sockets: Set<WebSocket>;
  close(): Promise<void>;
}

export async function startStandIn(options: StandInOptions): Promise<StandIn> {
  const { files, answer = "map", dataSource = "simulated", tickMs = 1_000, port = 0 } = options;
  const market = new FakeMarket(dataSource, Date.now());
  const headers = pageHeaders(await readFile(join(files, "_headers"), "utf8"));
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://stand-in");
    const query = url.searchParams;
    if (url.pathname === "/v1/symbols") return sendJson(response, 200, market.symbols());
    if (url.pathname === "/v1/status") return sendJson(response, 200, market.status(answer === "empty" ? 0.42 : 1));
    if (url.pathname.startsWith("/v1/map/")) return sendJson(response, 200, market.map(query));
    if (url.pathname.startsWith("/v1/heatmap/")) {
      if (answer === "problem") {
        const detail = "range 30d has no column finer than 6h under this filter";
        return sendJson(response, 400, { title: "bad request", status: 400, detail }, "application/problem+json");
      }
      return sendJson(response, 200, answer === "empty" ? market.emptyHeatmap(query) : market.heatmap(query));
    }
    void sendFile(response, files, url.pathname, headers);
  });
  const socketServer = new WebSocketServer({ server, path: "/v1/stream" });
  const timers = new Set<NodeJS.Timeout>();
  socketServer.on("connection", (socket, request) => {
    const query = new URL(request.url ?? "/", "http://stand-in").searchParams;
    socket.send(JSON.stringify(market.snapshot(query)));
    socket.on("message", (data) => {
      if (String(data) === "ping") socket.send("pong");
    });
    if (tickMs === 0) return;
    const timer = setInterval(() => socket.send(JSON.stringify(market.delta(query, Date.now()))), tickMs);
    timers.add(timer);
    socket.on("close", () => clearInterval(timer));
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    market,
    sockets: socketServer.clients,
    close: async () => {
      for (const timer of timers) clearInterval(timer);
      for (const socket of socketServer.clients) socket.terminate();
      socketServer.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function sendJson(response: ServerResponse, status: number, body: unknown, type = "application/json"): void {
  response.writeHead(status, { "content-type": type }).end(JSON.stringify(body));
}

async function sendFile(
  response: ServerResponse,
  files: string,
  pathname: string,
  headers: Record<string, string>,
): Promise<void> {
  const path = normalize(pathname === "/" ? "/index.html" : pathname);
  try {
    const body = await readFile(join(files, path));
    response
      .writeHead(200, { ...headers, "content-type": TYPES[extname(path)] ?? "application/octet-stream" })
      .end(body);
  } catch {
    // not one of the built files
    response.writeHead(404).end();
  }
}

/** The headers that `_headers` gives every page, so that tests run under the real policy. */
function pageHeaders(text: string): Record<string, string> {
  const block = text.split("\n\n")[0] ?? "";
  const lines = block.split("\n").slice(1);
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf(":");
      return [line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()];
    }),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const server = await startStandIn({ files: "dist/dashboard", port: Number(process.argv[2] ?? "8790") });
  console.log(`stand-in with invented figures on ${server.url}`);
}
