import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Evaluation } from "../../src/shared/evaluate/evaluate.ts";
import { hourlyMarket, toCsv } from "../support/evaluate-market.ts";
import { needsShared, sharedFolder } from "../support/shared.ts";

const folder = mkdtempSync(join(tmpdir(), "evaluate-"));
const write = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};
const btc = write("binance-btc-1h-constructed.csv", toCsv(hourlyMarket(300, 1).bars));
const eth = write("binance-eth-1h-constructed.csv", toCsv(hourlyMarket(300, 2).bars));

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/evaluate.ts", ...args], {
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  return { status, stdout, stderr };
}

function evaluated(...args: string[]): Evaluation {
  const { status, stdout, stderr } = run(...args, "--json", "--draws", "100");
  expect(stderr).toBe("");
  expect(status).toBe(0);
  return JSON.parse(stdout) as Evaluation;
}

describe("npm run evaluate", () => {
  const result = evaluated("--tape", btc, "--tape", eth);

  test("scores each market on its second half, and all of one kind together", () => {
    expect(result.markets.map(({ name }) => name)).toEqual([
      "binance-btc-1h-constructed",
      "binance-eth-1h-constructed",
    ]);
    const [market] = result.markets;
    expect(market).toMatchObject({
      venue: "binance",
      symbol: "BTC",
      trainHours: 128,
      scoredHours: 127,
      unscoredHours: 0,
    });
    expect(market?.conservationError).toBeLessThan(1e-9);
    expect(result.pools).toMatchObject([{ name: "binance 1 h bars", sheet: { rows: 2 * 2 * 127 } }]);
  });

  test("every difference comes with an interval, and again without its most influential row", () => {
    const sheet = result.pools[0]!.sheet;
    const over = sheet.gains!["ΔD² over path"];
    expect(over.low).toBeLessThanOrEqual(over.value);
    expect(over.high).toBeGreaterThanOrEqual(over.value);
    expect(sheet.robust!.figures["ΔD² over path"].value).toBeCloseTo(over.value - sheet.robust!.shift, 10);
    expect(sheet.skills!["D² path+model"].value - sheet.skills!["D² path"].value).toBeCloseTo(over.value, 10);
    expect(sheet.deciles).toHaveLength(10);
  });

  test("a miss is said as plainly as a hit, and both exit with 0", () => {
    const { status, stdout } = run("--tape", btc, "--draws", "100");
    expect(status).toBe(0);
    const words = result.markets[0]!.sheet.verdicts.map((verdict) => verdict.words);
    for (const { figure, target, words: said } of result.markets[0]!.sheet.verdicts) {
      const line = stdout.split("\n").find((text) => text.trim().startsWith(figure) && text.includes("target"));
      expect(line).toContain(`target ${target}: ${said}`);
    }
    expect(words.some((word) => word.startsWith("missed by"))).toBe(true);
  });

  test("the same seed prints the same bytes", () => {
    expect(run("--tape", btc, "--draws", "100").stdout).toBe(
      run("--tape", btc, "--draws", "100", "--seed", "1").stdout,
    );
  });

  test("what cannot be scored is listed beside what was", () => {
    const silent = hourlyMarket(50).bars.map((bar) => ({ ...bar, observedLongUsd: null, observedShortUsd: null }));
    const quiet = write("binance-sol-1h-quiet.csv", toCsv(silent));
    const { notScored, markets } = evaluated("--tape", `${btc},${quiet}`, "allvenues-btc-1h-2025-07.csv");
    expect(markets).toHaveLength(1);
    expect(notScored).toEqual([
      { name: "binance-sol-1h-quiet", reason: "has no observed liquidations" },
      {
        name: "allvenues-btc-1h-2025-07.csv",
        reason: "tape allvenues-btc-1h-2025-07.csv has no open interest of one exchange",
      },
    ]);
    expect(run("--tape", quiet)).toMatchObject({
      status: 2,
      stdout: "",
      stderr: "evaluate: binance-sol-1h-quiet has no observed liquidations\n",
    });
  });

  test("--report writes the figures and plots of the same run, with the command that leads to them", () => {
    const report = join(folder, "accuracy.md");
    const args = ["--tape", btc, eth, "--draws", "100", "--refit", "--report", report];
    const { status, stdout, stderr } = run(...args);
    expect(stderr).toBe("");
    expect(status).toBe(0);
    const text = readFileSync(report, "utf8");
    expect(text).toContain("npm run -s evaluate -- --tape binance-btc-1h-constructed.csv");
    // folders of this machine stay out of it
    expect(text).not.toContain(folder);
    for (const { figure, target, words } of result.markets[0]!.sheet.verdicts) {
      const line = text.split("\n").find((one) => one.startsWith(`| BTC | ${figure} |`) && one.includes(target));
      expect(line).toContain(`| ${target} | ${words} |`);
    }
    expect(text).toContain("With weights fitted on the train halves");
    expect(stdout).toContain("with weights fitted on the train halves");
    for (const name of ["gain-over-path", "gain-over-naive", "deciles"]) {
      expect(text).toContain(`](accuracy/${name}.svg)`);
      const svg = readFileSync(join(folder, "accuracy", `${name}.svg`), "utf8");
      expect(svg).toMatch(/^<svg [^>]+>\n<title>/);
      expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    }
  });

  test("wrong usage is one line and exit code 2", () => {
    expect(run()).toMatchObject({ status: 2, stderr: "evaluate: --tape SPEC is required (--help shows more)\n" });
    expect(run("--tape", btc, "--draws", "5").stderr).toMatch(/^evaluate: --draws was 5, expected/);
    expect(run("--tape", join(folder, "binance-btc-1h-none.csv")).stderr).toMatch(/cannot be read: ENOENT\n$/);
    expect(run("--nonsense")).toMatchObject({ status: 2 });
    expect(run("--help").stdout).toMatch(/^usage: npm run -s evaluate/);
  });
});

describe("on recordings", needsShared(), () => {
  test("BTC by the hour: ranks, skill over the path without its freak hour, conservation", () => {
    const { markets } = evaluated("--tape", join(sharedFolder(), "data/tapes/binance-btc-1h-2024-06.csv"));
    const { sheet, conservationError } = markets[0]!;
    expect(conservationError).toBeLessThan(1e-6);
    expect(sheet.ranks["Spearman, expected"].value).toBeGreaterThan(0.8);
    expect(sheet.ranks["partial Spearman given distance"].value).toBeGreaterThan(0.45);
    expect(sheet.robust!.figures["ΔD² over path"].value).toBeGreaterThan(0);
    expect(sheet.robust!.figures["ΔD² over path+best naive"].value).toBeGreaterThan(0);
  });
});
