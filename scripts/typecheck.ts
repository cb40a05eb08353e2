// Type-checks every area with its own project, so that each sees only the globals it may use.
import { spawnSync } from "node:child_process";

const PROJECTS = ["tsconfig.json", "tsconfig.shared.json", "tsconfig.node.json", "tsconfig.dashboard.json"];

let failed = false;
for (const project of PROJECTS) {
  const { status } = spawnSync("tsc", ["--noEmit", "-p", project], { stdio: "inherit", shell: true });
  if (status !== 0) {
    process.stderr.write(`typecheck: ${project} failed\n`);
    failed = true;
  }
}
process.exit(failed ? 1 : 0);
