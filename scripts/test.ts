// `npm test`: all tests. Says loudly when the recordings are not there.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { sharedFolder } from "../test/support/shared.ts";

if (!existsSync(sharedFolder())) {
  const line = `RECORDINGS MISSING: no folder ${sharedFolder()}; tests on recordings are skipped (set FAULTLINE_SHARED)`;
  process.stderr.write(`\n!!! ${line}\n\n`);
}

const build = spawnSync("vite", ["build", "--logLevel", "warn"], { stdio: "inherit", shell: true });
if (build.status !== 0) process.exit(build.status ?? 1);
const types = spawnSync("wrangler", ["types", "--include-runtime=false", "--strict-vars=false"], {
  stdio: "ignore",
  shell: true,
});
if (types.status !== 0) process.exit(types.status ?? 1);

const env = { ...process.env, CLOUDFLARE_CF_FETCH_ENABLED: "false", WRANGLER_SEND_METRICS: "false" };
const { status } = spawnSync("vitest", ["run", ...process.argv.slice(2)], { stdio: "inherit", shell: true, env });
process.exit(status ?? 1);
