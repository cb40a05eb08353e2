import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { hourlyMarket, toCsv } from "../support/evaluate-market.ts";

const folder = mkdtempSync(join(tmpdir(), "calibrate-"));
const tape = join(folder, "binance-btc-1h-constructed.csv");
writeFileSync(tape, toCsv(hourlyMarket(260).bars));

function run(script: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [`scripts/${script}.ts`, ...args], {
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  return { status, stdout, stderr };
}

describe("npm run calibrate", () => {
  test("writes parameters that replay and evaluate read, the same ones each time", () => {
    const out = join(folder, "fitted.json");
    const fitted = run("calibrate", "--tape", tape, "--out", out, "--now", "2025-06-01T00:00:00Z");
    expect(fitted).toMatchObject({ status: 0, stderr: "" });
    expect(fitted.stdout).toMatch(/BTC: share 0\.\d{4} .*, train deviance [\d.]+ -> [\d.]+ on \d+ rows/);
    const again = run("calibrate", "--tape", tape, "--out", "-", "--now", String(Date.UTC(2025, 5, 1)));
    expect(again.stdout).toBe(readFileSync(out, "utf8"));
    const file = JSON.parse(again.stdout) as { version: string; fit: { date: string; tapes: { hash: string }[] } };
    expect(file.fit).toMatchObject({ date: "2025-06-01", tapes: [{ venue: "binance", symbol: "BTC" }] });
    expect(file.fit.tapes[0]?.hash).toMatch(/^[0-9a-f]{8}$/);

    const replayed = run("replay", "--tape", tape, "--out", "-", "--params", out);
    expect(replayed).toMatchObject({ status: 0, stderr: "" });
    const evaluated = run("evaluate", "--tape", tape, "--params", out, "--json", "--draws", "100");
    expect(JSON.parse(evaluated.stdout)).toMatchObject({ modelVersion: `flt2-${file.version}` });
  });

  test("too little, or wrong usage, is one line and exit code 2", () => {
    const short = join(folder, "binance-eth-1h-short.csv");
    writeFileSync(short, toCsv(hourlyMarket(40).bars));
    const refused = run("calibrate", "--tape", short, "--out", "-");
    expect(refused).toMatchObject({ status: 2, stdout: "" });
    expect(refused.stderr).toMatch(/^calibrate: binance-eth-1h-short has 1\d train hours .* expected at least 100\n$/);
    expect(run("calibrate", "--tape", tape).stderr).toMatch(/--out FILE are required/);
    expect(run("calibrate", "--tape", tape, "--out", "-", "--now", "soon").stderr).toMatch(/--now was soon/);
    expect(run("calibrate", "--help").stdout).toMatch(/^usage: npm run -s calibrate/);
  });
});
