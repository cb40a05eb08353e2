// Type-checks every area with its own project, so that each sees only the globals it may use.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const PROJECTS = ["tsconfig.json", "tsconfig.shared.json", "tsconfig.node.json", "tsconfig.dashboard.json"];

// the bindings of wrangler.toml as types: generated, not kept; without them every use of a binding is an error
if (!existsSync("worker-configuration.d.ts")) spawnSync("npm", ["run", "types"], { stdio: "inherit", shell: true });

let failed = false;
for (const project of PROJECTS) {
  const { status } = spawnSync("tsc", ["--noEmit", "-p", project], { stdio: "inherit", shell: true });
  if (status !== 0) {
    process.stderr.write(`typecheck: ${project} failed\n`);
    failed = true;
  }
}
process.exit(failed ? 1 : 0);
