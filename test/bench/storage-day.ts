// What the bench worker measures of a day of one symbol.
export interface StorageDay {
  exchanges: number;
  /** Rows written to D1, context apart: an open tile counts each time. */
  rowsWritten: number;
  /** Bytes as pages of the file. */
  minutes: { rows: number; bytes: number; keepDays: number };
  widths: {
    /** Width of a column. */
    minutes: number;
    columnsADay: number;
    /** Of one column, all layers, gzipped. */
    tileBytes: number;
    columnBytes: number;
    contextBytes: number;
    /** Null = for ever. */
    keepDays: number | null;
    keepContextDays: number | null;
  }[];
  /** Mean length of what a row says of all exchanges, without pages. */
  json: { column: number; context: number };
  /** Combined filters, in the hub's own store. */
  crossBytes: number;
  kv: { writes: number; bytes: number };
}
