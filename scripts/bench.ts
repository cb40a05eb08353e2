// `npm run bench -- [NAME] [--json]`: seeded benchmarks, each as ratios against a named baseline measured in the same run.
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { apiBenchmark } from "../test/bench/api.ts";
import { backfillBenchmark } from "../test/bench/backfill.ts";
import type { Benchmark, BenchResult } from "../test/bench/benchmark.ts";
import { framesBenchmark } from "../test/bench/frames.ts";
import { heatmapBenchmark } from "../test/bench/heatmap.ts";
import { hubBenchmark } from "../test/bench/hub.ts";
import { ingestBenchmark } from "../test/bench/ingest.ts";
import { splitBenchmark } from "../test/bench/split.ts";
import { stepBenchmark } from "../test/bench/step.ts";
import { storageBenchmark } from "../test/bench/storage.ts";
import { tileBenchmark } from "../test/bench/tile.ts";

/** All benchmarks, in the order in which they run. */
const BENCHMARKS: readonly Benchmark[] = [
  stepBenchmark,
  hubBenchmark,
  heatmapBenchmark,
  splitBenchmark,
  framesBenchmark,
  tileBenchmark,
  backfillBenchmark,
  ingestBenchmark,
  apiBenchmark,
  storageBenchmark,
];

function print(result: BenchResult): void {
  process.stdout.write(`\n${result.name}: ${result.what}\nbaseline: ${result.baseline.what}\n`);
  for (const [name, { value, unit }] of Object.entries(result.figures)) {
    process.stdout.write(`  ${name.padEnd(28)} ${format(value).padStart(12)} ${unit}\n`);
  }
}

const format = (value: number): string => (Number.isInteger(value) ? String(value) : value.toPrecision(4));

const USAGE = `usage: npm run -s bench -- [NAME …] [--json]

Measures speed, memory and bytes as ratios to a baseline measured in the same run. Without a name, all of them: about
ten minutes on two cores.

  NAME     one or several of ${BENCHMARKS.map(({ name }) => name).join(", ")}
  --json   figures and machine as JSON
  --help   this text
`;

let options: { values: { json?: boolean | undefined; help?: boolean | undefined }; positionals: string[] };
try {
  options = parseArgs({ options: { json: { type: "boolean" }, help: { type: "boolean" } }, allowPositionals: true });
} catch (error) {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  process.exit(2);
}
if (options.values.help === true) {
  process.stdout.write(USAGE);
  process.exit(0);
}

const unknown = options.positionals.find((name) => !BENCHMARKS.some((benchmark) => benchmark.name === name));
if (unknown !== undefined) {
  const known = BENCHMARKS.map((benchmark) => benchmark.name).join(", ");
  process.stderr.write(`bench: ${unknown} is unknown, expected one of ${known}\n`);
  process.exit(2);
}
const chosen = BENCHMARKS.filter(({ name }) => options.positionals.length === 0 || options.positionals.includes(name));
const machine = { cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length, node: process.version };
const results: BenchResult[] = [];
for (const benchmark of chosen) {
  const result = await benchmark.run();
  results.push(result);
  if (options.values.json !== true) print(result);
}
if (options.values.json === true) process.stdout.write(`${JSON.stringify({ machine, results }, null, 2)}\n`);
else process.stdout.write(`\n${machine.cpu}, ${machine.cores} cores, node ${machine.node}\n`);
