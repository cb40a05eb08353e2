// CPU time of a Miniflare's workerd, all its threads: the Worker, its objects, D1, KV and the cache together.
import { readdirSync, readFileSync } from "node:fs";

/** Process id of the workerd that this process started last, or null where there is no /proc. */
export function workerdPid(): number | null {
  try {
    const own = readdirSync("/proc")
      .map(Number)
      .filter((pid) => pid > 0 && parentOf(pid) === process.pid && /workerd/.test(commandOf(pid)));
    return own.length === 0 ? null : Math.max(...own);
  } catch {
    return null;
  }
}

/** CPU time used so far, ms; threads that ended no longer count. */
export function cpuMs(pid: number): number {
  let nanoseconds = 0;
  for (const task of readdirSync(`/proc/${pid}/task`)) {
    nanoseconds += Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, "utf8").split(" ")[0]);
  }
  return nanoseconds / 1e6;
}

function parentOf(pid: number): number {
  return Number(/^PPid:\s+(\d+)$/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0);
}

function commandOf(pid: number): string {
  return read(`/proc/${pid}/comm`);
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // it has ended since it was listed
    return "";
  }
}
