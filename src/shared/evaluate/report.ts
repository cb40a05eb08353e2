// docs/accuracy.md: every figure in it comes from the evaluation it is given.
import type { Evaluation, MarketResult, RefittedSheet, Sheet } from "./evaluate.ts";
import { GAIN_FIGURES, SKILL_FIGURES } from "./figures.ts";
import type { Location } from "./location.ts";
import { plotDeciles, plotIntervals } from "./plots.ts";
import type { DistanceReport } from "./positions.ts";
import { printInterval } from "./print.ts";
import type { RecoveryReport } from "./recovery.ts";
import { bandSection, clusterSection, recoverySection, recoveryVerdicts, stateSection } from "./report-beyond.ts";
import { distanceSection, locationSection } from "./report-places.ts";
import { table } from "./report-table.ts";
import type { Interval } from "./scored.ts";

export interface Report {
  /** Markdown. */
  text: string;
  /** File name to SVG text. */
  plots: Record<string, string>;
}

export interface ReportOptions {
  /** What regenerates it. */
  command: string;
  tapes: readonly { name: string; hash: string }[];
  /** Folder of the plots, relative to the report. */
  plotFolder: string;
  /** The same with weights and shares fitted on the train halves. */
  refit: { weights: readonly { venue: string; weights: readonly number[] }[]; evaluation: Evaluation } | null;
  /** Of generated markets, whose positions are known. */
  recovery: readonly RecoveryReport[];
  /** Where events with prices lay, and the distances of real positions. */
  location: readonly Location[] | null;
  distances: DistanceReport | null;
}

interface Column {
  title: string;
  sheet: Sheet;
  walkForward: RefittedSheet | null;
}

const day = (timeMs: number): string => new Date(timeMs).toISOString().slice(0, 10);

function figureTable(
  columns: readonly Column[],
  names: readonly string[],
  of: (sheet: Sheet) => Record<string, Interval> | null,
) {
  return table(
    ["", ...columns.map(({ title }) => title)],
    names.map((name) => [
      name,
      ...columns.map(({ sheet }) => {
        const interval = of(sheet)?.[name];
        return interval === undefined ? "" : printInterval(interval);
      }),
    ]),
  );
}

function verdictTable(columns: readonly Column[]): string {
  const rows = columns.flatMap(({ title, sheet }) =>
    sheet.verdicts.map(({ figure, value, target, words }) => [title, figure, value.toFixed(3), target, words]),
  );
  return table(["market", "figure", "value", "target", ""], rows);
}

function columnsOf(evaluation: Evaluation, fitted: boolean): Column[] {
  const kept = evaluation.markets.filter((market) => (market.scaleBySums !== null) === fitted);
  const pools = evaluation.pools.filter((pool) => kept.some(({ name }) => pool.markets.includes(name)));
  return [
    ...kept.map(({ symbol, sheet, walkForward }) => ({ title: symbol, sheet, walkForward })),
    ...pools.map(({ sheet, walkForward }) => ({ title: "pooled", sheet, walkForward })),
  ];
}

const PRIMARY = Object.keys(GAIN_FIGURES);
const SKILLS = Object.keys(SKILL_FIGURES);
const RATIOS = SKILLS.filter((name) => name.startsWith("sum ratio"));
const D2 = SKILLS.filter((name) => name.startsWith("D²"));

