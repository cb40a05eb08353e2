// A stretch of time of one model with its flows on record: the profile it began with, and from it and the flows what was
// closed. Longs lie below the price and shorts above, so each side has a window of its own.
import { TIERS } from "../market/filter.ts";
import { AGE_SLOTS, type Book, rowIndex, SIDES, TIER_COUNT } from "./book.ts";
import { ByteReader, ByteWriter } from "./bytes.ts";
import { createFlowRecord, type FlowRecord, type SideColumns } from "./flow-record.ts";
import { bucketIndex } from "./lattice.ts";
import type { Model } from "./state.ts";
import { AGE_CLASSES, addProfile } from "./views.ts";

/** Buckets of a side's window from the price outward (35 % down, 54 % up: all but a few hundredths) and inward (6 %), as at the beginning. */
const OUTWARD = 860;
const INWARD = 120;
export const FLOW_BUCKETS: number = OUTWARD + INWARD;
/** Memory of a period: four columns per side, single precision. */
export const FLOW_PERIOD_BYTES: number = 2 * 4 * 4 * FLOW_BUCKETS;

export interface FlowPeriod {
  readonly record: FlowRecord;
  /** Base size per bucket at the beginning. */
  readonly before: SideColumns;
}

/** One side's flows, base size per bucket from `first`: after = before + opened − closed − swept + moved. */
export interface SideFlows {
  first: number;
  opened: Float64Array;
  closed: Float64Array;
  swept: Float64Array;
  moved: Float64Array;
  /** Whether more than this happened beyond the inner edge. */
  beyond: boolean;
}

/** Begins a period with the model as it stands; null before it has a book. */
export function beginPeriod(model: Model): FlowPeriod | null {
  const { book } = model;
  if (book === null) return null;
  const here = bucketIndex(book.lastClose);
  const first = [here - OUTWARD, here - INWARD] as const;
  const record = createFlowRecord(first, FLOW_BUCKETS);
  for (const side of [0, 1] as const) record.beyond[side] = isBeyond(book, side, first[side]);
  return { record, before: [Float32Array.from(profile(model, 0, first)), Float32Array.from(profile(model, 1, first))] };
}

/** What happened in the period, given the model at its end. Nothing is changed: the period may go on. */
export function periodFlows(model: Model, { record, before }: FlowPeriod): [SideFlows, SideFlows] {
  const flowsOf = (side: 0 | 1): SideFlows => {
    const opened = Float64Array.from(record.opened[side]);
    const swept = Float64Array.from(record.swept[side]);
    const moved = Float64Array.from(record.moved[side]);
    const after = profile(model, side, record.first);
    const was = before[side];
    // below zero only by the rounding of single precision
    const closed = after.map((is, i) => Math.max(0, was[i]! + opened[i]! - swept[i]! + moved[i]! - is));
    return { first: record.first[side], opened, closed, swept, moved, beyond: record.beyond[side] };
  };
  return [flowsOf(0), flowsOf(1)];
}

/** A copy that may go on without the original. */
export function copyPeriod({ record, before }: FlowPeriod): FlowPeriod {
  const pair = ([long, short]: SideColumns): SideColumns => [long.slice(), short.slice()];
  const { first, opened, swept, moved, beyond } = record;
  const copied = { first, opened: pair(opened), swept: pair(swept), moved: pair(moved) };
  return { record: { ...copied, beyond: [...beyond] }, before: pair(before) };
}

/** Per side i32 first bucket, u8 beyond, and its opened, swept, moved and before as f32 × FLOW_BUCKETS. Little-endian. */
export function encodePeriod(period: FlowPeriod): Uint8Array {
  const out = new ByteWriter();
  for (const side of [0, 1] as const) {
    out.i32(period.record.first[side]);
    out.u8(period.record.beyond[side] ? 1 : 0);
    for (const columns of columnsOf(period)) out.f32s(columns[side]);
  }
  return out.finish();
}

/** Restores a period, or says why the bytes are refused. */
export function decodePeriod(bytes: Uint8Array): FlowPeriod | { error: string } {
  const input = new ByteReader(bytes);
  const first: [number, number] = [0, 0];
  const record = { ...createFlowRecord(first, FLOW_BUCKETS) };
  const before: SideColumns = [new Float32Array(FLOW_BUCKETS), new Float32Array(FLOW_BUCKETS)];
  for (const side of [0, 1] as const) {
    first[side] = input.i32();
    record.beyond[side] = input.u8() === 1;
    for (const columns of columnsOf({ record, before })) input.f32s(columns[side]);
  }
  if (input.short || input.left > 0) return { error: `flows of ${bytes.length} bytes do not fit their window` };
  return { record, before };
}

function columnsOf({ record, before }: FlowPeriod): SideColumns[] {
  return [record.opened, record.swept, record.moved, before];
}

function profile(model: Model, side: 0 | 1, first: readonly [number, number]): Float64Array {
  const into = new Float64Array(FLOW_BUCKETS);
  addProfile(model, { side: SIDES[side]!, tiers: TIERS, ages: AGE_CLASSES }, into, first[side]);
  return into;
}

/** Whether a side has anything beyond its window's inner edge. */
function isBeyond({ rowLow, rowHigh }: Book, side: 0 | 1, first: number): boolean {
  for (let age = 0; age < AGE_SLOTS; age++) {
    for (let tier = 0; tier < TIER_COUNT; tier++) {
      const row = rowIndex(age, side, tier);
      if (rowLow[row] === rowHigh[row]) continue;
      if (side === 0 ? rowHigh[row]! > first + FLOW_BUCKETS : rowLow[row]! < first) return true;
    }
  }
  return false;
}
