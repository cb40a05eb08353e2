// Why a column changed, per side and bucket: opened, swept and moved (top-ups, funding). What the book lost otherwise was
// closed, so closed = before + opened − swept + moved − after and the four add up by construction (`flow-period.ts`).

/** One side's columns of one kind, `[long, short]`. */
export type SideColumns = readonly [Float32Array, Float32Array];

export interface FlowRecord {
  /** First bucket of each side's columns, which reach as far as they are long. What lies outside is not recorded. */
  readonly first: readonly [number, number];
  /** Base size per bucket, all added up since the record was made. */
  readonly opened: SideColumns;
  readonly swept: SideColumns;
  /** Net: negative where size left. */
  readonly moved: SideColumns;
  /**
   * Per side, whether anything lay or happened beyond the columns' inner edge: above a long's, below a short's. As long
   * as nothing does, the columns tell everything up to there.
   */
  readonly beyond: [boolean, boolean];
}

/** Returns an empty record over `count` buckets of each side. */
export function createFlowRecord(first: readonly [number, number], count: number): FlowRecord {
  const pair = (): SideColumns => [new Float32Array(count), new Float32Array(count)];
  return { first, opened: pair(), swept: pair(), moved: pair(), beyond: [false, false] };
}

/** Adds to one bucket of some columns of the record, if it reaches that far. */
export function addAt(record: FlowRecord, columns: SideColumns, side: number, bucket: number, sizeBase: number): void {
  const column = columns[side]!;
  const i = bucket - record.first[side]!;
  if (i >= 0 && i < column.length) column[i]! += sizeBase;
  else if (sizeBase !== 0 && i >= 0 === (side === 0)) record.beyond[side] = true;
}
