// `npm run -s replay`: the model alone over a recording, one line per bar.
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { dumpMap } from "../src/shared/model/dump.ts";
import { createModel } from "../src/shared/model/model.ts";
import { DEFAULT_PARAMS, type ModelParams } from "../src/shared/model/params.ts";
import { parseParams } from "../src/shared/model/parse-params.ts";
import { replayBar } from "../src/shared/model/replay.ts";
import { parseTape } from "../src/shared/tape/tape.ts";
import { parseTapeSpec } from "../src/shared/tape/tape-spec.ts";

const HELP = `usage: npm run -s replay -- --tape SPEC --out FILE.jsonl [options]

Runs the model over a recording and writes one JSON line per bar, from the first that has open interest.

  --tape SPEC            exchange:SYMBOL:FILE, or a FILE named <exchange>-<coin>-<interval>-...
  --out FILE             where the lines go; - for standard output
  --exchange, --symbol   override what SPEC says
  --params FILE          parameter file instead of the defaults
  --dump-map TIME=FILE   the map at the end of the bar that holds TIME (ms UTC or ISO 8601); repeatable
`;

class UsageError extends Error {}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new UsageError(`${file} cannot be read: ${(cause as NodeJS.ErrnoException).code ?? String(cause)}`);
  }
}

function writeText(file: string, text: string): void {
  try {
    if (file === "-") process.stdout.write(text);
    else writeFileSync(file, text);
  } catch (cause) {
    throw new UsageError(`${file} cannot be written: ${(cause as NodeJS.ErrnoException).code ?? String(cause)}`);
  }
}

function readParams(file: string | undefined): ModelParams {
  if (file === undefined) return DEFAULT_PARAMS;
  let json: unknown;
  try {
    json = JSON.parse(readText(file));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${file} is not JSON`);
  }
  const params = parseParams(json);
  if ("error" in params) throw new UsageError(`${file}: ${params.error}`);
  return params;
}

function parseDump(text: string): { time: number; file: string; done: boolean } {
  const at = text.indexOf("=");
  const stamp = text.slice(0, Math.max(at, 0));
  const time = /^\d+$/.test(stamp) ? Number(stamp) : Date.parse(stamp);
  if (at < 0 || at === text.length - 1 || !Number.isFinite(time)) {
    throw new UsageError(`--dump-map was ${text}, expected TIME=FILE with TIME in ms UTC or ISO 8601`);
  }
  return { time, file: text.slice(at + 1), done: false };
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        tape: { type: "string" },
        out: { type: "string" },
        exchange: { type: "string" },
        symbol: { type: "string" },
        params: { type: "string" },
        "dump-map": { type: "string", multiple: true },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error));
  }
}

function run(): void {
  const options = readOptions();
  if (options.help) {
    process.stdout.write(HELP);
    return;
  }
  if (options.tape === undefined || options.out === undefined) {
    throw new UsageError("--tape SPEC and --out FILE are required (--help shows more)");
  }
  const spec = parseTapeSpec(options.tape, { venue: options.exchange, symbol: options.symbol });
  if ("error" in spec) throw new UsageError(spec.error);
  const tape = parseTape(readText(spec.file), spec);
  const reject = tape.rejects[0];
  if (reject !== undefined) throw new UsageError(`${spec.file}:${reject.line}: ${reject.reason}`);

  const params = readParams(options.params);
  const dumps = (options["dump-map"] ?? []).map(parseDump);
  const model = createModel({ venue: spec.venue, symbol: spec.symbol, params });
  const lines: string[] = [];
  for (const bar of tape.bars) {
    const line = replayBar(model, bar);
    if (line === null) continue;
    lines.push(`${JSON.stringify(line)}\n`);
    for (const dump of dumps) {
      if (dump.done || dump.time < bar.openTime || dump.time >= bar.openTime + bar.intervalMs) continue;
      writeText(dump.file, `${JSON.stringify(dumpMap(model))}\n`);
      dump.done = true;
    }
  }
  const missed = dumps.find((dump) => !dump.done);
  if (missed !== undefined) {
    throw new UsageError(`--dump-map: no bar with open interest holds ${new Date(missed.time).toISOString()}`);
  }
  if (lines.length === 0) throw new UsageError(`${spec.file} has no open interest`);
  writeText(options.out, lines.join(""));
}

try {
  run();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`replay: ${error.message}\n`);
  process.exitCode = 2;
}
