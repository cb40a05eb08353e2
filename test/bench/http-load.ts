// Requests per second over loopback sockets, with a client that is cheap enough not to be what is measured.
import { connect } from "node:net";
import { summary } from "./benchmark.ts";
import { cpuMs, workerdPid } from "./process-cpu.ts";

const CONNECTIONS = 8;
/** Requests under way on one connection. */
const PIPELINED = 8;
const STATUS_LINE = "HTTP/1.1 ";

const ROUNDS = 4;
const ROUND_MS = 1_500;

/** Rates of two addresses, in rounds in turn, so that what else the machine does meets both alike. */
export async function compareRates(port: number, path: string, barePath: string, headers = "") {
  const rates = { own: [] as number[], bare: [] as number[] };
  const cpu = { own: [] as number[], bare: [] as number[] };
  const pid = workerdPid();
  const used = () => (pid === null ? Number.NaN : cpuMs(pid));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [which, asked] of [
      ["bare", barePath],
      ["own", path],
    ] as const) {
      const before = used();
      const rate = await requestsPerSecond(port, asked, ROUND_MS, headers);
      cpu[which].push((used() - before) / ((rate * ROUND_MS) / 1_000));
      rates[which].push(rate);
    }
  }
  // the first round warms up
  const mean = (samples: number[]) => summary(samples.slice(1)).mean;
  const [own, bare] = [mean(rates.own), mean(rates.bare)];
  return { own, bare, ratio: own / bare, ownCpuMs: mean(cpu.own), bareCpuMs: mean(cpu.bare) };
}

/** `headers`: lines of the request, each with its line end. */
async function requestsPerSecond(port: number, path: string, durationMs: number, headers: string): Promise<number> {
  const startedAt = performance.now();
  const counts = await Promise.all(
    Array.from({ length: CONNECTIONS }, () => answersOn(port, path, headers, startedAt + durationMs)),
  );
  return (counts.reduce((a, b) => a + b, 0) * 1_000) / (performance.now() - startedAt);
}

/** Keeps one connection busy until `until`; the number of answers, of which each must be a 200. */
function answersOn(port: number, path: string, headers: string, until: number): Promise<number> {
  const request = `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n${headers}\r\n`;
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
