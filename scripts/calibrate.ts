// `npm run -s calibrate`: fits leverage weights, shares and floors to reported liquidations and writes a parameter file.
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type FeedFit, fitFeeds, unfittable } from "../src/shared/evaluate/fit-feeds.ts";
import { paramsFile } from "../src/shared/evaluate/params-file.ts";
import { VENUES } from "../src/shared/market/symbol.ts";
import { valuesOf, withVersion } from "../src/shared/model/params.ts";
import { parseParams } from "../src/shared/model/parse-params.ts";
import { readParams, readTape, type TapeFile, UsageError } from "./local/tape-files.ts";

const HELP = `usage: npm run -s calibrate -- --tape SPEC [SPEC …] --out FILE.json [options]

Fits, per exchange, the leverage weights of opened positions, and per symbol the share of swept value that the exchange
reports as liquidated and a floor. Only the train half of each recording is read: 15 % warm-up, then half of the rest.
replay, evaluate and a deployment read the file with --params.

  --tape SPEC            exchange:SYMBOL:FILE, or a FILE named <exchange>-<coin>-<interval>-...; repeatable
  --out FILE             where the parameters go; - for standard output
  --exchange, --symbol   override what SPEC says
  --params FILE          what the fit starts from and is pulled toward, instead of the defaults
  --now TIME             date of the fit (ms UTC or ISO 8601); otherwise the newest recording's file time
`;

function readOptions() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        tape: { type: "string", multiple: true },
        out: { type: "string" },
        exchange: { type: "string" },
        symbol: { type: "string" },
        params: { type: "string" },
        now: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error));
  }
}

function parseTime(text: string): number {
  const time = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  if (Number.isFinite(time) && Math.abs(time) <= 8.64e15) return time;
  throw new UsageError(`--now was ${text}, expected ms UTC or ISO 8601`);
}

function run(): void {
  const { values: options, positionals } = readOptions();
  if (options.help) {
    process.stdout.write(HELP);
    return;
  }
  const specs = [...(options.tape ?? []), ...positionals].flatMap((text) => text.split(","));
  if (specs.length === 0 || options.out === undefined) {
    throw new UsageError("--tape SPEC and --out FILE are required (--help shows more)");
  }
  const tapes = specs.map((text): TapeFile => {
    const tape = readTape(text, { venue: options.exchange, symbol: options.symbol });
    if ("error" in tape) throw new UsageError(tape.error);
    const problem = unfittable(tape);
    if (problem !== null) throw new UsageError(`${tape.name} ${problem}`);
    return tape;
  });
  const now = options.now === undefined ? Math.max(...tapes.map((tape) => tape.modifiedMs)) : parseTime(options.now);

  let params = readParams(options.params);
  const fits: FeedFit[] = [];
  for (const venue of VENUES) {
    const own = tapes.filter((tape) => tape.venue === venue);
    if (own.length === 0) continue;
    const fitted = fitFeeds(venue, own, params);
    params = fitted.params;
    fits.push(fitted.fit);
  }
  if (fits.length > 1) params = withVersion("fitted", valuesOf(params), params.provenance);
  const used = tapes.map(({ name, venue, symbol, hash }) => ({ name, venue, symbol, hash }));
  const text = `${JSON.stringify(paramsFile(params, fits, used, now), null, 2)}\n`;
  const back = parseParams(JSON.parse(text));
  // what is written must be what is read
  if ("error" in back) throw new UsageError(`the fit left its bounds: ${back.error}`);
  try {
    if (options.out === "-") process.stdout.write(text);
    else writeFileSync(options.out, text);
  } catch (cause) {
    throw new UsageError(`${options.out} cannot be written: ${(cause as NodeJS.ErrnoException).code ?? String(cause)}`);
  }
  if (options.out !== "-") process.stdout.write(summary(fits, back.version));
}

function summary(fits: readonly FeedFit[], version: string): string {
  const lines = [`parameters ${version}`];
  const list = (values: readonly number[]) => values.map((value) => value.toFixed(4)).join(" ");
  for (const fit of fits) {
    lines.push(`${fit.venue}: weights of 5, 10, 25, 50, 100x ${list(fit.weightsBefore)} -> ${list(fit.weightsAfter)}`);
    for (const { symbol, share, shareByDeviance, devianceBefore, devianceAfter, trainRows } of fit.symbols) {
      const shares = `share ${share.toFixed(4)} (least deviance alone: ${shareByDeviance.toFixed(4)})`;
      lines.push(
        `  ${symbol}: ${shares}, train deviance ${devianceBefore.toFixed(1)} -> ${devianceAfter.toFixed(1)} on ${trainRows} rows`,
      );
    }
  }
  return `${lines.join("\n")}\n`;
}

try {
  run();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`calibrate: ${error.message}\n`);
  process.exitCode = 2;
}