/** Writes the report of an evaluation in which at least one market was fitted. */
export function writeReport(evaluation: Evaluation, options: ReportOptions): Report {
  const fitted = columnsOf(evaluation, true);
  const short = columnsOf(evaluation, false);
  const last = fitted.at(-1);
  const plots: Record<string, string> = {};
  const rowsOf = (name: keyof typeof GAIN_FIGURES) =>
    fitted.flatMap(({ title, sheet: { gains, robust } }) =>
      gains === null || robust === null ? [] : [{ label: title, whole: gains[name], robust: robust.figures[name] }],
    );
  plots["gain-over-path.svg"] = plotIntervals("D²(path + model) − D²(path)", rowsOf("ΔD² over path"));
  plots["gain-over-naive.svg"] = plotIntervals("… − D²(path + best naive)", rowsOf("ΔD² over path+best naive"));
  if (last !== undefined)
    plots["deciles.svg"] = plotDeciles(`By decile of expected, ${last.title}`, last.sheet.deciles);
  const image = (name: string, words: string) => `![${words}](${options.plotFolder}/${name})\n`;

  const parts = [
    "# Accuracy",
    `Written by\n\n\`\`\`\n${options.command}\n\`\`\`\n\nNothing here is edited by hand: change the command's code or its recordings instead.`,
    `Model \`${evaluation.modelVersion}\`. Brackets hold 90 % intervals from ${evaluation.draws} draws of whole days (seed ${evaluation.seed}), all coins of a day together.`,
    HOW_TO_READ,
    `## Targets, met and missed\n\n${summary(fitted, options.recovery)}\n\n${verdictTable(fitted)}`,
    `## Does the map know more than the price path?\n\n${GAIN_WORDS}\n\n${image("gain-over-path.svg", "skill over the path regression")}\n${image("gain-over-naive.svg", "skill over path and best volume map")}`,
    `All rows:\n\n${figureTable(fitted, PRIMARY, (sheet) => sheet.gains)}`,
    `Without the most influential row:\n\n${figureTable(fitted, PRIMARY, (sheet) => sheet.robust?.figures ?? null)}`,
    influence(fitted),
    `## Every predictor\n\n${figureTable(fitted, D2, (sheet) => sheet.skills)}`,
    `## Ranks and sums\n\n${figureTable(fitted, Object.keys(last?.sheet.ranks ?? {}), (sheet) => sheet.ranks)}\n${SUM_WORDS}\n\n${figureTable(fitted, RATIOS, (sheet) => sheet.skills)}`,
    `## Calibration by decile\n\n${image("deciles.svg", "expected against observed by decile")}\n${decileTable(fitted)}\n${DECILE_WORDS}`,
    walkForwardSection(fitted),
    bandSection(evaluation.markets),
    stateSection(evaluation.markets),
    clusterSection(evaluation.markets),
    recoverySection(options.recovery),
    options.location === null ? "" : locationSection(options.location),
    options.distances === null ? "" : distanceSection(options.distances),
    options.refit === null ? "" : refitSection(options.refit),
    short.length === 0 ? "" : `## Recordings too short to fit\n\n${SHORT_WORDS}\n\n${shortTable(evaluation, short)}`,
    `## Recordings\n\n${recordings(evaluation, options.tapes)}`,
    LIMITS,
  ];
  return {
    text: `${parts
      .filter((part) => part !== "")
      .map((part) => part.trim())
      .join("\n\n")}\n`,
    plots,
  };
}

function summary(columns: readonly Column[], recovery: readonly RecoveryReport[]): string {
  const generated = recovery.flatMap(recoveryVerdicts);
  const all = [
    ...columns.flatMap(({ title, sheet }) => sheet.verdicts.map((verdict) => ({ title, ...verdict }))),
    ...generated.map((verdict) => ({ title: "generated markets", ...verdict })),
  ];
  const missed = all.filter(({ met }) => !met);
  const list = missed.map(({ title, figure, target, words }) => `- ${title}, ${figure}: target ${target}, ${words}`);
  if (missed.length === 0) return `All ${all.length} targets are met.`;
  return `${all.length - missed.length} of ${all.length} are met. Missed:\n\n${list.join("\n")}`;
}

function influence(columns: readonly Column[]): string {
  const rows = columns.flatMap(({ title, sheet: { robust } }) =>
    robust === null
      ? []
      : [
          [
            title,
            robust.market,
            new Date(robust.hourMs).toISOString().slice(0, 16),
            robust.side,
            robust.shift.toFixed(3),
          ],
        ],
  );
  return `The row that was left out, and what it alone adds to the difference over path:\n\n${table(["", "recording", "hour (UTC)", "side", "worth"], rows)}`;
}

function decileTable(columns: readonly Column[]): string {
  const rows = Array.from({ length: 10 }, (_, i) => [
    String(i + 1),
    ...columns.map(({ sheet }) => {
      const one = sheet.deciles.find(({ decile }) => decile === i + 1);
      return one === undefined
        ? ""
        : `${one.expected.toFixed(3)} / ${one.observed.toFixed(3)} = ${one.ratio.toFixed(2)}`;
    }),
  ]);
  return table(["decile", ...columns.map(({ title }) => title)], rows);
}

function walkForwardSection(columns: readonly Column[]): string {
  const refitted = columns.flatMap(({ title, walkForward }) => (walkForward === null ? [] : [{ title, walkForward }]));
  const [first] = refitted;
  if (first === undefined) return "";
  const { everyDays, fits } = first.walkForward;
  const rows = (of: (sheet: RefittedSheet) => Record<string, Interval> | null, names: readonly string[]) =>
    names.map((name) => [
      name,
      ...refitted.map(({ walkForward }) => {
        const interval = of(walkForward)?.[name];
        return interval === undefined ? "" : printInterval(interval);
      }),
    ]);
  const head = ["", ...refitted.map(({ title }) => title)];
  const short = everyDays < 30 ? "; the recordings are too short for refits by the month" : "";
  return `## Fitted again as time goes on

Scales and regressions fitted again every ${everyDays} days on everything before (${fits} fits${short}), the same test hours, in the same units. The model's own parameters stay as they are.
Differences without the most influential row, then ranks and sums:

${table(head, [
  ...rows((sheet) => sheet.robustGains, PRIMARY),
  ...rows((sheet) => sheet.ranks, ["Spearman, expected", "sum expected / sum observed"]),
])}
All rows:

${table(
  head,
  rows((sheet) => sheet.gains, PRIMARY),
)}`;
}

