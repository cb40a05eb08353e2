// One run per state folder. A run that was killed leaves its workerd processes behind, still writing to that state:
// the next run ends them, by the ids it finds written down, before it opens the state itself.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

interface RunFile {
  pid: number;
  children: number[];
}

/** Takes the folder for this process; returns the one line that says why not, or null. */
export function takeState(folder: string): string | null {
  mkdirSync(folder, { recursive: true });
  const file = runFile(folder);
  if (existsSync(file)) {
    const run = JSON.parse(readFileSync(file, "utf8")) as RunFile;
    if (run.pid !== process.pid && commandOf(run.pid).includes("start.ts")) {
      return `already running as process ${run.pid} on this state (${folder}); stop it first, or set FAULTLINE_STATE`;
    }
    for (const child of run.children) {
      if (!commandOf(child).includes("workerd")) continue;
      process.stderr.write(`ending process ${child}, left behind by a killed run\n`);
      process.kill(child, "SIGKILL");
    }
  }
  writeRun(file, []);
  return null;
}

/** Writes down which processes this run has started. */
export function rememberChildren(folder: string): void {
  writeRun(runFile(folder), descendants(process.pid));
}

export function releaseState(folder: string): void {
  rmSync(runFile(folder), { force: true });
}

function runFile(folder: string): string {
  return join(folder, "run.json");
}

function writeRun(file: string, children: number[]): void {
  writeFileSync(file, JSON.stringify({ pid: process.pid, children } satisfies RunFile));
}

/** A process's command line, or "" when there is no such process. */
function commandOf(pid: number): string {
  try {
    return execFileSync("ps", ["-p", String(pid), "-o", "args="], { encoding: "utf8" });
  } catch {
    return ""; // ps exits 1 for an unknown id
  }
}

function descendants(pid: number): number[] {
  let listed: string;
  try {
    listed = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  } catch {
    return []; // no ps here: a killed run must then be cleaned up by hand
  }
  const pairs = listed.split("\n").map((line) => line.trim().split(/\s+/).map(Number));
  const found: number[] = [];
  const queue = [pid];
  for (let parent = queue.shift(); parent !== undefined; parent = queue.shift()) {
    for (const [child = 0, of = 0] of pairs) {
      if (of !== parent || child === 0) continue;
      found.push(child);
      queue.push(child);
    }
  }
  return found;
}
