// `npm test`: all tests, or those named by arguments to vitest. Says loudly when the recordings are not there.
// The projects run one after another, each in a process of its own: whole local runs then have the machine to themselves.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sharedFolder } from "../test/support/shared.ts";
import { type Counts, countLine } from "./ci-reporter.ts";

const PROJECTS = ["unit", "workers", "browser"];

if (!existsSync(sharedFolder())) {
  const line = `RECORDINGS MISSING: no folder ${sharedFolder()}; tests on recordings are skipped (set FAULTLINE_SHARED)`;
  process.stderr.write(`\n!!! ${line}\n\n`);
}
const env = { ...process.env, CLOUDFLARE_CF_FETCH_ENABLED: "false", WRANGLER_SEND_METRICS: "false" };
run("vite", ["build", "--logLevel", "warn"]);
run("wrangler", ["types", "--include-runtime=false", "--strict-vars=false"], "ignore");

const named = process.argv.slice(2);
if (named.length > 0) process.exit(vitest(named, env));

const folder = mkdtempSync(join(tmpdir(), "faultline-test-"));
const file = join(folder, "counts.jsonl");
let status = 0;
const total: Counts = { passed: 0, failed: 0, skipped: 0 };
for (const project of PROJECTS) {
  const code = vitest(["--project", project], { ...env, FAULTLINE_TEST_COUNTS: file });
  if (code !== 0) status = 1;
}
const lines = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
for (const line of lines) {
  const counts = JSON.parse(line) as Counts;
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
}
rmSync(folder, { recursive: true });
if (lines.length < PROJECTS.length) {
  process.stderr.write(`test: only ${lines.length} of ${PROJECTS.length} projects came to an end\n`);
  total.failed += PROJECTS.length - lines.length;
  status = 1;
}
process.stdout.write(`\n${countLine(total)}\n`);
process.exit(status);

function vitest(args: readonly string[], environment: NodeJS.ProcessEnv): number {
  const { status } = spawnSync("vitest", ["run", ...args], { stdio: "inherit", shell: true, env: environment });
  return status ?? 1;
}

function run(command: string, args: readonly string[], stdio: "inherit" | "ignore" = "inherit"): void {
  const { status } = spawnSync(command, args, { stdio, shell: true, env });
  if (status !== 0) process.exit(status ?? 1);
}
