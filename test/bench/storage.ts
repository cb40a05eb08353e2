// What a symbol leaves behind in a day: rows and bytes of each kind in D1, and how often KV is written.
import { startBenchWorker } from "./api-worker.ts";
import type { Benchmark, BenchResult, Figure } from "./benchmark.ts";
import type { StorageDay } from "./storage-day.ts";

/** The budget: so many symbols for a year in one database. */
const [SYMBOLS, YEAR_DAYS, BUDGET_BYTES] = [20, 365, 10e9];
const MONTH_DAYS = 30;

async function run(): Promise<BenchResult> {
  const worker = await startBenchWorker();
  try {
    const answer = await fetch(`http://127.0.0.1:${worker.port}/bench/storage`);
    if (!answer.ok) throw new Error(`the worker answered ${answer.status}: ${(await answer.text()).slice(0, 400)}`);
    const day = (await answer.json()) as StorageDay;
    return {
      name: "storage",
      what: `a day of a seeded market of ${day.exchanges} exchanges through the hub into D1 and KV; context with every field given`,
      baseline: { what: `${SYMBOLS} symbols for a year in one D1 database of 10 GB` },
      figures: figuresOf(day),
    };
  } finally {
    await worker.stop();
  }
}

function figuresOf({ widths, minutes, rowsWritten, json, crossBytes, kv }: StorageDay): Record<string, Figure> {
  const sum = (of: (width: StorageDay["widths"][number]) => number) =>
    widths.reduce((total, width) => total + width.columnsADay * of(width), 0);
  const columnRows = sum(() => 1);
  const year = {
    tiles: sum(({ tileBytes, keepDays }) => tileBytes * (keepDays ?? YEAR_DAYS)),
    columns: sum(({ columnBytes, keepDays }) => columnBytes * (keepDays ?? YEAR_DAYS)),
    context: sum(({ contextBytes, keepContextDays }) => contextBytes * (keepContextDays ?? YEAR_DAYS)),
    minutes: minutes.bytes * minutes.keepDays,
  };
  const yearBytes = year.tiles + year.columns + year.context + year.minutes;
  const perDay = (bytes: number): Figure => ({ value: Math.round(bytes), unit: "bytes a symbol and day" });
  const afterYear = (bytes: number): Figure => ({ value: bytes / 1e6, unit: "MB a symbol after a year, pruned" });
  const rows = (value: number): Figure => ({ value, unit: "rows a symbol and day" });
  const monthly = (value: number) => (value * SYMBOLS * MONTH_DAYS) / 1e6;
  return {
    yearRatio: { value: (SYMBOLS * yearBytes) / BUDGET_BYTES, unit: "× baseline" },
    yearTiles: afterYear(year.tiles),
    yearMinutes: afterYear(year.minutes),
    yearContext: afterYear(year.context),
    yearColumns: afterYear(year.columns),
    ...Object.fromEntries(
      widths.map(({ minutes: width, columnsADay, tileBytes }) => [`tiles${width}m`, perDay(columnsADay * tileBytes)]),
    ),
    minuteBytes: perDay(minutes.bytes),
    contextBytes: perDay(sum(({ contextBytes }) => contextBytes)),
    columnBytes: perDay(sum(({ columnBytes }) => columnBytes)),
    columnJson: { value: Math.round(json.column), unit: "bytes of JSON a column row" },
    contextJson: { value: Math.round(json.context), unit: "bytes of JSON a context row" },
    crossBytes: { value: crossBytes, unit: "bytes a symbol and day, in the hub, for eight days" },
    minuteRows: rows(minutes.rows),
    contextRows: rows(columnRows),
    columnRows: rows(columnRows),
    tileRows: { value: rowsWritten - minutes.rows - columnRows, unit: "rows a symbol and day, an open tile each time" },
    kvWrites: { value: kv.writes, unit: "KV writes a symbol and day" },
    kvBytes: { value: Math.round(kv.bytes / kv.writes), unit: "bytes a KV value" },
    monthRows: {
      // context is beside the measured day; columns and context have an index each, which D1 counts as a row
      value: monthly(rowsWritten + 3 * columnRows),
      unit: `M D1 rows written, ${SYMBOLS} symbols, ${MONTH_DAYS} days`,
    },
    monthKvWrites: { value: monthly(kv.writes), unit: `M KV writes, ${SYMBOLS} symbols, ${MONTH_DAYS} days` },
  };
}

export const storageBenchmark: Benchmark = { name: "storage", run };
