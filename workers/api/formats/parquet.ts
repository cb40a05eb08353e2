// The cells as a Parquet file, one column per field of the table.
import { parquetWriteBuffer } from "hyparquet-writer";
import type { PictureSource } from "../picture/source.ts";
import { CELL_COLUMNS, cellRows, sizeColumn } from "./csv.ts";

/** What is no number with a fraction; fixed per column, so that a map without cells has the same table. */
const TYPES: Partial<Record<(typeof CELL_COLUMNS)[number], "INT64" | "STRING">> = {
  symbol: "STRING",
  startMs: "INT64",
  asOf: "INT64",
  modelVersion: "STRING",
  dataSource: "STRING",
};

export function heatmapParquet(map: PictureSource): ArrayBuffer {
  const rows = cellRows(map);
  const columnData = CELL_COLUMNS.map((column, i) => {
    const values = rows.map((row) => row[i]);
    const type: "INT64" | "STRING" | "DOUBLE" = TYPES[column] ?? "DOUBLE";
    const name = column === "estimatedUsd" ? sizeColumn(map) : column;
    return { name, type, data: type === "INT64" ? values.map((value) => BigInt(value ?? 0)) : values };
  });
  return parquetWriteBuffer({ columnData });
}
