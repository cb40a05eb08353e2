// `npm run -s evaluate`: expected against observed liquidations, with baselines and intervals.
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { evaluate } from "../src/shared/evaluate/evaluate.ts";
import { printEvaluation } from "../src/shared/evaluate/print.ts";
import { readParams, readTape, type TapeFile, UsageError } from "./local/tape-files.ts";

const HELP = `usage: npm run -s evaluate -- --tape SPEC [SPEC …] [options]

Replays recordings through the model and scores what it expected against the liquidations the exchange reported,
beside regressions on the price path alone and simple maps. Fitted on one half of each recording, scored on the other.

  --tape SPEC            exchange:SYMBOL:FILE, or a FILE named <exchange>-<coin>-<interval>-...; repeatable
  --exchange, --symbol   override what SPEC says
  --params FILE          parameter file instead of the defaults
  --draws N              bootstrap draws, at least 100 (1000)
  --seed N               seed of the draws (1)
  --json                 everything as JSON
`;

function readOptions() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        tape: { type: "string", multiple: true },
        exchange: { type: "string" },
        symbol: { type: "string" },
        params: { type: "string" },
        draws: { type: "string" },
        seed: { type: "string" },
        json: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error));
  }
}

function wholeNumber(name: string, text: string | undefined, fallback: number, least: number): number {
  const value = text === undefined ? fallback : Number(text);
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new UsageError(`--${name} was ${text}, expected a whole number of at least ${least}`);
}

function run(): void {
  const { values: options, positionals } = readOptions();
  if (options.help) {
    process.stdout.write(HELP);
    return;
  }
  const specs = [...(options.tape ?? []), ...positionals].flatMap((text) => text.split(","));
  if (specs.length === 0) throw new UsageError("--tape SPEC is required (--help shows more)");
  const params = readParams(options.params);
  const draws = wholeNumber("draws", options.draws, 1000, 100);
  const seed = wholeNumber("seed", options.seed, 1, 0);

  const tapes: TapeFile[] = [];
  const refused: { name: string; reason: string }[] = [];
  for (const text of specs) {
    const tape = readTape(text, { venue: options.exchange, symbol: options.symbol });
    if ("error" in tape) refused.push({ name: basename(text), reason: tape.error });
    else tapes.push(tape);
  }
  const result = evaluate(tapes, { params, draws, seed });
  result.notScored.push(...refused);
  if (result.markets.length === 0) {
    const { name, reason } = result.notScored[0] ?? { name: "", reason: "" };
    throw new UsageError(reason.includes(name) ? reason : `${name} ${reason}`);
  }
  if (options.json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  else process.stdout.write(printEvaluation(result));
}

try {
  run();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`evaluate: ${error.message}\n`);
  process.exitCode = 2;
}
