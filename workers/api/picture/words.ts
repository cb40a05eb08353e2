// What a picture says about itself in words, broken into lines that fit it.
import { filterWords } from "../../../src/shared/display/filter-words.ts";
import { formatShare } from "../../../src/shared/display/format.ts";
import { TIERS } from "../../../src/shared/market/filter.ts";
import type { PictureSource } from "./source.ts";

/** Below so many characters across, phrases take their short form. */
const NARROW = 48;
const BETWEEN = "   ";

export interface Line {
  text: string;
  /** Warnings stand out. */
  kind: "plain" | "warning";
  align: "left" | "right";
}

/** What is drawn, and that it is no live market; `columns` = characters across. */
export function headLines(source: PictureSource, columns: number): Line[][] {
  const { exchange, leverage } = source.filter;
  const isAll = exchange.length > 1 && exchange.length === (source.exchangesRead ?? source.coverage.exchanges.length);
  const filter = filterWords({
    ...source.filter,
    exchange: isAll ? null : exchange,
    leverage: leverage.length === TIERS.length ? null : leverage,
  });
  const money = source.currency === "USD" ? "" : `, in ${source.currency}`;
  const title = `${source.symbol} estimated liquidation levels ${source.range}, ${filter}${money}`;
  const titleLines = wrap([title], columns).map((text): Line[] => [{ text, kind: "plain", align: "left" }]);
  if (source.dataSource === "live") return titleLines;
  const warning: Line = { text: source.dataSource, kind: "warning", align: "right" };
  const [first = [], ...rest] = titleLines;
  const fits = (first[0]?.text.length ?? 0) + BETWEEN.length + warning.text.length <= columns;
  return fits ? [[...first, warning], ...rest] : [[{ ...warning, align: "left" }], ...titleLines];
}

/** As of when, how much of the market, which exchanges, which model, and at which rate it was converted. */
export function footLines(source: PictureSource, columns: number): string[] {
  const inMap = source.coverage.exchanges.filter((exchange) => exchange.modelled).map((exchange) => exchange.id);
  const time = new Date(source.asOf).toISOString().slice(0, 16).replace("T", " ");
  const share = formatShare(source.coverage.ratio);
  const isNarrow = columns < NARROW;
  const phrases = isNarrow
    ? [`${time} UTC`, `coverage ${share}`, `${inMap.length} exchanges`, "Faultline"]
    : [
        `As of ${time} UTC`,
        `coverage ${share} of known open interest`,
        "Faultline",
        inMap.join(", "),
        `model ${source.modelVersion}`,
      ];
  const { currency, rate } = source;
  if (rate !== null) phrases.push(`at ${Number(rate.value.toPrecision(5))} ${currency} per USD`);
  return wrap(phrases, columns);
}

/** Phrases side by side as far as they fit; one that is longer than a line is broken between words. */
export function wrap(phrases: readonly string[], columns: number): string[] {
  const lines: string[] = [];
  for (const phrase of phrases.flatMap((one) => broken(one, columns))) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + BETWEEN.length + phrase.length <= columns) {
      lines[lines.length - 1] = last + BETWEEN + phrase;
    } else lines.push(phrase);
  }
  return lines;
}

function broken(phrase: string, columns: number): string[] {
  const lines: string[] = [];
  for (const word of phrase.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= columns) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word.slice(0, Math.max(1, columns)));
  }
  return lines;
}
