// An evaluation as aligned text, misses beside hits.
import { CONSERVATION_TARGET, type Evaluation, type MarketResult, type RefittedSheet, type Sheet } from "./evaluate.ts";
import type { Interval } from "./scored.ts";

/** `0.814 [0.793, 0.834]` */
export function printInterval({ value, low, high }: Interval): string {
  if (!Number.isFinite(value)) return "none";
  return `${figure(value)} ${Number.isFinite(low) ? `[${figure(low)}, ${figure(high)}]` : "[too few days]"}`;
}

const figure = (x: number): string => {
  if (!Number.isFinite(x)) return "none";
  return Math.abs(x) >= 100 ? x.toPrecision(4) : x.toFixed(3);
};

/** Columns of a table, padded to one width each. */
function align(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows
    .map(
      (row) =>
        `  ${row
          .map((cell, i) => cell.padEnd(widths[i] ?? 0))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}

/** Returns the whole evaluation as text. */
export function printEvaluation(evaluation: Evaluation): string {
  const { markets, pools, notScored, draws, seed } = evaluation;
  const parts = [
    `model ${evaluation.modelVersion}; 90 % intervals from ${draws} draws of whole days, seed ${seed}\n`,
    "An expected value is an estimate, conditional on the path the price took in the hour.\n",
    ...markets.map(
      (market) =>
        `\n${title(market)}\n${printSheet(market.sheet)}${printRefitted(market.walkForward)}${printConservation(market)}`,
    ),
    ...pools.map(
      ({ name, markets: names, sheet, walkForward }) =>
        `\npooled: ${name} (${names.join(", ")})\n${printSheet(sheet)}${printRefitted(walkForward)}`,
    ),
  ];
  if (notScored.length > 0) {
    parts.push(`\nnot scored\n${align(notScored.map(({ name, reason }) => [name, reason]))}`);
  }
  return parts.join("");
}

function title(market: MarketResult): string {
  const fitted =
    market.scaleBySums === null ? "too short to fit: ranks and sums only" : `fitted on ${market.trainHours} h`;
  const unknown = market.unscoredHours > 0 ? `, ${market.unscoredHours} h with unknown liquidations left out` : "";
  return `${market.name}: ${market.scoredHours} h scored, ${fitted}${unknown}`;
}

function printSheet(sheet: Sheet): string {
  const { ranks, skills, gains, robust, deciles, verdicts } = sheet;
  const rows = Object.entries({ ...ranks, ...skills, ...gains }).map(([name, interval]) => [
    name,
    printInterval(interval),
  ]);
  const parts = [align(rows)];
  if (robust !== null) {
    const hour = new Date(robust.hourMs).toISOString().slice(0, 16);
    parts.push(
      `  without its most influential row (${robust.market}, ${hour}, ${robust.side}, worth ${figure(robust.shift)})\n`,
    );
    parts.push(align(Object.entries(robust.figures).map(([name, interval]) => [`  ${name}`, printInterval(interval)])));
  }
  parts.push("  by decile of expected: expected / observed, in units of the mean train row\n");
  parts.push(
    align(deciles.map((d) => [`  ${d.decile}`, d.expected.toFixed(3), d.observed.toFixed(3), d.ratio.toFixed(2)])),
  );
  parts.push(align(verdicts.map((v) => [v.figure, figure(v.value), `target ${v.target}: ${v.words}`])));
  return parts.join("");
}

function printRefitted(refitted: RefittedSheet | null): string {
  if (refitted === null) return "";
  const figures = { ...refitted.gains, "sum expected / sum observed": refitted.ranks["sum expected / sum observed"] };
  const rows = Object.entries(figures).map(([name, interval]) => [`  ${name}`, printInterval(interval)]);
  const robust = Object.entries(refitted.robustGains ?? {}).map(([name, interval]) => [
    `  ${name}, robust`,
    printInterval(interval),
  ]);
  return `  fitted again every ${refitted.everyDays} days (${refitted.fits} fits)\n${align([...rows, ...robust])}`;
}

function printConservation({ conservationError, degradedBars, clippedBars, bars }: MarketResult): string {
  const met = conservationError <= CONSERVATION_TARGET ? "met" : "missed";
  const conservation = `worst |side − open interest| / open interest ${conservationError.toExponential(1)}`;
  return `  ${conservation}  target ≤ 1e-6: ${met}; ${bars} bars, ${degradedBars} degraded, ${clippedBars} clipped\n`;
}
