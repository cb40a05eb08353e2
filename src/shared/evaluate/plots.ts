// The report's pictures as SVG text: greys and two colours that read on light and on dark pages.
import { log } from "../num/log.ts";
import type { Decile } from "./calibration.ts";
import type { Interval } from "./scored.ts";

const INK = "#7a7a7a";
const FIRST = "#2f7ed8";
const SECOND = "#d9822b";
const WIDTH = 720;

const round = (x: number): string => String(Math.round(x * 10) / 10);
const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

function text(x: number, y: number, words: string, anchor: "start" | "middle" | "end" = "start"): string {
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${escaped(words)}</text>`;
}

function line(x1: number, y1: number, x2: number, y2: number, style: string): string {
  return `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" ${style}/>`;
}

function picture(height: number, title: string, parts: readonly string[]): string {
  const open = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" font-family="sans-serif" font-size="12" fill="${INK}">`;
  return `${[open, `<title>${escaped(title)}</title>`, ...parts, "</svg>"].join("\n")}\n`;
}

export interface IntervalRow {
  label: string;
  /** With all rows, and without the most influential one. */
  whole: Interval;
  robust: Interval;
}

/** Differences with their intervals, zero marked: whole in one colour, robust in the other. */
export function plotIntervals(title: string, rows: readonly IntervalRow[]): string {
  const left = 250;
  const right = WIDTH - 30;
  const finite = rows.flatMap(({ whole, robust }) =>
    [whole, robust].flatMap(({ low, high, value }) => [low, high, value]),
  );
  const values = [0, ...finite.filter(Number.isFinite)];
  const low = Math.floor(Math.min(...values) * 20) / 20;
  const high = Math.ceil(Math.max(...values) * 20) / 20;
  const x = (value: number) => left + ((value - low) / (high - low || 1)) * (right - left);
  const height = 70 + rows.length * 36;
  const bottom = height - 30;
  const parts = [
    text(10, 20, title),
    `<circle cx="${left}" cy="16" r="4" fill="${SECOND}"/>`,
    text(left + 10, 20, "without its most influential row"),
    `<circle cx="${left + 220}" cy="16" r="4" fill="${FIRST}"/>`,
    text(left + 230, 20, "all rows"),
    line(x(0), 34, x(0), bottom, `stroke="${INK}" stroke-width="1"`),
  ];
  for (let tick = low; tick <= high + 1e-9; tick += 0.05) {
    parts.push(line(x(tick), bottom, x(tick), bottom + 4, `stroke="${INK}"`));
    parts.push(text(x(tick), bottom + 18, (Math.round(tick * 100) / 100).toFixed(2), "middle"));
  }
  for (const [i, { label, whole, robust }] of rows.entries()) {
    const y = 54 + i * 36;
    parts.push(text(left - 12, y + 4, label, "end"));
    for (const [interval, at, colour] of [
      [robust, y - 6, SECOND],
      [whole, y + 6, FIRST],
    ] as const) {
      if (Number.isFinite(interval.low)) {
        parts.push(line(x(interval.low), at, x(interval.high), at, `stroke="${colour}" stroke-width="2"`));
      }
      parts.push(`<circle cx="${round(x(interval.value))}" cy="${round(at)}" r="4" fill="${colour}"/>`);
    }
  }
  return picture(height, title, parts);
}

/** Expected against observed mean per decile on logarithmic axes; on the line they agree. */
export function plotDeciles(title: string, deciles: readonly Decile[]): string {
  const left = 90;
  const right = WIDTH - 150;
  const top = 40;
  const bottom = 420;
  const values = deciles.flatMap(({ expected, observed }) => [expected, observed]).filter((value) => value > 0);
  const decade = (value: number) => log(value) / Math.LN10;
  const low = Math.floor(decade(Math.min(...values)));
  const high = Math.ceil(decade(Math.max(...values)));
  const x = (value: number) => left + ((decade(value) - low) / (high - low || 1)) * (right - left);
  const y = (value: number) => bottom - ((decade(value) - low) / (high - low || 1)) * (bottom - top);
  const parts = [text(10, 20, title)];
  for (let power = low; power <= high; power++) {
    const value = Number(`1e${power}`);
    parts.push(line(x(value), top, x(value), bottom, `stroke="${INK}" stroke-opacity="0.25"`));
    parts.push(line(left, y(value), right, y(value), `stroke="${INK}" stroke-opacity="0.25"`));
    parts.push(
      text(x(value), bottom + 18, String(value), "middle"),
      text(left - 8, y(value) + 4, String(value), "end"),
    );
  }
  const [from, to] = [Number(`1e${low}`), Number(`1e${high}`)];
  parts.push(line(x(from), y(from), x(to), y(to), `stroke="${INK}" stroke-dasharray="4 4"`));
  parts.push(
    text((left + right) / 2, bottom + 38, "expected, mean of the decile (1 = mean row of the train half)", "middle"),
  );
  parts.push(text(left, top - 6, "observed"));
  for (const { decile, expected, observed } of deciles) {
    if (!(observed > 0)) continue;
    parts.push(`<circle cx="${round(x(expected))}" cy="${round(y(observed))}" r="5" fill="${FIRST}"/>`);
    parts.push(text(x(expected) + 9, y(observed) + 4, String(decile)));
  }
  return picture(470, title, parts);
}
