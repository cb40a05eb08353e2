// Requests per second over loopback sockets, with a client that is cheap enough not to be what is measured.
import { connect } from "node:net";

const CONNECTIONS = 8;
/** Requests under way on one connection. */
const PIPELINED = 8;
const STATUS_LINE = "HTTP/1.1 ";

export async function requestsPerSecond(port: number, path: string, durationMs: number): Promise<number> {
  const startedAt = performance.now();
  const counts = await Promise.all(
    Array.from({ length: CONNECTIONS }, () => answersOn(port, path, startedAt + durationMs)),
  );
  return (counts.reduce((a, b) => a + b, 0) * 1_000) / (performance.now() - startedAt);
}

/** Keeps one connection busy until `until`; the number of answers, of which each must be a 200. */
function answersOn(port: number, path: string, until: number): Promise<number> {
  const request = `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n`;
  return new Promise((settle, fail) => {
    const socket = connect(port, "127.0.0.1");
    let sent = PIPELINED;
    let answered = 0;
    // a status line may be cut by the end of a chunk
    let carried = "";
    socket.on("data", (chunk: Buffer) => {
      const text = carried + chunk.toString("latin1");
      let at = text.indexOf(STATUS_LINE);
      let end = 0;
      for (; at >= 0 && at + STATUS_LINE.length + 3 <= text.length; at = text.indexOf(STATUS_LINE, end)) {
        end = at + STATUS_LINE.length + 3;
        if (text.slice(end - 3, end) !== "200") socket.destroy(new Error(`${path}: ${text.slice(at, end)}`));
        answered += 1;
        if (performance.now() < until) {
          sent += 1;
          socket.write(request);
        }
      }
      carried = text.slice(Math.max(end, text.length - STATUS_LINE.length - 2));
      if (answered === sent) socket.end();
    });
    socket.once("error", fail);
    socket.once("close", () => settle(answered));
    socket.write(request.repeat(PIPELINED));
  });
}

/** Wall time in ms of one request, its body read. */
export async function requestMs(port: number, path: string): Promise<number> {
  const before = performance.now();
  const response = await fetch(`http://127.0.0.1:${port}${path}`);
  await response.arrayBuffer();
  if (response.status !== 200) throw new Error(`${path} answered ${response.status}`);
  return performance.now() - before;
}
