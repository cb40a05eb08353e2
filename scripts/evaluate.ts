// `npm run -s evaluate`: expected against observed liquidations, with baselines and intervals.
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, isAbsolute, join } from "node:path";
import { parseArgs } from "node:util";
import { type EvaluateOptions, evaluate } from "../src/shared/evaluate/evaluate.ts";
import { fitFeeds, unfittable } from "../src/shared/evaluate/fit-feeds.ts";
import { printEvaluation } from "../src/shared/evaluate/print.ts";
import type { RecoveryReport } from "../src/shared/evaluate/recovery.ts";
import { type Report, type ReportOptions, writeReport } from "../src/shared/evaluate/report.ts";
import { recoverySection } from "../src/shared/evaluate/report-beyond.ts";
import { distanceSection, locationSection } from "../src/shared/evaluate/report-places.ts";
import { VENUES } from "../src/shared/market/symbol.ts";
import { compareDistances, locateEvents } from "./local/evaluate-places.ts";
import { recoverGenerated } from "./local/generator-recovery.ts";
import { readParams, readTape, type TapeFile, UsageError } from "./local/tape-files.ts";

const HELP = `usage: npm run -s evaluate -- --tape SPEC [SPEC …] [options]

Replays recordings through the model and scores what it expected against the liquidations the exchange reported,
beside regressions on the price path alone and simple maps. Fitted on one half of each recording, scored on the other.

  --tape SPEC            exchange:SYMBOL:FILE, or a FILE named <exchange>-<coin>-<interval>-...; repeatable
  --exchange, --symbol   override what SPEC says
  --params FILE          parameter file instead of the defaults
  --draws N              bootstrap draws, at least 100 (1000)
  --seed N               seed of the draws (1)
  --refit                once more with weights and shares fitted on the train halves, beside
  --generator SEEDS      also generated markets, whose positions are known: numbers with commas
  --generator-days N     length of each (10)
  --events FILE          liquidations with prices (CSV): where inside the swept range they happened, per recording of --tape
  --positions FILE       real positions (CSV): their distances to liquidation beside those of the map at the end of
  --positions-tape SPEC  this recording
  --json                 everything as JSON
  --report FILE.md       writes a report; its plots go to the folder FILE beside it
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
        refit: { type: "boolean" },
        generator: { type: "string" },
        "generator-days": { type: "string" },
        events: { type: "string" },
        positions: { type: "string" },
        "positions-tape": { type: "string" },
        json: { type: "boolean" },
        report: { type: "string" },
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

/** Fits what can be fitted and scores all tapes under it; null when nothing can. */
function evaluateRefit(tapes: readonly TapeFile[], options: EvaluateOptions): ReportOptions["refit"] {
  const fittable = tapes.filter((tape) => unfittable(tape) === null);
  const weights: { venue: string; weights: readonly number[] }[] = [];
  let { params } = options;
  for (const venue of VENUES) {
    const own = fittable.filter((tape) => tape.venue === venue);
    if (own.length === 0) continue;
    const fitted = fitFeeds(venue, own, params);
    params = fitted.params;
    weights.push({ venue, weights: fitted.fit.weightsAfter });
  }
  return weights.length === 0 ? null : { weights, evaluation: evaluate(tapes, { ...options, params }) };
}

/** What the generated market is fitted on, and therefore not judged on. */
const CALIBRATION_SEEDS = [11, 12, 13, 14];
/** Times the usual number of traders: with few, what stands near the price is chance. */
const CROWDS = [1, 10];

function recoverFrom(text: string, days: string | undefined, params: EvaluateOptions["params"]): RecoveryReport[] {
  const seeds = text.split(",").map((seed) => wholeNumber("generator", seed, 0, 0));
  const known = seeds.find((seed) => CALIBRATION_SEEDS.includes(seed));
  if (known !== undefined) throw new UsageError(`--generator ${known} is a seed that is fitted on, expected others`);
  const length = wholeNumber("generator-days", days, 10, 7);
  return CROWDS.map((crowd) =>
    recoverGenerated(params, { seeds, calibrationSeeds: CALIBRATION_SEEDS, days: length, crowd }),
  );
}

/** The command that leads to the same report; folders of this machine stay out of it. */
function commandLine(args: readonly string[]): string {
  return ["npm run -s evaluate --", ...args.map((arg) => (isAbsolute(arg) ? basename(arg) : arg))].join(" ");
}

function writeFiles(file: string, { text, plots }: Report): void {
  const folder = join(dirname(file), basename(file, ".md"));
  try {
    mkdirSync(folder, { recursive: true });
    for (const [name, svg] of Object.entries(plots)) writeFileSync(join(folder, name), svg);
    writeFileSync(file, text);
  } catch (cause) {
    throw new UsageError(`${file} cannot be written: ${(cause as NodeJS.ErrnoException).code ?? String(cause)}`);
  }
}

function run(): void {
  const { values: options, positionals } = readOptions();
  if (options.help) {
    process.stdout.write(HELP);
    return;
  }
  const specs = [...(options.tape ?? []), ...positionals].flatMap((text) => text.split(","));
  const params = readParams(options.params);
  if (specs.length === 0 && options.generator !== undefined && options.report === undefined) {
    const recovery = recoverFrom(options.generator, options["generator-days"], params);
    process.stdout.write(options.json ? `${JSON.stringify({ recovery }, null, 2)}\n` : recoverySection(recovery));
    return;
  }
  if (specs.length === 0) throw new UsageError("--tape SPEC is required (--help shows more)");
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
  const recovery =
    options.generator === undefined ? [] : recoverFrom(options.generator, options["generator-days"], params);
  const location = options.events === undefined ? null : locateEvents(options.events, tapes, params);
  const distances = compareDistances(options.positions, options["positions-tape"], params);
  const refit = options.refit ? evaluateRefit(tapes, { params, draws, seed }) : null;
  if (options.report !== undefined) {
    if (result.markets.every(({ scaleBySums }) => scaleBySums === null)) {
      throw new UsageError("--report needs a recording long enough to be fitted");
    }
    const plotFolder = basename(options.report, ".md");
    const command = commandLine(process.argv.slice(2));
    writeFiles(
      options.report,
      writeReport(result, { command, tapes, plotFolder, refit, recovery, location, distances }),
    );
  }
  if (options.json)
    process.stdout.write(`${JSON.stringify({ ...result, refit, recovery, location, distances }, null, 2)}\n`);
  else {
    process.stdout.write(printEvaluation(result));
    if (recovery.length > 0) process.stdout.write(`\n${recoverySection(recovery)}`);
    if (location !== null) process.stdout.write(`\n${locationSection(location)}`);
    if (distances !== null) process.stdout.write(`\n${distanceSection(distances)}`);
    if (refit !== null)
      process.stdout.write(`\nwith weights fitted on the train halves\n${printEvaluation(refit.evaluation)}`);
  }
}

try {
  run();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`evaluate: ${error.message}\n`);
  process.exitCode = 2;
}
