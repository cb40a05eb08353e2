// What happened on one exchange in one half hour, as bytes. Little-endian:
//   per side, long first: int32 first bucket · uint16 buckets · uint8 whether more happened beyond the inner edge
//   columns (column-codec.ts) of opened, closed, swept, moved here, moved away, in USD per bucket
import type { Flows } from "../../src/shared/market/flows.ts";
import type { Side } from "../../src/shared/market/symbol.ts";
import { type SideFlows, toUsd } from "../../src/shared/model/model.ts";
import { ByteReader, ByteWriter } from "../../src/shared/tile/byte-writer.ts";
import { decodeColumns, encodeColumns } from "../../src/shared/tile/column-codec.ts";
import { addSideUsd, encodeLayerColumn, type LayerColumn } from "../../src/shared/tile/layer-column.ts";
import type { EpochMs } from "../../src/shared/time/clock.ts";
import { type SideWindow, windowOf } from "./flow-reach.ts";

export interface FlowRow {
  startMs: EpochMs;
  windows: Record<Side, SideWindow>;
  columns: LayerColumn[];
}

const COLUMNS = 5;

export function encodeFlowRow(startMs: EpochMs, [long, short]: readonly [SideFlows, SideFlows]): Uint8Array {
  const writer = new ByteWriter();
  for (const { first, opened, beyond } of [long, short])
    writer
      .int32(first)
      .uint16(opened.length)
      .uint8(beyond ? 1 : 0);
  const low = Math.min(long.first, short.first);
  const length = Math.max(windowOf(long).high, windowOf(short).high) - low;
  const usdOf = (first: number, base: Float64Array) => {
    const usd = new Float64Array(length);
    usd.set(base, first - low);
    toUsd(usd, low);
    return usd;
  };
  const column = (base: (flows: SideFlows) => Float64Array) =>
    encodeLayerColumn(startMs, low, usdOf(long.first, base(long)), usdOf(short.first, base(short)));
  const columns = [
    column(({ opened }) => opened),
    column(({ closed }) => closed),
    column(({ swept }) => swept),
    column(({ moved }) => moved.map((size) => Math.max(size, 0))),
    column(({ moved }) => moved.map((size) => Math.max(-size, 0))),
  ];
  return writer.bytes(encodeColumns(columns)).done();
}

/** The row, or null when the bytes are none. */
export function decodeFlowRow(startMs: EpochMs, bytes: Uint8Array): FlowRow | null {
  const reader = new ByteReader(bytes);
  const window = (): SideWindow => {
    const low = reader.int32();
    return { low, high: low + reader.uint16(), beyond: reader.uint8() === 1 };
  };
  const windows = { long: window(), short: window() };
  const columns = decodeColumns(reader.bytes(reader.remaining));
  return "error" in columns || columns.length !== COLUMNS ? null : { startMs, windows, columns };
}

/** Adds one side of a row, USD; index 0 of the flows is bucket `firstBucket`. */
export function addRow({ columns }: FlowRow, side: Side, into: Flows, firstBucket: number): void {
  const [opened, closed, swept, here, away] = columns;
  if (opened !== undefined) addSideUsd(opened, side, into.opened, firstBucket);
  if (closed !== undefined) addSideUsd(closed, side, into.closed, firstBucket);
  if (swept !== undefined) addSideUsd(swept, side, into.swept, firstBucket);
  if (here !== undefined) addSideUsd(here, side, into.moved, firstBucket);
  if (away !== undefined) addSideUsd(away, side, into.moved, firstBucket, -1);
}
