// Recorded events and positions beside the map: reads the files and replays the recordings they belong to.

import { parseEvents } from "../../src/shared/evaluate/events.ts";
import { type Location, watchLocation } from "../../src/shared/evaluate/location.ts";
import {
  type DistanceReport,
  mapDistances,
  parsePositions,
  realDistances,
} from "../../src/shared/evaluate/positions.ts";
import { scoringRows } from "../../src/shared/evaluate/scoring-rows.ts";
import { splitTape } from "../../src/shared/evaluate/split.ts";
import { bracketTable, FALLBACK_RATE } from "../../src/shared/margin/brackets/table.ts";
import { createModel, stepBar } from "../../src/shared/model/model.ts";
import type { ModelParams } from "../../src/shared/model/params.ts";
import { DAY_MS } from "../../src/shared/time/clock.ts";
import { readTape, readText, type TapeFile, UsageError } from "./tape-files.ts";

/** Every recording with an event after its warm-up. */
export function locateEvents(file: string, tapes: readonly TapeFile[], params: ModelParams): Location[] {
  const parsed = parseEvents(readText(file));
  if ("error" in parsed) throw new UsageError(`${file} has ${parsed.error}`);
  return tapes.flatMap((tape) => {
    const split = splitTape(tape.bars);
    if (split === null) return [];
    const shift = bracketTable(tape.venue, tape.symbol).brackets[0]?.maintenanceMarginRate ?? FALLBACK_RATE;
    const { watch, result } = watchLocation(tape.symbol, parsed.events, shift, split.trainStartMs);
    scoringRows(tape, params, watch);
    const found = result();
    return found.cases > 0 ? [found] : [];
  });
}

/** Null when nothing is asked. */
export function compareDistances(
  file: string | undefined,
  spec: string | undefined,
  params: ModelParams,
): DistanceReport | null {
  if (file === undefined && spec === undefined) return null;
  if (file === undefined || spec === undefined) throw new UsageError("--positions and --positions-tape go together");
  const parsed = parsePositions(readText(file));
  if ("error" in parsed) throw new UsageError(`${file} has ${parsed.error}`);
  const tape = readTape(spec, { venue: undefined, symbol: undefined });
  if ("error" in tape) throw new UsageError(tape.error);
  const model = createModel({ venue: tape.venue, symbol: tape.symbol, params });
  for (const bar of tape.bars) stepBar(model, bar);
  const price = tape.bars.at(-1)?.close ?? 1;
  const { positions, rejected } = parsed;
  return {
    tape: tape.name,
    bars: tape.bars.length,
    days: tape.bars.reduce((sum, { intervalMs }) => sum + intervalMs, 0) / DAY_MS,
    positions: positions.length,
    rejected,
    real: [realDistances(positions, "long"), realDistances(positions, "short")],
    map: [mapDistances(model, "long", price), mapDistances(model, "short", price)],
  };
}
