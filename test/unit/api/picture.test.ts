// A picture in another currency is the same picture: cells and candles move together.
import { describe, expect, test } from "vitest";
import { glyphRows } from "../../../workers/api/picture/font.ts";
import { drawHeatmap } from "../../../workers/api/picture/heatmap-picture.ts";
import type { PictureStyle } from "../../../workers/api/picture/look.ts";
import type { PictureSource } from "../../../workers/api/picture/source.ts";

const START_MS = Date.UTC(2026, 10, 27);
/** 73,130 to 82,400 USD: prices as long in words as in EUR, so that the plot is as wide. */
const FIRST_BUCKET = 22_400;
const LEVELS = 60;
const BUCKETS = 4;
const RATE = 0.8941344778254648;
const STYLE: PictureStyle = { width: 1_600, height: 630, theme: "dark", palette: "inferno" };

const lower = (level: number) => Number(Math.exp((FIRST_BUCKET + BUCKETS * level) * 0.0005).toPrecision(8));
const COLUMNS = Array.from({ length: 40 }, (_, i) => START_MS + i * 300_000);

/** As `/v1/heatmap` answers: prices are converted, the lattice's own bucket is not. */
function answerAt(rate: number): PictureSource {
  const money = (usd: number) => Number((usd * rate).toPrecision(8));
  const price = lower(30) * 1.001;
  return {
    symbol: "BTC",
    range: "12h",
    asOf: START_MS + 40 * 300_000,
    modelVersion: "m",
    dataSource: "live",
    coverage: {
      ratio: 1,
      thin: false,
      exchanges: [{ id: "okx", state: "live", ageMs: 0, openInterestUsd: 1, modelled: true }],
    },
    filter: {
      exchange: ["okx"],
      leverage: [5, 10, 25, 50, 100],
      age: "all",
      side: "both",
      mode: "exposed",
      delta: null,
    },
    currency: rate === 1 ? "USD" : "EUR",
    rate: rate === 1 ? null : { value: rate, source: "constructed", timeMs: START_MS },
    intervalMs: 300_000,
    price: money(price),
    columns: COLUMNS,
    prices: Array.from({ length: LEVELS }, (_, level) => money(lower(level))),
    // every level another size, so that a shift by one level is seen; not converted, so that colours can be compared
    cells: COLUMNS.flatMap((_, x) =>
      Array.from({ length: LEVELS }, (__, y): [number, number, number] => [x, y, 1e7 * (1 + ((y * 37) % 60))]),
    ),
    candles: COLUMNS.map((at) =>
      [at, price, price * 1.002, price * 0.998, price * 1.001, 5].map((x, i) => (i === 0 || i === 5 ? x : money(x))),
    ),
    firstBucket: FIRST_BUCKET,
    bucketsPerLevel: BUCKETS,
    live: true,
  };
}

/** Colours of the plot right of the legend and left of the prices. */
function plotOf(source: PictureSource): string[] {
  const canvas = drawHeatmap(source, STYLE);
  const rows: string[] = [];
  for (let y = 120; y < 540; y += 1) {
    const from = (y * canvas.width + 400) * 3;
    rows.push(canvas.rgb.slice(from, from + 600 * 3).join());
  }
  return rows;
}

describe("a picture in euros", () => {
  test("has every cell where the dollar picture has it, beside the same candle", () => {
    const [usd, eur] = [plotOf(answerAt(1)), plotOf(answerAt(RATE))];
    expect(new Set(usd).size).toBeGreaterThan(30);
    // an edge of a level or of a candle may be rounded to the next pixel, and no further
    const apart = eur.filter((row, i) => ![usd[i - 1], usd[i], usd[i + 1]].includes(row));
    expect(apart).toEqual([]);
  });

  test("has a sign for its sizes", () => {
    expect(glyphRows("€")).toHaveLength(7);
  });
});
