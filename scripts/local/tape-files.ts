// Recordings and parameter files from disk, for commands; what is wrong with them is the user's to mend.
import { readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import type { Bar } from "../../src/shared/market/bar.ts";
import { DEFAULT_PARAMS, type ModelParams } from "../../src/shared/model/params.ts";
import { formatModelParams } from "../../src/shared/model/params-text.ts";
import { parseParams } from "../../src/shared/model/parse-params.ts";
import { hashText } from "../../src/shared/num/hash.ts";
import { parseTape } from "../../src/shared/tape/tape.ts";
import { parseTapeSpec, type TapeSpec } from "../../src/shared/tape/tape-spec.ts";

/** Wrong usage: one line, exit code 2. */
export class UsageError extends Error {}

export interface TapeFile extends TapeSpec {
  /** File name without folder and ending. */
  name: string;
  /** Of the file's text. */
  hash: string;
  modifiedMs: number;
  bars: Bar[];
}

export function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new UsageError(`${file} cannot be read: ${(cause as NodeJS.ErrnoException).code ?? String(cause)}`);
  }
}

/** Reads one recording; a recording that is no model input comes back as a reason. */
export function readTape(
  text: string,
  override: { venue: string | undefined; symbol: string | undefined },
): TapeFile | { error: string } {
  const spec = parseTapeSpec(text, override);
  if ("error" in spec) return spec;
  const content = readText(spec.file);
  const tape = parseTape(content, spec);
  const reject = tape.rejects[0];
  if (reject !== undefined) throw new UsageError(`${spec.file}:${reject.line}: ${reject.reason}`);
  return {
    ...spec,
    name: basename(spec.file).replace(/\.csv$/, ""),
    hash: hashText(content),
    modifiedMs: Math.round(statSync(spec.file).mtimeMs),
    bars: tape.bars,
  };
}

export function readParams(file: string | undefined): ModelParams {
  return file === undefined ? DEFAULT_PARAMS : readParamsFile(file).params;
}

/** A parameter file as the variable MODEL_PARAMS of a deployment; "" for the defaults. */
export function readParamsVar(file: string | undefined): string {
  return file === undefined ? "" : formatModelParams(readParamsFile(file).json);
}

function readParamsFile(file: string): { json: unknown; params: ModelParams } {
  let json: unknown;
  try {
    json = JSON.parse(readText(file));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${file} is not JSON`);
  }
  const params = parseParams(json);
  if ("error" in params) throw new UsageError(`${file}: ${params.error}`);
  return { json, params };
}
