import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { constructTapes } from "../support/constructed-tape.ts";
import { startToEnd, temporaryFolder } from "../support/local-run.ts";

const folder = temporaryFolder();
const state = join(folder.path, "state");
afterAll(() => folder.remove());

function tape(): string {
  const [first] = constructTapes(join(folder.path, "tapes"), { hours: 1, venues: ["binance"] });
  if (first === undefined) throw new Error("no tape was constructed");
  return first.file;
}

/** Expects a refusal in one line, before anything was written. */
function refusal(...args: string[]): string {
  const { status, stdout, stderr } = startToEnd(args, state);
  expect(stdout).toBe("");
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  expect(status).toBe(2);
  expect(existsSync(state)).toBe(false);
  return stderr.trimEnd();
}

describe("npm start refuses in one line", () => {
  test("--help lists the flags and starts nothing", () => {
    const { status, stdout, stderr } = startToEnd(["--help"], state);
    expect(status).toBe(0);
    expect(stderr).toBe("");
    for (const flag of ["--live", "--tape", "--port", "--speed", "--history", "--params", "--symbols"])
      expect(stdout).toContain(flag);
    expect(existsSync(state)).toBe(false);
  });

  test("an unknown flag", () => {
    expect(refusal("--tapes", "x.csv")).toBe("start: unknown flag --tapes; npm start -- --help lists them");
  });

  test.each([
    [["--port", "70000"], '--port was "70000", expected a number from 1 to 65535'],
    [["--speed", "fast"], '--speed was "fast", expected a number from 0.01 to 100000'],
    [["--history", "3"], '--history was "3", expected a span like 90m, 36h or 14d, from 1m to 3650d'],
    [["--history", "0.5m"], '--history was "0.5m", expected a span like 90m, 36h or 14d, from 1m to 3650d'],
    [["--port"], "--port needs a value"],
    [["--params", "absent.json"], "absent.json cannot be read: ENOENT"],
    [["--live", "--tape", "x.csv"], "--live and --tape exclude each other"],
    [["--live", "--symbols", "btc"], '--symbols was "btc", expected coins like BTC, or top20; did you mean BTC?'],
    [
      ["--symbols", "BTC"],
      "--symbols needs --live: a recording names its coin, the simulated market has BTC, ETH and SOL",
    ],
  ])("%j", (args, message) => {
    expect(refusal(...args)).toBe(`start: ${message}`);
  });

  test("a port in use", async () => {
    const server = createServer();
    await new Promise<void>((settle) => server.listen(0, "127.0.0.1", settle));
    const { port } = server.address() as AddressInfo;
    try {
      expect(refusal("--port", String(port))).toContain(`port ${port} is in use`);
    } finally {
      await new Promise((settle) => server.close(settle));
    }
  });

  test("a tape that is not there", () => {
    const line = refusal("--tape", join(folder.path, "binance-btc-5m-none.csv"));
    expect(line).toContain("binance-btc-5m-none.csv cannot be read");
    expect(line).toContain("ENOENT");
  });

  test("a malformed row, with its file and line", () => {
    const rows = readFileSync(tape(), "utf8").split("\n");
    rows[4] = (rows[4] ?? "").replace(/,[^,]*,/, ",a lot,");
    const file = join(folder.path, "binance-btc-1m-broken.csv");
    writeFileSync(file, rows.join("\n"));
    expect(refusal("--tape", file)).toBe(`start: ${file}:5: column open was "a lot", expected a number`);
  });

  test("a tape without rows", () => {
    const file = join(folder.path, "binance-btc-1m-empty.csv");
    writeFileSync(file, `${readFileSync(tape(), "utf8").split("\n")[0]}\n`);
    expect(refusal("--tape", file)).toBe(`start: tape ${file} has no rows`);
  });

  test("polls of open interest, and figures of all exchanges together", () => {
    for (const [name, reason] of [
      ["binance-btc-oi-polls-2026-01.csv", "holds polls of open interest, not bars"],
      ["allvenues-btc-1h-2025-07.csv", "has no open interest of one exchange"],
    ]) {
      const file = join(folder.path, name ?? "");
      writeFileSync(file, "time_ms,open_interest_base\n1,2\n");
      expect(refusal("--tape", file)).toContain(reason);
    }
  });

  test("two tapes of the same exchange and coin", () => {
    const file = tape();
    expect(refusal("--tape", `${file},binance:BTC:${file}`)).toContain("two tapes for binance BTC");
  });
});