function refitSection({ weights, evaluation }: NonNullable<ReportOptions["refit"]>): string {
  const columns = columnsOf(evaluation, true);
  const lists = weights.map(
    ({ venue, weights: list }) => `${venue} ${list.map((weight) => weight.toFixed(3)).join(" / ")}`,
  );
  const robust = figureTable(columns, PRIMARY, (sheet) => sheet.robust?.figures ?? null);
  const ranks = figureTable(columns, Object.keys(columns[0]?.sheet.ranks ?? {}), (sheet) => sheet.ranks);
  return `## With weights fitted on the train halves\n\nWhat \`npm run calibrate\` finds on the same train halves (weights of 5, 10, 25, 50, 100x: ${lists.join("; ")}), scored on the same test halves. Differences without the most influential row:\n\n${robust}\n${ranks}`;
}

function shortTable(evaluation: Evaluation, columns: readonly Column[]): string {
  const names = Object.keys(columns[0]?.sheet.ranks ?? {});
  const rows = columns.map(({ title, sheet }) => [
    title,
    String(sheet.rows / 2),
    ...names.map((name) => (sheet.ranks as Record<string, Interval>)[name]?.value.toFixed(3) ?? ""),
  ]);
  const bars = new Set(
    evaluation.markets.filter(({ scaleBySums }) => scaleBySums === null).map(({ intervalMs }) => intervalMs / 60_000),
  );
  return `Bars of ${[...bars].join(", ")} min.\n\n${table(["", "hours", ...names], rows)}`;
}

function recordings(evaluation: Evaluation, tapes: ReportOptions["tapes"]): string {
  const row = (market: MarketResult) => [
    market.name,
    tapes.find(({ name }) => name === market.name)?.hash ?? "",
    `${day(market.startMs)} to ${day(market.endMs)}`,
    market.scaleBySums === null ? "none" : `from ${day(market.testStartMs)}`,
    `${market.trainHours} / ${market.scoredHours} / ${market.unscoredHours}`,
    `${market.bars} / ${market.degradedBars} / ${market.clippedBars}`,
    market.conservationError.toExponential(1),
  ];
  const head = [
    "recording",
    "hash",
    "span",
    "test half",
    "hours train / scored / left out",
    "bars / degraded / clipped",
    "worst conservation error",
  ];
  const refused = evaluation.notScored.map(({ name, reason }) => `- ${name}: ${reason}`);
  const listed = refused.length === 0 ? "" : `\nNot scored:\n\n${refused.join("\n")}\n`;
  return `${table(head, evaluation.markets.map(row))}${listed}`;
}

const HOW_TO_READ = `## How to read this

An *expected* liquidation is an estimate: what the map had at the prices that an hour then crossed, and what the hour opens and
force-closes itself, times the share of it that the exchange reports as liquidated. It uses the state before the hour and the hour's own price path, volume and open interest; never its
liquidations, never a later hour. So it is **conditional on the path**: it says how much is force-closed *if* price goes there, not
whether it will go there. The first 15 % of a recording warm the model up, half of the rest fits scales and regressions, the other half
is scored. Rows are hours × sides.

D² is the share of Tweedie(1.5) deviance explained beyond the train half's mean. *Path* is a regression on both excursions, realised
volatility, volume, open interest and side; *path+model* has the map beside them; *naive* maps put a tenth of the volume at fixed
distances; *OI-delta* puts rising open interest on the side of the candle's colour. Heavy tails let one hour decide a short test,
therefore every difference is also shown without the row that moves it most. That is the steadier figure, but leaving out a row that
counted against the map flatters it: read both.`;

const GAIN_WORDS =
  "A map is useful only if it beats the path it is conditional on. The best of the three naive maps is chosen on the test rows, to its advantage.";

const SUM_WORDS =
  "The sum above uses the scale that makes sums agree in the train half: the scale of least deviance expects too much in total there already, and what is shown in USD should not. The skills use the scale of least deviance, and a replay the parameter set's own share; their sums are:";

const DECILE_WORDS =
  "Expected / observed, 1 = the mean row of the train half. A ratio below 1 says that the map expects too little in such hours: where it has almost nothing, something is still liquidated; where it has most, it expects too much.";

const SHORT_WORDS =
  "Scored as whole hours in which every liquidation figure is known, after the warm-up. Nothing is fitted on them: the expected value has the parameter set's own share, and the model had hours instead of the nine days it needs. Too few days for intervals; read them as an anecdote.";

const LIMITS = `## What the map can and cannot do

- It can rank hours and sides by how much is liquidated once the path is known, and it adds to what the path alone tells, by the differences above and no more.
- It cannot say that price will go to a level: clusters are compared with controls above, and nothing here supports it.
- It cannot give exact liquidation prices. Hourly recordings hold totals without prices; only two days of events say where inside a bar's range liquidations happened, and they are few.
- Totals are those of a feed that reports at most one order per symbol and second. They are a lower bound, and the scale belongs to this feed.
- One exchange, a few weeks, coins that move together. Default parameters were chosen after the summer of 2024 had been seen, so these hours are not an independent test of the defaults; scales and regressions are fitted on the train half only.
- Not measured here: refits by the month, and the true positions of an exchange on the same days as its minutes.`;
