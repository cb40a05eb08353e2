// Why a column changed, per side and bucket: opened, swept and moved (top-ups, funding). What the book lost otherwise was
// closed, so closed = change − opened + swept − moved and the four add up by construction.

export interface FlowRecord {
  /** First bucket; the arrays reach as far as they are long. What lies outside is not recorded. */
  firstBucket: number;
  /** Base size per bucket, `[side]`, all added up since the record was cleared. */
  opened: readonly Float64Array[];
  swept: readonly Float64Array[];
  /** Net: negative where size left. */
  moved: readonly Float64Array[];
}

/** Returns an empty record over `count` buckets. */
export function createFlowRecord(firstBucket: number, count: number): FlowRecord {
  const pair = () => [new Float64Array(count), new Float64Array(count)];
  return { firstBucket, opened: pair(), swept: pair(), moved: pair() };
}

/** Adds to one bucket of a column, if the record reaches it. */
export function addAt(record: FlowRecord, column: Float64Array, bucket: number, sizeBase: number): void {
  const i = bucket - record.firstBucket;
  if (i >= 0 && i < column.length) column[i]! += sizeBase;
}
