// `npm start` as a child process for tests: a state folder and a port of its own, and nothing of it left afterwards.
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const START_LIMIT_MS = 120_000;
const STOP_LIMIT_MS = 30_000;

export interface LocalRun {
  url: string;
  port: number;
  /** Where the simulated exchanges take faults. */
  control: string;
  pid: number;
  output(): string;
  /** Sends a signal and waits for the end; SIGINT goes to the whole process group, as from a terminal. */
  end(signal: "SIGINT" | "SIGKILL"): Promise<number | null>;
  /** Processes below this one. */
  descendants(): number[];
}

/** A temporary folder; `remove` deletes it. */
export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "faultline-test-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }) };
}

/** Runs to its end: for refusals. */
export function startToEnd(args: readonly string[], state: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/start.ts", ...args], {
    encoding: "utf8",
    env: environment(state),
    timeout: START_LIMIT_MS,
  });
  return { status, stdout, stderr };
}

/** Starts and waits until it says that it runs. Every started run must be given to `endAll`. */
export async function startLocal(args: readonly string[], state: string, port?: number): Promise<LocalRun> {
  const chosen = port ?? (await freePort());
  const child = spawn(process.execPath, ["scripts/start.ts", "--port", String(chosen), ...args], {
    env: environment(state),
    stdio: ["ignore", "pipe", "pipe"],
    // a process group of its own: a signal to the group is what a terminal's Ctrl-C does
    detached: true,
  });
  const { pid } = child;
  if (pid === undefined) throw new Error("scripts/start.ts could not be started");
  const known = new Set<number>([pid]);
  started.push({ child, known });
  let text = "";
  const collect = (chunk: Buffer) => {
    text += chunk.toString();
  };
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  const ended = new Promise<number | null>((settle) => child.once("exit", (code) => settle(code)));
  await until(
    "start says that it runs",
    () => {
      if (child.exitCode !== null) throw new Error(`start ended with ${child.exitCode}: ${text}`);
      return text.includes("Ctrl-C stops everything") ? true : null;
    },
    { limitMs: START_LIMIT_MS, about: () => text },
  );
  const descendants = () => descendantsOf(pid);
  for (const id of descendants()) known.add(id);
  return {
    url: `http://127.0.0.1:${chosen}`,
    port: chosen,
    control: /faults: (\S+)/.exec(text)?.[1] ?? "",
    pid,
    output: () => text,
    descendants,
    end(signal) {
      for (const id of descendants()) known.add(id);
      if (signal === "SIGINT") process.kill(-pid, signal);
      else child.kill(signal);
      return Promise.race([
        ended,
        new Promise<never>((_, fail) => {
          const timer = setTimeout(
            () => fail(new Error(`no end within ${STOP_LIMIT_MS} ms of ${signal}: ${text}`)),
            STOP_LIMIT_MS,
          );
          void ended.then(() => clearTimeout(timer));
        }),
      ]);
    },
  };
}

const started: { child: ChildProcess; known: Set<number> }[] = [];

/** Ends whatever is left of the runs of this file: only processes that were seen below one of them. */
export function endAll(): void {
  for (const { child, known } of started.splice(0)) {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      for (const id of descendantsOf(child.pid)) known.add(id);
      child.kill("SIGKILL");
    }
    for (const id of known) {
      if (/workerd|esbuild/.test(commandOf(id))) process.kill(id, "SIGKILL");
    }
  }
}

function environment(state: string): NodeJS.ProcessEnv {
  return { ...process.env, FAULTLINE_STATE: state, NO_COLOR: "1" };
}

function freePort(): Promise<number> {
  return new Promise((settle, fail) => {
    const server = createServer();
    server.once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => settle(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

/** True when something accepts connections on the port. */
export function isListening(port: number): Promise<boolean> {
  return new Promise((settle) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      settle(true);
    });
    socket.once("error", () => settle(false));
  });
}

/** True while there is such a process that has not ended. */
export function isAlive(pid: number): boolean {
  const command = commandOf(pid);
  return command !== "" && !command.includes("<defunct>");
}

function commandOf(pid: number): string {
  const { stdout } = spawnSync("ps", ["-p", String(pid), "-o", "args="], { encoding: "utf8" });
  return stdout.trim();
}

function descendantsOf(pid: number): number[] {
  const listed = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  const pairs = listed.split("\n").map((line) => line.trim().split(/\s+/).map(Number));
  const found: number[] = [];
  for (const queue = [pid]; queue.length > 0; ) {
    const parent = queue.shift();
    for (const [child = 0, of = 0] of pairs) {
      if (of !== parent || child === 0) continue;
      found.push(child);
      queue.push(child);
    }
  }
  return found;
}

/** Asks again until there is an answer; fails with what was awaited. */
export async function until<T>(
  what: string,
  ask: () => T | null | Promise<T | null>,
  {
    limitMs = 60_000,
    everyMs = 200,
    about = () => "",
  }: { limitMs?: number; everyMs?: number; about?: () => unknown } = {},
): Promise<T> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (Date.now() > deadline) throw new Error(`not within ${limitMs} ms: ${what}. ${JSON.stringify(about())}`);
    await new Promise((settle) => setTimeout(settle, everyMs));
  }
}
