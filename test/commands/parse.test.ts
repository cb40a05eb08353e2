import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

interface Output {
  exchange: string;
  kind: string;
  observations: Record<string, unknown>[];
  instruments: unknown[];
  brackets: unknown[];
  rejects: { path: string; reason: string }[];
}

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/parse.ts", ...args], { encoding: "utf8" });
  return { status, stdout, stderr };
}

function parsed(...args: string[]): Output {
  const { status, stdout, stderr } = run(...args);
  expect(stderr).toBe("");
  expect(status).toBe(0);
  return JSON.parse(stdout) as Output;
}

function file(name: string, text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), "parse-")), name);
  writeFileSync(path, text);
  return path;
}

const TIME = ["--received-at", "1790000170000"];

describe("npm run parse", () => {
  test("prints what a payload says", () => {
    const output = parsed("bybit", "tickers", "test/fixtures/bybit/tickers.json", "--symbol", "BTC", ...TIME);
    expect(Object.keys(output)).toEqual(["exchange", "kind", "observations", "instruments", "brackets", "rejects"]);
    expect(output).toMatchObject({ exchange: "bybit", kind: "tickers", rejects: [] });
    expect(output.observations.map((one) => one["kind"])).toEqual(["openInterest", "markPrice", "fundingRate"]);
    expect(output.observations[0]).toMatchObject({ symbol: "BTC", receivedAt: 1_790_000_170_000 });
  });

  test("--symbol takes the coin and the exchange's own symbol", () => {
    const path = "test/fixtures/okx/klines.json";
    const byCoin = parsed("okx", "klines", path, "--symbol", "btc", ...TIME);
    const bySymbol = parsed("okx", "klines", path, "--symbol", "BTC-USDT-SWAP", ...TIME);
    expect(byCoin.observations).toHaveLength(2);
    expect(bySymbol).toEqual(byCoin);
  });

  test("--instruments brings contract values", () => {
    const swap = { instId: "XYZ-USDT-SWAP", ctType: "linear", settleCcy: "USDT", ctVal: "10", ctMult: "1" };
    const list = { code: "0", data: [{ ...swap, ctValCcy: "XYZ", lever: "20", state: "live" }] };
    const rows = { code: "0", data: [{ instId: "XYZ-USDT-SWAP", oi: "5", oiCcy: "50", ts: "1790000001000" }] };
    const instruments = file("instruments.json", JSON.stringify(list));
    const payload = file("payload.json", JSON.stringify(rows));
    const output = parsed("okx", "open-interest", payload, "--instruments", instruments, ...TIME);
    expect(output.observations).toMatchObject([{ symbol: "XYZ", openInterestBase: 50 }]);
    expect(output.instruments).toEqual([]);
    expect(parsed("okx", "open-interest", payload, ...TIME).rejects).toMatchObject([
      { reason: "contract XYZ-USDT-SWAP is unknown" },
    ]);
  });

  test("a kind may be written with what follows it in a recording's name; of the coins, USDT contracts are meant", () => {
    const path = "test/fixtures/bybit/ticker-stream.json";
    const output = parsed("bybit", "ticker-stream-delta-recorded-2023", path, ...TIME);
    expect(output).toMatchObject({ kind: "ticker-stream", rejects: [] });
    expect(output.observations).toHaveLength(3);
    const list = "test/fixtures/okx/instruments.json";
    const prices = parsed(
      "okx",
      "mark-price",
      "test/fixtures/okx/mark-price.json",
      "--instruments",
      list,
      "--symbol",
      "BTC",
    );
    expect(prices.observations).toMatchObject([{ symbol: "BTC", markPrice: 76_100.5 }]);
  });

  test("what is no market data says so, and an account's positions are printed", () => {
    const path = "test/fixtures/hyperliquid/clearinghouse-state.json";
    const output = parsed("hyperliquid", "clearinghouse-state", path);
    expect(output).toMatchObject({
      observations: [],
      about: "the positions of one account: no market data",
      positions: [{ symbol: "PEPE", side: "short", sizeBase: 5_000_000, entryPrice: 0.0000121 }],
    });
  });

  test("a truncated body is a reject, not a crash", () => {
    const output = parsed("bybit", "tickers", file("cut.json", '{"retCode":0,"result":{"list":[{"symb'));
    expect(output).toMatchObject({ observations: [], rejects: [{ path: "$" }] });
    expect(output.rejects[0]?.reason).toMatch(/^is not JSON/);
  });

  test("an error body is a reject", () => {
    const output = parsed("binance", "open-interest", file("error.json", '{"code":-1121,"msg":"Invalid symbol."}'));
    expect(output.observations).toEqual([]);
    expect(output.rejects).toHaveLength(1);
  });

  test.each([
    [
      ["nasdaq", "klines", "x.json"],
      "unknown exchange nasdaq, accepted: binance, bybit, okx, hyperliquid, bitget, gate, dydx, gmx",
    ],
    [["binance", "tickers", "x.json"], "unknown kind tickers for binance, accepted: open-interest,"],
    [["binance", "klines"], "expected EXCHANGE KIND FILE"],
    [["binance", "klines", "a.json", "b.json"], "expected EXCHANGE KIND FILE"],
    [["binance", "klines", "no/such/file.json"], "cannot read no/such/file.json"],
    [["binance", "klines", "x.json", "--nonsense"], "nonsense"],
    [["binance", "klines", "x.json", "--received-at", "soon"], "--received-at was soon"],
    [["binance", "klines", "x.json", "--received-at", "0"], "ms since 1970 between the years 2010 and 2100"],
    [["binance", "klines", "x.json", "--received-at", "100000000000000"], "between the years 2010 and 2100"],
    [["binance", "klines", "x.json", "--received-at", "1790000170"], "1790000170 seconds are 1790000170000 ms"],
    [["binance", "klines", "x.json", "--symbol", ""], "--symbol is empty"],
  ])("%j is wrong usage", (args, message) => {
    const { status, stdout, stderr } = run(...args);
    expect(status).toBe(2);
    expect(stdout).toBe("");
    expect(stderr.split("\n")[0]).toContain(message);
    expect(stderr).toContain("usage: npm run -s parse");
  });

  test("--help prints the usage", () => {
    const { status, stdout } = run("--help");
    expect(status).toBe(0);
    expect(stdout).toContain("usage: npm run -s parse");
  });
});
