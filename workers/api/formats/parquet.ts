// The cells as a Parquet file, one column per field of the table.
import { parquetWriteBuffer } from "hyparquet-writer";
import type { PictureSource } from "../picture/heatmap-picture.ts";
import { CELL_COLUMNS, cellRows, sizeColumn } from "./csv.ts";

export function heatmapParquet(map: PictureSource): ArrayBuffer {
  const rows = cellRows(map);
  const columnData = CELL_COLUMNS.map((name, i) => {
    const values = rows.map((row) => row[i]);
    if (name === "startMs" || name === "asOf") {
      return { name, data: values.map((value) => BigInt(value ?? 0)), type: "INT64" as const };
    }
    if (typeof values[0] === "string") return { name, data: values, type: "STRING" as const };
    return { name: name === "estimatedUsd" ? sizeColumn(map) : name, data: values, type: "DOUBLE" as const };
  });
  return parquetWriteBuffer({ columnData });
}
