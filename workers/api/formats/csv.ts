// Tables for spreadsheets: every text that could be read as a formula is disarmed.
import { ApiError } from "../../../src/shared/error/api-error.ts";
import { BUCKET_WIDTH } from "../../../src/shared/tile/bucket-price.ts";
import { bucketText } from "../http/bucket-text.ts";
import type { PictureSource } from "../picture/source.ts";

/** One cell of a table. Figures stay figures; a text that begins like a formula gets an apostrophe. */
export function csvField(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "";
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const CELL_COLUMNS = [
  "symbol",
  "startMs",
  "priceLow",
  "priceHigh",
  "estimatedUsd",
  "asOf",
  "modelVersion",
  "dataSource",
] as const;

/** Rows of the non-empty cells, in order of time and price; the sizes are estimates, never observed liquidations. */
export function cellRows(map: PictureSource): (string | number)[][] {
  // each level ends where the next begins, and all are equally high
  const ratio = Math.exp(map.bucketsPerLevel * BUCKET_WIDTH);
  return map.cells.map(([column, level, usd]) => {
    const low = map.prices[level] ?? 0;
    const high = map.prices[level + 1] ?? Number((low * ratio).toPrecision(8));
    return [map.symbol, map.columns[column] ?? 0, low, high, usd, map.asOf, map.modelVersion, map.dataSource];
  });
}

/** Rows of a table at most, some 8 MB: every range fits with levels of the height it has by itself. */
const MAX_ROWS = 75_000;

/** Throws when the table would be longer than a table may be, with the height of a level that makes it fit. */
export function heatmapCsv(map: PictureSource): string {
  if (map.cells.length > MAX_ROWS) throw tooLong(map);
  // the unit is the answer's currency, so its column is named after it
  const names = CELL_COLUMNS.map((name) => (name === "estimatedUsd" ? sizeColumn(map) : name));
  return `${[names, ...cellRows(map)].map((row) => row.map(csvField).join(",")).join("\r\n")}\r\n`;
}

function tooLong({ cells, columns, prices, bucketsPerLevel }: PictureSource): ApiError {
  // aligned levels may be one more than the span asks for
  const levels = Math.floor(MAX_ROWS / columns.length) - 1;
  const bucket = bucketText(Math.ceil((prices.length * bucketsPerLevel) / levels));
  return new ApiError(
    "invalid-parameter",
    `bucket gives ${cells.length} rows, a table has at most ${MAX_ROWS}: take ${bucket} or more, or .parquet or .bin`,
    { parameter: "bucket", accepted: [bucket] },
  );
}

export function sizeColumn(map: PictureSource): string {
  return `estimated${map.currency.charAt(0)}${map.currency.slice(1).toLowerCase()}`;
}
