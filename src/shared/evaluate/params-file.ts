// A parameter file: every value, where each comes from, and how the fit was made. `parseParams` reads it back.
import type { ModelParams } from "../model/params.ts";
import type { EpochMs } from "../time/clock.ts";
import type { FeedFit } from "./fit-feeds.ts";

export interface FittedTape {
  name: string;
  venue: string;
  symbol: string;
  /** Of the file's text. */
  hash: string;
}

const day = (timeMs: EpochMs): string => new Date(timeMs).toISOString().slice(0, 10);

/** Returns the file's content as plain data. `now`: when the fit was made, or when its recordings were. */
export function paramsFile(
  params: ModelParams,
  fits: readonly FeedFit[],
  tapes: readonly FittedTape[],
  now: EpochMs,
): Record<string, unknown> {
  const learned: Record<string, { source: "data"; note: string }> = {};
  for (const { venue, symbols } of fits) {
    const names = symbols.map(({ symbol }) => symbol).join(", ");
    learned[`feeds.${venue}`] = {
      source: "data",
      note: `fitted ${day(now)}: weights shared by ${names}; geometric mean of their shares for other symbols`,
    };
    for (const one of symbols) {
      const sources = tapes.filter((tape) => tape.venue === venue && tape.symbol === one.symbol);
      const files = sources.map(({ name, hash }) => `${name} (${hash})`).join(", ");
      const span = `${day(one.trainStartMs)} to ${day(one.testStartMs)}, ${one.trainRows} rows`;
      const objective = `train deviance ${one.devianceBefore.toFixed(1)} before, ${one.devianceAfter.toFixed(1)} after`;
      learned[`feeds.${venue}:${one.symbol}`] = {
        source: "data",
        note: `fitted ${day(now)} on ${files}, ${span}; ${objective}`,
      };
    }
  }
  return { ...params, provenance: { ...params.provenance, ...learned }, fit: { date: day(now), tapes, feeds: fits } };
}
